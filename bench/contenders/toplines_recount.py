"""Recount: toplines and groupings of a sample, with bases, standard errors and intervals.

    toplines_recount.py SAMPLE QUESTIONS OUT [BLOCK]

With BLOCK, so many questions at a time are read and estimated, so that memory does not grow with their number; then the
reading is part of what is timed.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from bench.answer import Answer
from bench.made import GROUPS, names
from recount.estimate.estimate import estimate_wave
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Wave

HERE = {"now": {"column": "x"}}
DRAWN = ("stratum", "cluster")
HOW = {"strata": "stratum", "clusters": "cluster", "interval": "logit"}


def question(name: str, levels: int) -> dict:
    """Declare a closed question whose categories are called by their codes."""
    categories = [{"id": str(level), "label": str(level)} for level in range(levels)]
    return {"id": name, "label": name, "text": name, "type": "single", "categories": categories, "waves": HERE}


def sample_of(path: str, closed: dict[str, int]) -> pd.DataFrame:
    """Read some questions as the clean table of a wave has them."""
    table = pq.read_table(path, columns=["weight", *DRAWN, *closed])
    rows = np.arange(table.num_rows, dtype=np.int32)
    clean = {"row": rows, "weight": table["weight"].to_numpy()}
    clean |= {name: pd.Series(table[name].cast("string"), dtype="str") for name in DRAWN}
    for name, levels in closed.items():
        ids = pd.CategoricalDtype([str(level) for level in range(levels)], ordered=True)
        clean[name] = pd.Categorical.from_codes(table[name].to_numpy(), dtype=ids)
    return pd.DataFrame(clean, copy=False)


def shares_of(clean: pd.DataFrame, closed: dict[str, int]) -> pd.DataFrame:
    """Estimate all that a wave's estimates hold, and keep the shares."""
    kinds = {"weight": "weight", **dict.fromkeys(DRAWN, "text")}
    others = [{"id": name, "label": name, "text": name, "type": kind, "waves": HERE} for name, kind in kinds.items()]
    estimates = estimate_wave(
        clean,
        instrument=Instrument(title="x", questions=[*others, *(question(*each) for each in closed.items())]),
        wave="now",
        settings=Estimation(groups=tuple(GROUPS), minimum_base=1),
        declared=Wave(export="x", design="probability", sampling=HOW),
        codes=None,
        agreement=None,
        uncoded=None,
        codebook=None,
        received=len(clean),
        excluded=pd.DataFrame({"row": [], "respondent": [], "reason": [], "detail": []}),
        changes=pd.DataFrame({"row": [], "rule": []}),
    )
    shares = estimates[(estimates["statistic"] == "share") & ~estimates["question"].isin(GROUPS)]
    key = shares["question"] + "/" + shares["category"] + "/" + shares["group"] + "=" + shares["level"]
    numbers = {"share": "value", "se": "se", "low": "low", "high": "high"}
    return pd.DataFrame({"key": key.str.removesuffix("/=")} | {name: shares[own] for name, own in numbers.items()})


path, asked, out = sys.argv[1], names(int(sys.argv[2])), Path(sys.argv[3])
block = int(sys.argv[4]) if len(sys.argv) > 4 else 0  # noqa: PLR2004 - the optional argument
if block:
    with Answer(out) as answer:
        parts = [{**GROUPS, **dict.fromkeys(asked[start : start + block], 5)} for start in range(0, len(asked), block)]
        answer.table = pd.concat([shares_of(sample_of(path, part), part) for part in parts])
else:
    closed = {**GROUPS, **dict.fromkeys(asked, 5)}
    sample = sample_of(path, closed)
    with Answer(out) as answer:
        answer.table = shares_of(sample, closed)
