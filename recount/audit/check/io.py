"""Reading what was built, and what stands there now, of the study in the current folder."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from recount.audit.check.built import MANIFEST, Built, Record
from recount.audit.check.present import Export, Present
from recount.audit.listing import study_files, workflow_files
from recount.audit.named import name_of
from recount.audit.places import digest_of, rules_of, syntax_in
from recount.audit.record import RECORDS
from recount.audit.sign.io import read_signatures
from recount.audit.software import LOCK, locked, pinned
from recount.building import build, house_here
from recount.errors import AuditError, ExportError, Finding
from recount.ingest.seal import SEALS, digest, seal_of
from recount.study.figures import read_figures
from recount.study.settings import Settings, read_settings

# What differs from run to run, and what `recount simulate` writes.
NO_RESULTS = ("logs", "benchmarks", "simulated", "waves", "changes")


def read_built() -> Built:
    """Read the manifest and all records; raise `AuditError` where there are none, or where they cannot be read."""
    if not Path(MANIFEST).exists():
        raise AuditError(
            Finding(
                file=MANIFEST,
                problem="there is none, so nothing tells what was built",
                mend=build(),
            )
        )
    manifest = _read(Path(MANIFEST))
    try:
        return Built(
            records=tuple(_record(path) for path in sorted(Path(RECORDS).rglob("*.json"))),
            listed=manifest["records"],
            results=manifest["results"],
            code=manifest["code"],
            syntax=manifest["syntax"],
            software=manifest["software"],
        )
    except KeyError as error:
        raise _unreadable(MANIFEST, f"it has no {error}") from None


def read_present() -> Present:
    """Take the digests of all that stands there; raise `StudyError` where what people declared cannot be read."""
    house, settings = house_here(), read_settings()
    lock = (house / LOCK).read_text(encoding="utf-8")
    exports = {name: _export(settings, name) for name, wave in settings.waves.items() if not wave.source}
    figures = _figures(settings.paper.figures)
    return Present(
        digest=cache(lambda file: digest_of(file, house)),
        syntax=cache(lambda file: syntax_in(file, house)),
        results=tuple(_results()),
        study=tuple(study_files()),
        code=tuple(name_of(path, house) for path in workflow_files(house)),
        declared={
            "settings": settings.model_dump(mode="json"),
            "figures": figures,
            "seals": {wave: _seal(settings, wave) for wave in settings.waves},
        },
        files={"settings": "config.yaml", "figures": settings.paper.figures, "seals": SEALS},
        rules=rules_of(house),
        instances={
            "wave": frozenset(settings.waves),
            "figure": frozenset(figures),
            "kind": frozenset(settings.paper.formats),
        },
        exports=exports,
        simulated=settings.simulated,
        software=pinned(lock),
        locked=locked(lock),
        signatures=read_signatures(),
    )


def _record(path: Path) -> Record:
    content = _read(path)
    try:
        return Record(file=path.as_posix(), **content)
    except TypeError:
        raise _unreadable(path.as_posix(), "it is not a record") from None


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _unreadable(path.as_posix(), str(error)) from None
    return content


def _unreadable(file: str, why: str) -> AuditError:
    mend = f"rm {file}, then {build()}"
    return AuditError(Finding(file=file, problem=f"this cannot be read: {why}", mend=mend))


def _results() -> list[str]:
    """All files in results/ that a rule may have made."""
    found = (path for path in Path("results").rglob("*") if path.is_file())
    return sorted(
        path.as_posix() for path in found if path.parts[1] not in NO_RESULTS and not path.name.startswith(".")
    )


def _figures(file: str) -> dict[str, Any]:
    declared = read_figures(file).figures if Path(file).exists() else {}
    return {name: figure.model_dump(mode="json") for name, figure in declared.items()}


def _export(settings: Settings, wave: str) -> Export:
    file = settings.waves[wave].export
    return Export(file=file, digest=digest(file) if Path(file).is_file() else None, seal=_seal(settings, wave))


def _seal(settings: Settings, wave: str) -> str | None:
    try:
        return seal_of(settings, wave)
    except ExportError:
        return None
