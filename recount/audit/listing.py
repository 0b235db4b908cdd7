"""Which files make up a study, and which Recount: those that the manifest lists, and those that a rule runs."""

from pathlib import Path

from recount.audit.modules import modules_of
from recount.audit.software import LOCK

RAW = "data/raw/"
_CODE = {".smk", ".py"}


def study_files() -> list[str]:
    """List all that people wrote, in the current folder: settings, instrument, codings, template, signatures.

    The exports are not among them: they are admitted by their seals.
    """
    found = (path for folder in ("data", "report", "review") for path in Path(folder).rglob("*.*") if path.is_file())
    names = (path.as_posix() for path in found if not path.name.startswith(("~$", ".")))
    return sorted(["config.yaml", *(name for name in names if not name.startswith(RAW))])


def workflow_files(house: Path) -> list[Path]:
    """List the code of Recount: rules, scripts, library, and the pinned environment."""
    found = (path for folder in ("rules", "scripts", "recount") for path in (house / folder).rglob("*.*"))
    code = (path for path in found if path.suffix in _CODE)
    return sorted([house / "Snakefile", house / LOCK, *code])


def code_files(rule: str, house: Path) -> list[Path]:
    """List what a rule runs: its script, the modules that this imports, and the pins of what they import."""
    return [*modules_of(house / "scripts" / f"{rule}.py", house), house / LOCK]
