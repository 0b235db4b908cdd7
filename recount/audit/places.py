"""Where the files that a record names stand now, and what they hold: the study's own, and Recount's."""

import re
from pathlib import Path

from recount.audit.syntax import Syntax, syntax_of
from recount.ingest.seal import digest

OF_RECOUNT = ("Snakefile", "rules", "scripts", "recount", "envs")
_RULE = re.compile(r"^(?:rule|checkpoint) (\w+):", re.MULTILINE)


def place_of(file: str, house: Path) -> Path:
    """Where a file of that name stands: Recount's code in its own folder, a style there too if the study has none."""
    folder = file.partition("/")[0]
    if folder in OF_RECOUNT or (folder == "report" and not Path(file).exists()):
        return house / file
    return Path(file)


def digest_of(file: str, house: Path) -> str | None:
    """Take the SHA-256 of a file; None where it is not there."""
    place = place_of(file, house)
    return digest(place) if place.is_file() else None


def syntax_in(file: str, house: Path) -> Syntax:
    """Take the digests of the functions of a piece of code; none where it is not there."""
    place = place_of(file, house)
    return syntax_of(file, place.read_text(encoding="utf-8")) if place.is_file() else {}


def rules_of(house: Path) -> dict[str, str]:
    """Find the rules that there are, each with the file in which it stands."""
    files = [house / "Snakefile", *sorted((house / "rules").glob("*.smk"))]
    return {
        name: file.relative_to(house).as_posix()
        for file in files
        for name in _RULE.findall(file.read_text(encoding="utf-8"))
    }
