"""The manifest: what a paper was made of, byte for byte, so that anyone can tell whether theirs is the same.

It holds SHA-256 digests, versions and settings, but neither dates nor places: equal builds give equal manifests.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recount.audit.named import Paths, digests
from recount.audit.software import installed
from recount.audit.syntax import Syntax
from recount.building import HOUSE


def manifest(
    *,
    study: Paths,
    results: Paths,
    records: Paths,
    code: Paths,
    syntax: Mapping[str, Syntax],
    settings: Mapping[str, Any],
    house: str | Path = HOUSE,
    software: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Take the SHA-256 of every file of the study, result, record and piece of code, and the versions of the software.

    Files are named as seen from the study's folder, in which the build runs; those of Recount itself as seen from
    `house`. `syntax` is the code once more, as results/code.json describes it. `software` is what is installed here,
    unless it is given. Raise `ExportError` where a file is not there.
    """
    return {
        "study": digests(study, house),
        "results": digests(results, house),
        "records": digests(records, house),
        "code": digests(code, house),
        "syntax": dict(syntax),
        "settings": dict(settings),
        "software": dict(sorted((installed() if software is None else software).items())),
    }


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
