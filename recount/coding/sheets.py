"""Coders' files as text: what people save from a spreadsheet, held to its form cell by cell.

Commas, semicolons and tabs are all understood as separators, as spreadsheets choose by the country they run in, and so
are a byte order mark and either line end. The encoding must be UTF-8: a guess could change a respondent's id unnoticed.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd

from recount.errors import CodingError, Finding, nearest
from recount.ingest.delimited import cells_of_any_length
from recount.ingest.guard import unguarded

CODER_HEADER = ("respondent", "answer_sha256", "answer", "codes", "note")
# What a coder's file may have on top: the codes that were suggested and then accepted, each with its score.
SUGGESTED = "suggested"
# And, an adjudicator's file too, the version of the codebook under which each line was written.
VERSION = "codebook_version"
ADJUDICATION_HEADER = ("respondent", "answer_sha256", "answer", "codes", "by", "why")
SEPARATORS = (",", ";", "\t")
Row = tuple[int, list[str]]


def sheet(path: Path, header: tuple[str, ...], *, optional: tuple[str, ...] = ()) -> pd.DataFrame:
    """Read a coder's or an adjudicator's file as text, with the columns `file` and `row` (a spreadsheet's) added.

    The columns may stand in any order, and those that are optional may be missing. Rows without any text are skipped.
    Raise `CodingError` with all that is wrong.
    """
    text = _decoded(path)
    rows = list(_rows(path, text, _separator(text)))
    names = rows[0][1] if rows else []
    findings = list(_header_faults(path, names, header, optional))
    if not findings:
        findings = list(_width_faults(path, rows, len(names)))
    if findings:
        raise CodingError(*findings)
    cells = [cells for _, cells in rows[1:]]
    lines = pd.DataFrame(cells, columns=names, dtype="str")
    texts = {name: unguarded(lines[name]) for name in (*header, *optional) if name in names}
    return pd.DataFrame(texts).assign(file=path.as_posix(), row=np.array([row for row, _ in rows[1:]], dtype=np.int64))


def _decoded(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodingError(
            Finding(
                problem=f"the file is not UTF-8: byte {error.start}",
                file=path.as_posix(),
                expected="CSV in UTF-8",
                mend="save it again as `CSV UTF-8 (comma delimited)`",
            )
        ) from None


def _separator(text: str) -> str:
    """The separator that cuts the first line into most cells; none of the columns' names holds any of them."""
    first = text.split("\n", 1)[0]
    return max(SEPARATORS, key=first.count)


def _rows(path: Path, text: str, separator: str) -> Iterator[Row]:
    """Each row that holds anything, with its number in a spreadsheet."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
    row = 0
    try:
        with cells_of_any_length():
            for row, cells in enumerate(reader, start=1):
                if any(cell.strip() for cell in cells):
                    yield row, cells
    except csv.Error as error:
        raise CodingError(
            Finding(
                problem=f"the row cannot be read: {error}",
                file=path.as_posix(),
                row=row + 1,
                mend="mend the quotes there, or save the file again from a spreadsheet",
            )
        ) from None


def _header_faults(
    path: Path, names: list[str], header: tuple[str, ...], optional: tuple[str, ...]
) -> Iterator[Finding]:
    known = [*header, *optional]
    for name in names:
        if name not in known or names.count(name) > 1:
            problem = "this column stands twice" if name in known else "there is no such column"
            yield Finding(problem=problem, file=path.as_posix(), row=1, value=name, expected=nearest(name, known))
    for name in header:
        if name not in names:
            yield Finding(
                problem=f"the column {name!r} is missing", file=path.as_posix(), row=1, expected=",".join(header)
            )


def _width_faults(path: Path, rows: list[Row], width: int) -> Iterator[Finding]:
    for row, cells in rows:
        if len(cells) != width:
            yield Finding(
                problem=f"the row has {len(cells)} cells",
                file=path.as_posix(),
                row=row,
                expected=f"{width}, as the header; an answer with a comma stands in quotes",
            )
