"""Which modules of the library a script runs, so that an edit of one makes the script's results stale."""

import re
from functools import cache
from pathlib import Path

# Every import of the library, at the top of a file or late inside a function; Python allows no other spelling of it
# on one line, and tests compare this with Python's own parser on all our files.
IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+(recount[\w.]*)[ \t]+import[ \t]+(.+)|import[ \t]+(recount[\w.]*))", re.MULTILINE
)
PARENTHESES = re.compile(r"(?<=import )\(([^)]*)\)")


def modules_of(script: Path, root: Path) -> list[Path]:
    """List the script and all modules of the library that it imports, directly or not, sorted.

    `root` is the folder that holds `recount/`. Packages are listed by their `__init__.py`.
    """
    found: set[Path] = set()
    waiting = [script]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting.extend(_imported(file, root))
    return sorted(found)


@cache
def _imported(file: Path, root: Path) -> tuple[Path, ...]:
    source = PARENTHESES.sub(lambda match: " ".join(match[1].split()), file.read_text(encoding="utf-8"))
    names: set[str] = set()
    for package, members, module in IMPORT.findall(source):
        names.add(package or module)
        names.update(f"{package}.{member.split()[0]}" for member in members.split(",") if member.strip())
    return tuple(sorted(path for name in names for path in _files(name, root)))


def _files(name: str, root: Path) -> list[Path]:
    """The file of a dotted name and the packages around it; empty for a name that is no module."""
    parts = name.split(".")
    packages = [root.joinpath(*parts[:length], "__init__.py") for length in range(1, len(parts) + 1)]
    module = root.joinpath(*parts).with_suffix(".py")
    return [path for path in (*packages, module) if path.exists()]
