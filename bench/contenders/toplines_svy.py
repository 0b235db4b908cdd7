"""svy: the same with linearised errors and logit intervals; run by the Python of the peers' environment.

toplines_svy.py SAMPLE QUESTIONS OUT
"""

import sys
from pathlib import Path

import polars as pl
import svy

from bench.answer import Answer
from bench.made import GROUPS, names

NUMBERS = {"share": pl.col("est"), "se": pl.col("se"), "low": pl.col("lci"), "high": pl.col("uci")}
asked = names(int(sys.argv[2]))
frame = pl.read_parquet(sys.argv[1], columns=["weight", "stratum", "cluster", *GROUPS, *asked])
frame = frame.with_columns(pl.col(*GROUPS, *asked).cast(pl.String))
design = svy.Design(stratum="stratum", psu="cluster", wgt="weight")
with Answer(Path(sys.argv[3])) as answer:
    sample = svy.Sample(frame, design)
    parts = []
    for name in asked:
        for group in (None, *GROUPS):
            found = sample.estimation.prop(name, by=group).to_polars()
            where = pl.lit("") if group is None else pl.lit(f"/{group}=") + pl.col(group)
            parts.append(found.select(key=pl.lit(f"{name}/") + pl.col(name) + where, **NUMBERS))
    answer.table = pl.concat(parts).to_pandas()
