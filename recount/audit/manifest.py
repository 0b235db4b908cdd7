"""The manifest: what a paper was made of, byte for byte, so that anyone can tell whether theirs is the same.

It holds SHA-256 digests, versions and settings, but neither dates nor places: equal builds give equal manifests.
"""

import json
import platform
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from os.path import normpath
from pathlib import Path
from typing import Any

from recount.ingest.seal import digest

Paths = Iterable[str | Path]
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==", re.MULTILINE)


def manifest(
    *,
    study: Paths,
    results: Paths,
    code: Paths,
    house: str | Path,
    settings: Mapping[str, Any],
    software: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Take the SHA-256 of every file of the study, result and piece of code, and the versions of the software.

    Files are named as seen from the study's folder, in which the build runs; those of Recount itself as seen from
    `house`. `software` is what is installed here, unless it is given. Raise `ExportError` where a file is not there.
    """
    return {
        "study": digests(study, house),
        "results": digests(results, house),
        "code": digests(code, house),
        "settings": dict(settings),
        "software": dict(sorted((installed() if software is None else software).items())),
    }


def digests(files: Paths, house: str | Path) -> dict[str, str]:
    """Give the SHA-256 of each file by its name without the place where it happens to lie, sorted."""
    return dict(sorted((name_of(Path(file), Path(house)), digest(file)) for file in files))


def name_of(file: Path, house: Path) -> str:
    """Name a file as seen from the study's folder, or from `house`; raise ValueError for any other place."""
    place = _plain(file)
    for home in (Path.cwd(), _plain(house)):
        if place.is_relative_to(home):
            return place.relative_to(home).as_posix()
    raise ValueError(f"{file} lies neither in the study's folder nor in Recount's")


def _plain(path: Path) -> Path:
    """The path from the root, without dots; links are not followed, for a study may be linked together."""
    return Path(normpath(Path.cwd() / path))


def installed() -> dict[str, str]:
    """Give the version of Python and of every distribution, by its normalised name (PEP 503)."""
    versions = {"python": platform.python_version()}
    for distribution in distributions():
        versions.setdefault(re.sub(r"[-_.]+", "-", distribution.metadata["Name"]).lower(), distribution.version)
    return dict(sorted(versions.items()))


def pinned(lock: str) -> dict[str, str]:
    """Give the version that is installed of each distribution that a lock file pins, and of Python.

    What else is installed beside it, such as tools for development, has no part in a build.
    """
    names = {re.sub(r"[-_.]+", "-", name).lower() for name in PIN.findall(lock)}
    return {name: version for name, version in installed().items() if name in names or name == "python"}


def written(made: Mapping[str, Any]) -> str:
    """Write a manifest as JSON with sorted keys, a line an entry."""
    return json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_manifest(made: Mapping[str, Any], path: str | Path) -> None:
    """Write results/manifest.json."""
    Path(path).write_bytes(written(made).encode("utf-8"))


def read_manifest(path: str | Path) -> dict[str, Any]:
    """Read results/manifest.json."""
    content: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return content
