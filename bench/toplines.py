"""Toplines and five groupings of a large sample, against R's survey, svy and plain pandas."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq

from bench.equal import check_equal
from bench.estimating import write_clean
from bench.lines import Line, Measured
from bench.made import CLUSTERS, STRATA, closed, names, write_sample
from bench.profiled import profiled
from bench.runs import CONTENDERS, ROOT, Cost, cost_of_answer, python

QUESTIONS = 60
PEERS = ROOT / ".venv-bench" / "bin" / "python"


@dataclass(frozen=True)
class Contender:
    """A peer, the command that runs it, and how many of the questions: one that needs minutes a question gets few."""

    name: str
    command: tuple[str, ...]
    questions: int


def toplines(rows: int, runs: int, folder: Path) -> Measured:
    """Measure a question's topline and groupings, after checking that shares, errors and intervals are equal."""
    sample = folder / "sample.parquet"
    write_sample(sample, rows, QUESTIONS)
    write_clean(sample, folder / "clean.parquet", closed(QUESTIONS))
    contenders = _contenders(sample)
    costs = {each.name: _cost(each, runs, folder) for each in contenders}
    answers = {each.name: pd.read_csv(folder / f"{each.name}.csv") for each in contenders}
    task = (
        f"{rows:,} responses, weights, {STRATA} strata, {CLUSTERS:,} clusters: a question's topline and five groupings"
    )
    lines = [Line(task, *_told(each, rows, costs[each.name], answers)) for each in contenders]
    return Measured(lines, profiled(contenders[0].command, folder))


def _contenders(sample: Path) -> list[Contender]:
    out = sample.parent
    found = [
        Contender(name, tuple(python(f"toplines_{name}.py", table, QUESTIONS, out / name)), QUESTIONS)
        for name, table in (("recount", out / "clean.parquet"), ("pandas", sample), ("numpy", sample))
    ]
    if PEERS.exists():
        script = CONTENDERS / "toplines_svy.py"
        found.append(Contender("svy", (str(PEERS), str(script), str(sample), "2", str(out / "svy")), 2))
    if shutil.which("Rscript"):
        few = ["weight", "stratum", "cluster", "region", "age", "sex", "education", "place", *names(1)]
        pq.read_table(sample, columns=few).to_pandas().to_csv(out / "sample.csv", index=False)
        command = ("Rscript", str(CONTENDERS / "toplines.R"), str(out / "sample.csv"), "1", str(out / "R"))
        found.append(Contender("R", command, 1))
    return found


def _cost(contender: Contender, runs: int, folder: Path) -> Cost:
    """The seconds of one question, and the memory of the whole process."""
    spent = cost_of_answer(contender.command, folder / contender.name, runs=runs)
    return replace(spent, seconds=spent.seconds / contender.questions, processor=spent.processor / contender.questions)


def _told(contender: Contender, rows: int, spent: Cost, answers: dict[str, pd.DataFrame]) -> tuple[str, int, Cost, int]:
    """The contender's line, with how many of its numbers are Recount's."""
    if contender.name == "recount":
        return f"Recount, {contender.questions} questions", rows, spent, 0
    own, theirs = answers["recount"], answers[contender.name]
    common: Sequence[str] = [column for column in own.columns if column in theirs.columns]
    alike = own[own["key"].isin(theirs["key"])]
    return (
        contender.name,
        rows,
        spent,
        check_equal(alike[common], theirs[common], who=contender.name),
    )
