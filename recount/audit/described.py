"""The code of Recount as the manifest tells it: every file by its syntax, so that a comment more is no other code."""

from collections.abc import Mapping
from pathlib import Path

from recount.audit.manifest import written
from recount.audit.named import Paths, name_of
from recount.audit.syntax import Syntax, is_code, syntax_of
from recount.building import HOUSE


def syntaxes(code: Paths, house: str | Path = HOUSE) -> dict[str, Syntax]:
    """Describe each file of code by its syntax, under its name as seen from `house`."""
    files = {name_of(Path(file), Path(house)): Path(file) for file in code}
    return {name: syntax_of(name, files[name].read_text(encoding="utf-8")) for name in sorted(files) if is_code(name)}


def write_syntaxes(described: Mapping[str, Syntax], path: str | Path) -> None:
    """Write results/code.json."""
    Path(path).write_bytes(written(described).encode("utf-8"))
