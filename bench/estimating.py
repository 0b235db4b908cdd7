"""The made-up sample as a wave that Recount estimates: its questionnaire, how it was drawn, its clean table."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from bench.made import GROUPS
from recount.clean.pieces import Pieces, respondents_in
from recount.estimate.estimate import estimate_wave
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Wave

WAVE = "now"
HERE = {WAVE: {"column": "x"}}
DRAWN = ("stratum", "cluster")
HOW = {"strata": "stratum", "clusters": "cluster", "interval": "logit"}
NUMBERS = {"share": "value", "se": "se", "low": "low", "high": "high"}
SETTINGS = Estimation(groups=tuple(GROUPS), minimum_base=1)
WAVE_SETTINGS = Wave(export="x", design="probability", sampling=HOW)

Closed = Mapping[str, int]


def instrument(closed: Closed) -> Instrument:
    """Declare weight, stratum, cluster, and closed questions whose categories are called by their codes."""
    kinds = {"weight": "weight", **dict.fromkeys(DRAWN, "text")}
    questions = [{"id": name, "label": name, "text": name, "type": kind, "waves": HERE} for name, kind in kinds.items()]
    for name, levels in closed.items():
        categories = [{"id": str(level), "label": str(level)} for level in range(levels)]
        about = {"id": name, "label": name, "text": name, "type": "single", "waves": HERE}
        questions.append(about | {"categories": categories})
    return Instrument(title="x", questions=questions)


def clean_table(sample: pa.Table, closed: Closed, first: int = 0) -> pa.Table:
    """Give a sample as the clean table of the wave has it; `first` is the number of its first row."""
    rows = pa.array(np.arange(first, first + len(sample), dtype=np.int32))
    columns = {"respondent": rows.cast(pa.string()), "row": rows, "weight": sample["weight"]}
    columns |= {name: sample[name].cast(pa.string()) for name in DRAWN}
    for name, levels in closed.items():
        ids = pa.array([str(level) for level in range(levels)])
        codes = sample[name].cast(pa.int32()).combine_chunks()
        columns[name] = pa.DictionaryArray.from_arrays(codes, ids, ordered=True)
    return pa.table(columns)


def write_clean(sample: str, path: str, closed: Closed, copies: int = 1) -> None:
    """Write the clean table of a sample, or of so many copies of it, one after the other."""
    table = pq.read_table(sample)
    schema = clean_table(table.slice(0, 1), closed).schema
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for copy in range(copies):
            writer.write_table(clean_table(table, closed, copy * len(table)))


def estimated(clean: pd.DataFrame | Pieces, closed: Closed) -> pd.DataFrame:
    """Estimate all that a wave's estimates hold, and keep the shares of the questions that are no groups."""
    estimates = estimate_wave(
        clean,
        instrument=instrument(closed),
        wave=WAVE,
        settings=SETTINGS,
        declared=WAVE_SETTINGS,
        codes=None,
        agreement=None,
        uncoded=None,
        codebook=None,
        received=respondents_in(clean),
        excluded=pd.DataFrame({"row": [], "respondent": [], "reason": [], "detail": []}),
        changes=pd.DataFrame({"row": [], "rule": []}),
    )
    shares = estimates[(estimates["statistic"] == "share") & ~estimates["question"].isin(GROUPS)]
    key = shares["question"] + "/" + shares["category"] + "/" + shares["group"] + "=" + shares["level"]
    return pd.DataFrame({"key": key.str.removesuffix("/=")} | {name: shares[own] for name, own in NUMBERS.items()})
