"""The same toplines of ten times as many responses, read from Parquet a few questions at a time."""

from pathlib import Path

import pandas as pd

from bench.equal import check_equal
from bench.lines import Line
from bench.made import write_sample
from bench.runs import cost, python
from bench.toplines import QUESTIONS

BLOCK = 5


def streamed(rows: int, runs: int, folder: Path) -> list[Line]:
    """Measure at ROWS and at ten times as many, after checking that blocks give what the whole gives."""
    lines = []
    task = f"from Parquet, {BLOCK} of {QUESTIONS} questions at a time, five groupings: reading and estimating"
    for size in (rows, 10 * rows):
        sample, out = folder / "many.parquet", folder / "many"
        write_sample(sample, size, QUESTIONS)
        spent = cost(python("toplines_recount.py", sample, QUESTIONS, out, BLOCK), runs=runs, folder=folder)
        lines.append(Line(task, f"Recount, {size:,} responses", size, spent, _as_the_whole(sample, out, size == rows)))
    return lines


def _as_the_whole(sample: Path, out: Path, compare: bool) -> int:  # noqa: FBT001 - of this file alone
    if not compare:
        return 0
    whole = out.with_name("whole")
    cost(python("toplines_recount.py", sample, QUESTIONS, whole), runs=1, folder=out.parent)
    tables = [pd.read_csv(each.with_suffix(".csv")) for each in (out, whole)]
    return check_equal(*tables, who="the whole")
