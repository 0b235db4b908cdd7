"""The commands for the study in the current folder, as one types them where one stands: for messages alone.

It may name places of this machine, which are nobody's business in a result.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from os.path import relpath
from pathlib import Path
from shlex import quote

# Recount's own folder, with the Snakefile, the rules and the library.
HOUSE = Path(__file__).parents[1]
_BUILD = ("snakemake", "--cores", "4")
_stands: ContextVar[Path | None] = ContextVar("stands", default=None)


@contextmanager
def standing_in(folder: Path) -> Iterator[None]:
    """Note where the reader of messages types commands; `--directory` leads a command away from there."""
    before = _stands.set(folder.resolve())
    try:
        yield
    finally:
        _stands.reset(before)


def house_here() -> Path:
    """Recount's own folder: the study's, where it has a workflow of its own, as the built-in study has."""
    return Path() if Path("Snakefile").exists() and Path("recount").is_dir() else HOUSE


def build(*arguments: str) -> str:
    """Give the command, with more arguments behind it.

    Snakemake looks for workflow and study where one stands; what lies elsewhere is named. Where nobody knows where the
    reader stands, as in a job, both are named in full, unless the study has a workflow of its own.
    """
    study, house, here = Path.cwd(), house_here().resolve(), _here()
    words = [*_BUILD]
    if here != house:
        words += ["--snakefile", _seen(house / "Snakefile", here)]
    if here != study:
        words += ["--directory", _seen(study, here)]
    return " ".join([*words[: len(_BUILD)], *map(quote, [*words[len(_BUILD) :], *arguments])])


def command(*arguments: str) -> str:
    """Give a command of Recount's own, with its arguments; a study that lies elsewhere is named."""
    study, here = Path.cwd(), _here()
    led = [] if here == study else ["--directory", _seen(study, here)]
    return " ".join(map(quote, ["recount", *led, *arguments]))


def _here() -> Path | None:
    """Where the reader stands: by what was noted, else in the study that has its own workflow, else nobody knows."""
    study, stands = Path.cwd(), _stands.get()
    return study if stands is None and house_here().resolve() == study else stands


def _seen(place: Path, here: Path | None) -> str:
    """Name a place as seen from where one stands, or from the root where that is shorter."""
    return str(place) if here is None else min(relpath(place, here), str(place), key=len)
