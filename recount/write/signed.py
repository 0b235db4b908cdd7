"""The appendix on sign-off: which stages reviewers signed, and which signatures have lapsed."""

from collections.abc import Mapping, Sequence
from typing import Any

from recount.write.grid import Cell, Grid
from recount.write.markdown import escaped, plain

TITLE = "Sign-off"
STAGES = {
    "ingest": "Raw data",
    "clean": "Cleaning",
    "code": "Coding",
    "estimate": "Estimates",
    "draw": "Figures",
    "write": "Text",
    "audit": "Audit",
}
HEAD = ("Stage", "Signed by", "Signature", "Note")
SHOWN = 3
ABOUT = (
    "Reviewers signed stages of the analysis. A signature is given for the files that a stage reads, its settings, its "
    "code and the files that it writes, by their digests (SHA-256), and lapses by itself when any of these changes."
)


def signed_appendix(signatures: Sequence[Mapping[str, Any]]) -> str:
    """Write the appendix from the content of results/signatures.json: a line a signature, and a stage without one."""
    rows = [
        row
        for stage, name in STAGES.items()
        for row in [_row(name, each) for each in signatures if each["stage"] == stage] or [_cells(name, "nobody")]
    ]
    grid = Grid(tuple(Cell(each, len(each)) for each in HEAD), tuple(rows), names=(0, 1, 2, 3))
    head = f"# {TITLE} {{#signed .appendix .unnumbered}}\n\n{ABOUT}\n"
    return f"{head}\n{grid.markdown()}\n"


def state(signature: Mapping[str, Any]) -> str:
    """Say in words what a signature is worth now, and why."""
    why = [plain(str(each)) for each in signature["why"]]
    if signature["state"] == "withdrawn":
        return f"withdrawn: {signature['withdrawn']}"
    more = f"; and {len(why) - SHOWN} more" if len(why) > SHOWN else ""
    return f"lapsed: {'; '.join(why[:SHOWN])}{more}" if why else "holds"


def _row(stage: str, signature: Mapping[str, Any]) -> tuple[Cell, ...]:
    name = signature["by"] + (f", {signature['date']}" if signature["date"] else "")
    return _cells(stage, name, state(signature), signature["note"])


def _cells(*texts: str) -> tuple[Cell, ...]:
    filled = (*texts, *[""] * (len(HEAD) - len(texts)))
    return tuple(Cell(escaped(each), len(plain(each))) for each in filled)
