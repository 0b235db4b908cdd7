"""Which modules of the library a script runs, so that an edit of one makes the script's results stale.

Snakemake asks this of every script each time that it reads the rules, so the imports are found by reading lines, not by
parsing Python, and a file is read once while it stays the same. Tests compare the answer with Python's own parser. An
import counts wherever it stands: at the top, inside a function, or for types alone.
"""

import os
import re
from functools import cache
from pathlib import Path

LIBRARY = "recount"
COMMENT = re.compile(r"#[^\n]*|\\\n")
IMPORT = re.compile(
    rf"^[ \t]*(?:from[ \t]+({LIBRARY}(?:\.\w+)*)[ \t]+import[ \t]*(\([^)]*\)|[^\n;]*)|import[ \t]+([^\n;]*))",
    re.MULTILINE,
)


def modules_of(script: Path, root: Path) -> list[Path]:
    """List the script and all modules of the library that it imports, directly or not, sorted.

    `root` is the folder that holds `recount/`. With a module come the `__init__.py` of the packages around it, and what
    they import. A name that is no module of the library is passed over: Python will tell.
    """
    found: set[str] = set()
    waiting = [str(script)]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            state = os.stat(file)  # noqa: PTH116 - hundreds of files at each parse, and pathlib takes five times as long
            waiting.extend(_imported(file, str(root), (state.st_mtime_ns, state.st_size)))
    return sorted(map(Path, found))


@cache
def _imported(file: str, root: str, version: tuple[int, int]) -> tuple[str, ...]:
    """The files that a file imports; `version` is there so that an edited file is read again."""
    del version
    source = COMMENT.sub("", Path(file).read_text(encoding="utf-8"))
    names: set[str] = set()
    for package, members, modules in IMPORT.findall(source):
        if package:
            names.add(package)
        names.update(f"{package}.{member}" for member in _first_words(members.strip("()")))
        names.update(name for name in _first_words(modules) if name.split(".")[0] == LIBRARY)
    return tuple(sorted({path for name in names for path in _files(name, root)}))


def _first_words(listed: str) -> list[str]:
    """What is imported by `a, b as c`: a and b."""
    return [part.split()[0] for part in listed.split(",") if part.strip()]


@cache
def _files(name: str, root: str) -> tuple[str, ...]:
    """The file of a dotted name and the packages around it, those that there are."""
    parts = name.split(".")
    places = [os.path.join(root, *parts[:length], "__init__.py") for length in range(1, len(parts) + 1)]  # noqa: PTH118
    places.append(os.path.join(root, *parts) + ".py")  # noqa: PTH118 - as above: pathlib is too slow here
    return tuple(place for place in places if os.path.exists(place))  # noqa: PTH110 - as above
