"""The proofs of `recount verify`: each goes another way than the build, and must come to the same."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from recount.audit.calculated import calculated, reason_not_calculated
from recount.audit.disagreements import disagreements
from recount.audit.exports import export_findings
from recount.audit.io import Results
from recount.audit.rebuild import outputs, rebuild, rebuild_findings
from recount.audit.recounted import recounted
from recount.audit.replays import replay_findings
from recount.audit.sql import sql_of
from recount.audit.trace import numbers_of
from recount.building import command
from recount.display.counts import counted
from recount.errors import AuditError, Finding

Done = Callable[[int, int], None]


@dataclass(frozen=True)
class Proof:
    """What was compared, what speaks against it, and what the proof does not reach, with the reason.

    `sql` is that of the first estimate that speaks against it.
    """

    compared: str
    findings: tuple[Finding, ...] = ()
    beyond: tuple[str, ...] = ()
    sql: str = ""


def prove_rebuild(results: Results, house: Path, done: Done = lambda _, __: None) -> Proof:
    """Build the study in the current folder once more, elsewhere; raise `AuditError` where that fails."""
    with TemporaryDirectory(prefix="recount-") as folder:
        rebuilt = rebuild(results.settings, study=Path.cwd(), house=house, folder=Path(folder), done=done)
        return Proof(
            f"{counted(len(outputs(rebuilt)), 'output')}, built again in an empty folder, in another time zone, "
            "locale, user mask and hash seed",
            tuple(rebuild_findings(results.folder, rebuilt)),
        )


def prove_replay(results: Results, done: Done = lambda _, __: None) -> Proof:
    """Replay each wave: the export must give the raw cells, and these with log and excluded rows the clean table.

    Raise `ExportError` where there is no export.
    """
    findings: list[Finding] = []
    rows = cells = 0
    waves = list(results.settings.waves)
    for number, wave in enumerate(waves, start=1):
        tables = results.tables(wave)
        findings += export_findings(results, wave)
        findings += replay_findings(tables)
        rows += len(tables.clean)
        cells += tables.clean.size
        done(number, len(waves))
    return Proof(
        f"{counted(cells, 'clean cell')} of {counted(rows, 'respondent')} in {counted(len(waves), 'wave')}, "
        "from the exports, changes.csv and excluded.csv",
        tuple(findings),
    )


def prove_recount(results: Results, done: Done = lambda _, __: None) -> Proof:
    """Recount every estimate of the ledger in SQL, and calculate every number of the paper again from that."""
    ledger = results.ledger
    estimates, numbers = ledger["estimates"], ledger["numbers"]
    found = recounted(
        estimates.values(),
        instrument=results.instrument,
        settings=results.settings,
        columns={wave: results.tables(wave).raw.columns for wave in results.settings.waves},
        results=str(results.folder),
        done=lambda number: done(number, len(estimates)),
    )
    against = tuple(disagreements(ledger, found, results.settings.estimates))
    skipped = Counter(each.reason for each in found.values() if each.reason)
    again = sum(calculated(number["trace"], found) is not None for number in numbers)
    unmade = Counter(reason for number in numbers if (reason := reason_not_calculated(number["trace"], found)))
    return Proof(
        f"{counted(len(found) - skipped.total(), 'estimate')}, counted in SQL from the raw cells, the log and the "
        f"codes; {counted(again, 'number')} of the paper that are made of them",
        against,
        (
            *(f"{counted(n, 'estimate')} not recounted: {reason}" for reason, n in sorted(skipped.items())),
            *(f"{counted(n, 'number')} not calculated again: {reason}" for reason, n in sorted(unmade.items())),
        ),
        next((sql_of_key(results, each.key) for each in against if each.key in estimates), ""),
    )


def sql_of_number(results: Results, what: str) -> str:
    """Write the SQL of each estimate behind a number, which `what` names as `recount trace` does, or of a key.

    Raise `AuditError` where nothing is meant, or numbers of several sources are.
    """
    numbers = numbers_of(results.ledger, what)
    if len({number["entry"] for number in numbers}) > 1:
        listed = ", ".join(dict.fromkeys(number["formula"] for number in numbers))
        problem = "these are numbers of several sources"
        mend = command("verify", "--sql", numbers[0]["id"])
        raise AuditError(Finding(problem=problem, value=what, expected=f"one of {listed}", mend=mend))
    keys = numbers[0]["keys"] if numbers else [what]
    if not keys:
        problem = "this is declared by the study, not estimated, and has no SQL"
        raise AuditError(Finding(problem=problem, value=what, mend=command("trace", what)))
    return "\n".join(sql_of_key(results, key) for key in keys)


def sql_of_key(results: Results, key: str) -> str:
    """Write the SQL of one estimate; raise `EstimateError` that names the nearest keys where there is none."""
    estimate = vars(results.estimates.find(key))
    return sql_of(
        estimate,
        instrument=results.instrument,
        settings=results.settings,
        columns=results.tables(estimate["wave"]).raw.columns,
        others={wave: results.tables(wave).raw.columns for wave in results.settings.waves},
    )
