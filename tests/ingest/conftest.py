import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real surveys; tests that need it are skipped where it is absent."""
    folder = PROJECT / os.environ.get("RECOUNT_DATA", "../shared/data")
    if not folder.is_dir():
        pytest.skip(f"there is no folder of real surveys at {folder}; set RECOUNT_DATA")
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., RawExport]:
    """Write an export without extension, and read it."""

    def written(content: str | bytes, **settings: Any) -> RawExport:
        path = tmp_path / "export"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_export(path, name=settings.pop("name", "export.csv"), **settings)

    return written


@pytest.fixture(scope="session")
def counted() -> Callable[[str, str], int]:
    """Count the cells of a CSV text by walking over its characters: nothing in common with the reader under test."""

    def count(text: str, delimiter: str) -> int:
        cells = 0
        for line in _logical_lines(text):
            cells += _cells(line, delimiter)
        return cells

    return count


def _logical_lines(text: str) -> list[str]:
    """Lines, where a line end between an odd and an even quote does not count."""
    lines, current, quotes = [], "", 0
    for line in text.replace("\r\n", "\n").split("\n"):
        current += line if not quotes % 2 else "\n" + line
        quotes += line.count('"')
        if quotes % 2 == 0:
            lines.append(current)
            current = ""
    return [line for line in lines if line]


def _cells(line: str, delimiter: str) -> int:
    return 1 + sum(part.count(delimiter) for part in line.split('"')[::2])
