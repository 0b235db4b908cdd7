"""What was measured, a line a contender, and how it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from bench.profiled import Share
from bench.runs import Cost

MEGABYTE = 1024**2


@dataclass(frozen=True)
class Line:
    """One contender on one task: the first line of a task is Recount's.

    `compared` is how many numbers were compared with the peers' and found equal to 1e-9.
    """

    task: str
    contender: str
    rows: int
    cost: Cost
    compared: int = 0


@dataclass(frozen=True)
class Measured:
    """The lines of a benchmark, and where Recount's time went."""

    lines: Sequence[Line]
    profile: Sequence[Share] = ()


def table(lines: Sequence[Line]) -> str:
    """Write the lines as a Markdown table; `times` is a contender's processor time in units of Recount's."""
    head = ["| task | contender | seconds | processor | times | peak memory | equal |", "| --- " * 7 + "|"]
    written = []
    task, own = "", 1.0
    for line in lines:
        if line.task != task:
            task, own = line.task, line.cost.processor
            shown = task
        else:
            shown = ""
        compared = f"{line.compared:,} values" if line.compared else ""
        memory = f"{line.cost.memory / MEGABYTE:,.0f} MB"
        cells = [shown, line.contender, _seconds(line.cost.seconds), _seconds(line.cost.processor)]
        cells += [f"{line.cost.processor / own:.2f}", memory, compared]
        written.append(f"| {' | '.join(cells)} |")
    return "\n".join([*head, *written])


def short(lines: Sequence[Line]) -> str:
    """Write a line a task: Recount's seconds, and those of each peer."""
    written = ["| task | Recount | peers |", "| --- | --- | --- |"]
    for task in dict.fromkeys(line.task for line in lines):
        own, *peers = [line for line in lines if line.task == task]
        told = "; ".join(f"{each.contender} {_seconds(each.cost.seconds)} s" for each in peers)
        written.append(f"| {task} | {_seconds(own.cost.seconds)} s | {told} |")
    return "\n".join(written)


def _seconds(value: float) -> str:
    """Two digits that count, and never fewer than two decimals of a small number."""
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"  # noqa: PLR2004
