"""The software that is installed here, and that which the lock file pins."""

import hashlib
import json
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path

LOCK = "envs/requirements.txt"
PIN = re.compile(r"^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)[ \t]*(?:;[ \t]*([^\\\n]+))?", re.MULTILINE)
# The folder in which an installer describes a distribution (PEP 376, PEP 427): pandas-3.1.1.dist-info.
_DESCRIBED = re.compile(r"(.+?)-([^-]+)(?:-py3\.\d+)?\.(?:dist|egg)-info")


def installed() -> dict[str, str]:
    """Give the version of Python and of every distribution, by its normalised name (PEP 503).

    Versions are read from the names of folders: opening every description would cost each job a twentieth of a second.
    """
    versions = {"python": platform.python_version()}
    for folder in map(Path, dict.fromkeys(sys.path)):
        if folder.is_dir():
            for name in sorted(path.name for path in folder.glob("*-info")):
                if found := _DESCRIBED.fullmatch(name):
                    versions.setdefault(_normalised(found[1]), found[2])
    return dict(sorted(versions.items()))


def pinned(lock: str) -> dict[str, str]:
    """Give the version that is installed of each distribution that a lock file pins, and of Python.

    What else is installed beside it, such as tools for development, has no part in a build.
    """
    names = {_normalised(name) for name, _, _ in PIN.findall(lock)}
    return {name: version for name, version in installed().items() if name in names or name == "python"}


def locked(lock: str) -> dict[str, str]:
    """Give the version that a lock file pins of each distribution, for this machine and this Python."""
    from packaging.markers import Marker

    pins = PIN.findall(lock)
    return {_normalised(name): version for name, version, when in pins if not when or Marker(when.strip()).evaluate()}


def fingerprint(software: Mapping[str, str]) -> str:
    """Give one SHA-256 for all versions."""
    return hashlib.sha256(json.dumps(dict(software), sort_keys=True).encode()).hexdigest()


def _normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
