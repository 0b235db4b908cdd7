"""Agreement of coders, as bench/agreement.py measures and checks it."""

import sys
from pathlib import Path

from bench.lines import Line
from bench.runs import ROOT, cost

CODERS, CODES, REPLICATES = 3, 40, 1_000


def agree(rows: int, runs: int, folder: Path) -> list[Line]:
    """Measure the whole run; it stops by itself where a coefficient is not that of a plain implementation."""
    answers = rows // 10
    script = ROOT / "bench" / "agreement.py"
    spent = cost(
        [sys.executable, str(script), *map(str, (answers, CODERS, CODES, REPLICATES))], runs=runs, folder=folder
    )
    task = f"agreement of {CODERS} coders on {answers:,} answers, {CODES} codes, {REPLICATES:,} bootstrap replicates"
    return [Line(task, "Recount, with its check", answers, spent)]
