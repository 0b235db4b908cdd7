"""The same toplines of ten times as many responses, read from Parquet a piece at a time."""

from pathlib import Path

import pandas as pd

from bench.equal import check_equal
from bench.estimating import write_clean
from bench.lines import Line, Measured
from bench.made import closed, write_sample
from bench.profiled import profiled
from bench.runs import cost, cost_of_answer, python
from bench.toplines import QUESTIONS

TIMES = 10
TASK = f"{QUESTIONS} questions, five groupings, strata and clusters: reading Parquet in pieces, estimating"


def streamed(rows: int, runs: int, folder: Path) -> Measured:
    """Measure at ROWS and at ten times as many, after checking the numbers of both against those of the whole.

    The large sample is ten copies of the small one: shares, errors and intervals by clusters are the same.
    """
    sample = folder / "sample.parquet"
    write_sample(sample, rows, QUESTIONS)
    write_clean(sample, folder / "clean.parquet", closed(QUESTIONS))
    cost(python("toplines_recount.py", folder / "clean.parquet", QUESTIONS, folder / "whole"), runs=1, folder=folder)
    whole = pd.read_csv(folder / "whole.csv")
    lines = []
    for times in (1, TIMES):
        write_clean(sample, folder / "clean.parquet", closed(QUESTIONS), times)
        spent = cost_of_answer(_command(folder), folder / "pieces", runs=runs)
        compared = check_equal(whole, pd.read_csv(folder / "pieces.csv"), who=f"{times * rows:,} in pieces")
        lines.append(Line(TASK, f"Recount, {times * rows:,} responses", times * rows, spent, compared))
    return Measured(lines, profiled(_command(folder), folder))


def _command(folder: Path) -> list[str]:
    return python("streamed_recount.py", folder / "clean.parquet", QUESTIONS, folder / "pieces")
