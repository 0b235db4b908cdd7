"""Reading what was built, and what stands there now, of the study in the current folder."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from recount.audit.check.built import MANIFEST, Built, Record
from recount.audit.check.present import Export, Present
from recount.audit.listing import study_files, workflow_files
from recount.audit.named import HOUSE, name_of
from recount.audit.record import RECORDS
from recount.audit.software import LOCK, locked, pinned
from recount.audit.syntax import Syntax, syntax_of
from recount.errors import AuditError, ExportError, Finding
from recount.ingest.seal import SEALS, digest, seal_of
from recount.study.figures import read_figures
from recount.study.settings import Settings, read_settings

# What differs from run to run, and what `recount simulate` writes.
NO_RESULTS = ("logs", "benchmarks", "simulated", "waves")
OF_RECOUNT = ("Snakefile", "rules", "scripts", "recount", "envs")
_RULE = re.compile(r"^(?:rule|checkpoint) (\w+):", re.MULTILINE)


def read_built() -> Built:
    """Read the manifest and all records; raise `AuditError` where there are none, or where they cannot be read."""
    if not Path(MANIFEST).exists():
        raise AuditError(
            Finding(
                file=MANIFEST,
                problem="there is none, so nothing tells what was built",
                mend="snakemake --cores 4",
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
    house, settings = _house(), read_settings()
    lock = (house / LOCK).read_text(encoding="utf-8")
    exports = {name: _export(settings, name) for name, wave in settings.waves.items() if not wave.source}
    figures = _figures(settings.paper.figures)
    return Present(
        digest=cache(lambda file: _digest(file, house)),
        syntax=cache(lambda file: _syntax(file, house)),
        results=tuple(_results()),
        study=tuple(study_files()),
        code=tuple(name_of(path, house) for path in workflow_files(house)),
        declared={
            "settings": settings.model_dump(mode="json"),
            "figures": figures,
            "seals": {wave: _seal(settings, wave) for wave in settings.waves},
        },
        files={"settings": "config.yaml", "figures": settings.paper.figures, "seals": SEALS},
        rules=frozenset(_rules(house)),
        instances={
            "wave": frozenset(settings.waves),
            "figure": frozenset(figures),
            "kind": frozenset(settings.paper.formats),
        },
        exports=exports,
        simulated=settings.simulated,
        software=pinned(lock),
        locked=locked(lock),
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
    mend = f"rm {file}, then snakemake --cores 4"
    return AuditError(Finding(file=file, problem=f"this cannot be read: {why}", mend=mend))


def _house() -> Path:
    """Recount's own folder: the study's, where it has a workflow of its own, as the built-in study has."""
    return Path() if Path("Snakefile").exists() and Path("recount").is_dir() else HOUSE


def _place(file: str, house: Path) -> Path:
    """Where a file of that name stands: Recount's code in its own folder, a style there too if the study has none."""
    folder = file.partition("/")[0]
    if folder in OF_RECOUNT or (folder == "report" and not Path(file).exists()):
        return house / file
    return Path(file)


def _digest(file: str, house: Path) -> str | None:
    place = _place(file, house)
    return digest(place) if place.is_file() else None


def _syntax(file: str, house: Path) -> Syntax:
    place = _place(file, house)
    return syntax_of(file, place.read_text(encoding="utf-8")) if place.is_file() else {}


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


def _rules(house: Path) -> list[str]:
    files = [house / "Snakefile", *sorted((house / "rules").glob("*.smk"))]
    return [name for file in files for name in _RULE.findall(file.read_text(encoding="utf-8"))]
