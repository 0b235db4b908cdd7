"""How a file differs from the one that was built again: said so that a person knows where to look."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from recount.display.counts import counted, grouped
from recount.errors import shortened

LINES = (".json", ".md", ".html", ".tex", ".xml", ".txt", ".svg", ".yaml", ".yml")
SHOWN = 60
ROW = "row"
AGAIN = "built again"


def difference(ours: Path, theirs: Path) -> str:
    """Say how our file differs from the one that was built again; "" where they are the same to the byte.

    Of a table it is the first differing cell, of text the first differing line, of an archive the members.
    """
    mine, other = ours.read_bytes(), theirs.read_bytes()
    if mine == other:
        return ""
    size = f"{counted(len(mine), 'byte')}, {AGAIN} {grouped(len(other))}"
    return f"{size}; {_told(ours, theirs) or _first_byte(mine, other)}"


def _told(ours: Path, theirs: Path) -> str:
    try:
        if ours.suffix == ".parquet":
            return _parquet(pq.read_table(ours), pq.read_table(theirs))
        if ours.suffix == ".csv":
            return _cells(*(_records(path) for path in (ours, theirs)))
        if zipfile.is_zipfile(ours) and zipfile.is_zipfile(theirs):
            return _members(ours, theirs)
        if ours.suffix in LINES:
            return _lines(*(path.read_text(encoding="utf-8").splitlines() for path in (ours, theirs)))
    except (UnicodeDecodeError, csv.Error, pa.ArrowException, zipfile.BadZipFile):
        return ""  # damaged; the bytes tell
    return ""


def _records(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def _cells(mine: list[list[str]], other: list[list[str]]) -> str:
    """The first row and column in which two tables differ; the header is row 1."""
    for number, (row, exp) in enumerate(zip_longest(mine, other), start=1):
        if row is None or exp is None:
            return f"{counted(len(mine), 'row')}, {AGAIN} {grouped(len(other))}"
        for place, (cell, wanted) in enumerate(zip_longest(row, exp)):
            if cell != wanted:
                column = mine[0][place] if place < len(mine[0]) else f"column {place + 1}"
                return f"first in row {number}, {column}: {_pair(cell, wanted)}"
    return ""


def _parquet(mine: pa.Table, other: pa.Table) -> str:
    if mine.column_names != other.column_names:
        apart = sorted(set(mine.column_names) ^ set(other.column_names))
        return "other columns: " + (", ".join(apart) or "the same in another order")
    if len(mine) != len(other):
        return f"{counted(len(mine), 'row')}, {AGAIN} {grouped(len(other))}"
    rows = mine[ROW].to_pylist() if ROW in mine.column_names else range(1, len(mine) + 1)
    for name in mine.column_names:
        if mine[name].type != other[name].type:
            return f"{name} is of type {mine[name].type}, {AGAIN} {other[name].type}"
        if place := _first_apart(mine[name].to_pylist(), other[name].to_pylist()):
            number, cell, exp = place
            return f"first in row {rows[number]}, {name}: {_pair(cell, exp)}"
    return "the same cells, but other metadata" if mine.schema.metadata != other.schema.metadata else ""


def _first_apart(mine: Sequence[object], other: Sequence[object]) -> tuple[int, object, object] | None:
    pairs: Iterable[tuple[object, object]] = zip(mine, other, strict=True)
    # Two missing floats are the same, though no nan equals another.
    return next(((n, a, b) for n, (a, b) in enumerate(pairs) if a != b and not (a != a and b != b)), None)  # noqa: PLR0124


def _lines(mine: list[str], other: list[str]) -> str:
    for number, (line, exp) in enumerate(zip_longest(mine, other), start=1):
        if line != exp:
            return f"first in line {number}: {_pair(line, exp)}"
    return "the same lines, with other line ends"


def _members(ours: Path, theirs: Path) -> str:
    with zipfile.ZipFile(ours) as mine, zipfile.ZipFile(theirs) as other:
        names, wanted = mine.namelist(), other.namelist()
        apart = sorted(set(names) ^ set(wanted))
        apart += [name for name in names if name in wanted and mine.read(name) != other.read(name)]
    return "these parts differ: " + ", ".join(apart) if apart else "the same parts, packed otherwise"


def _first_byte(mine: bytes, other: bytes) -> str:
    place = next((n for n, (a, b) in enumerate(zip(mine, other, strict=False)) if a != b), min(len(mine), len(other)))
    return f"first at byte {grouped(place)}"


def _pair(got: object, exp: object) -> str:
    """Two texts, cut where they begin to differ."""
    texts = [None if each is None else str(each) for each in (got, exp)]
    same = 0
    if all(texts):
        first, second = (each or "" for each in texts)
        same = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    start = max(0, same - SHOWN // 2)
    shown = ["nothing" if each is None else repr(shortened(each[start:], SHOWN)) for each in texts]
    return f", {AGAIN} ".join(shown)
