"""The proofs on a terminal: a bar while they run, then a line each, then what speaks against them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from recount.audit.io import Results
from recount.audit.printable import printable
from recount.audit.verify import Done, Proof, prove_rebuild, prove_recount, prove_replay
from recount.building import command
from recount.display.counts import grouped
from recount.errors import AuditError, Finding, RecountError

PROVED, DISAGREES, NOT_RUN = 0, 1, 2
NOTHING = Proof("")


@dataclass(frozen=True)
class Outcome:
    """One proof by its name; `failure` says why it could not be made."""

    name: str
    proof: Proof = NOTHING
    failure: str = ""

    @property
    def code(self) -> int:
        """The exit code: 0 proved, 1 something speaks against it, 2 it could not be made."""
        return NOT_RUN if self.failure else DISAGREES if self.proof.findings else PROVED


def verified(results: Results, *, house: Path, again: bool, console: Console) -> list[Outcome]:
    """Make the proofs, the quick ones first; without `again` the study is not rebuilt."""
    proofs: dict[str, Callable[[Done], Proof]] = {
        "replay": lambda done: prove_replay(results, done),
        "recount": lambda done: prove_recount(results, done),
    }
    if again:
        proofs["rebuild"] = lambda done: prove_rebuild(results, house, done)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        return [_made(name, prove, progress) for name, prove in proofs.items()]


def table(outcomes: Sequence[Outcome]) -> Table:
    """Lay out a line a proof: what was compared, and with what outcome."""
    made = Table("proof", "of", "outcome", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for outcome in outcomes:
        made.add_row(outcome.name, outcome.proof.compared or "-", _outcome(outcome))
    return made


def told(outcomes: Sequence[Outcome]) -> str:
    """Tell what the proofs do not reach, and everything that speaks against them; "" where there is nothing to tell."""
    parts: list[str] = []
    for outcome in outcomes:
        parts += [f"{outcome.name}: {each}" for each in outcome.proof.beyond]
        if outcome.failure:
            parts += [f"\n{outcome.name} could not run:\n{outcome.failure}"]
        if outcome.proof.findings:
            parts += [f"\n{outcome.name}:\n{AuditError(*outcome.proof.findings)}"]
        if outcome.proof.sql:
            parts += [f"\nThe SQL of the first, to be run by DuckDB in this folder:\n{outcome.proof.sql}"]
    return "\n".join(printable(line) for line in "\n".join(parts).split("\n"))


def house_of(package: str | Path) -> Path:
    """Find Recount's own folder, from a file of the library; raise `AuditError` where the workflow is not beside it."""
    house = Path(package).resolve().parents[1]
    if not (house / "Snakefile").is_file():
        raise AuditError(
            Finding(
                problem="the workflow is not here, so that the study cannot be built again",
                file=str(house / "Snakefile"),
                mend=f"run recount from its checkout, or leave the rebuild out: {command('verify', '--no-rebuild')}",
            )
        )
    return house


def _made(name: str, prove: Callable[[Done], Proof], progress: Progress) -> Outcome:
    task = progress.add_task(name, total=None)
    try:
        proof = prove(lambda done, total: progress.update(task, completed=done, total=total))
    except RecountError as error:
        return Outcome(name, failure=str(error))
    return Outcome(name, proof)


def _outcome(outcome: Outcome) -> Text:
    against = len(outcome.proof.findings)
    words = {PROVED: "proved", DISAGREES: f"{grouped(against)} against it", NOT_RUN: "could not run"}
    return Text(words[outcome.code], style="green" if outcome.code == PROVED else "bold red")
