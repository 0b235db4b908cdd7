"""Agreement of coders with bootstrap intervals, beside the least that can be computed of it."""

from pathlib import Path

import pandas as pd

from bench.agreement import check
from bench.equal import check_equal
from bench.lines import Line, Measured
from bench.profiled import profiled
from bench.runs import cost_of_answer, python

CODERS, CODES, REPLICATES = 3, 40, 1_000


def agree(rows: int, runs: int, folder: Path) -> Measured:
    """Measure a tenth as many answers, after checking all coefficients against a plain implementation on few."""
    answers = rows // 10
    compared = sum(check(coders) for coders in (2, 3, 4))
    made = [answers, CODERS, CODES]
    commands = {
        "recount": python("agreement_recount.py", *made, REPLICATES, folder / "recount"),
        "numpy": python("agreement_numpy.py", *made, folder / "numpy"),
    }
    costs = {name: cost_of_answer(command, folder / name, runs=runs) for name, command in commands.items()}
    tables = [pd.read_csv(folder / f"{name}.csv") for name in commands]
    task = f"agreement of {CODERS} coders on {answers:,} answers, {CODES} codes, {REPLICATES:,} bootstrap replicates"
    lines = [
        Line(task, "Recount", answers, costs["recount"], compared),
        Line(task, "numpy: alpha alone, no interval", answers, costs["numpy"], check_equal(*tables, who="numpy")),
    ]
    return Measured(lines, profiled(commands["recount"], folder))
