"""What a file is called wherever the study lies: as seen from the study's folder, or from Recount's own."""

import hashlib
import os
from collections.abc import Iterable
from functools import cache
from os.path import normpath
from pathlib import Path

from recount.building import HOUSE
from recount.ingest.seal import digest

Paths = Iterable[str | Path]


def digests(files: Paths, house: str | Path = HOUSE) -> dict[str, str]:
    """Give the SHA-256 of each file by its name without the place where it happens to lie, sorted."""
    return dict(sorted((name_of(Path(file), Path(house)), digest(file)) for file in files))


def digest_of_all(files: Paths, house: Path) -> str:
    """Give one SHA-256 for the content of files of Recount's own, and for their names as seen from `house`."""
    lines = (f"{os.path.relpath(file, house)} {_digest(Path(file), Path(file).stat().st_mtime_ns)}\n" for file in files)
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()


@cache
def _digest(file: Path, version: int) -> str:
    """The SHA-256 of a file; `version` is there so that an edited file is read again."""
    del version
    return digest(file)


def name_of(file: Path, house: Path = HOUSE) -> str:
    """Name a file as seen from the study's folder, or from `house`; from any other place as config.yaml calls it."""
    place = _plain(file)
    for home in (Path.cwd(), _plain(house)):
        if place.is_relative_to(home):
            return place.relative_to(home).as_posix()
    return Path(normpath(file)).as_posix()


def _plain(path: Path) -> Path:
    """The path from the root, without dots; links are not followed, for a study may be linked together."""
    return Path(normpath(Path.cwd() / path))
