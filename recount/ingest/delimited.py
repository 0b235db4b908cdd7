"""Plain text tables: CSV and its relatives, with whichever delimiter they use.

A blank line holds no cell: it is no record, but it counts as a row, as in a spreadsheet. Quoted cells keep their line
ends, and control characters stay as they are.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import TextIO

from recount.errors import ExportError, Finding
from recount.ingest.layout import Head, Layout
from recount.ingest.names import columns_of, row_of
from recount.ingest.raw import Column
from recount.ingest.records import Record

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 400
# Python's csv module refuses cells of more than 131,072 characters unless told otherwise; answers can be longer.
LONGEST_CELL = 2**31 - 1


def recognised(head: Head) -> Layout:
    """Take any table: one header row, no columns of a platform's own."""
    del head
    return Layout("csv", 1, "nothing in its header is a survey platform's own")


def columns(header: Head) -> tuple[Column, ...]:
    """Name the columns by the first header row; a second one is taken to word the questions."""
    return columns_of(header, row_of(header, 0), row_of(header, 1))


def roles(found: tuple[Column, ...]) -> dict[str, str]:
    """Know of no platform's columns; config.yaml names them where there are any."""
    del found
    return {}


def sniffed(lines: Sequence[str]) -> str:
    """Find the delimiter that cuts most records as it cuts the header; of equals the one that gives most cells."""
    scores = {delimiter: _score(lines, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=scores.__getitem__)
    return best if scores[best] > (0, 0) else ","


def _score(lines: Sequence[str], delimiter: str) -> tuple[float, int]:
    widths = [len(record) for record in csv.reader(lines, delimiter=delimiter) if record]
    if len(lines) == SAMPLE_LINES:
        widths = widths[:-1] or widths  # the sample may end within a record
    if not widths or widths[0] == 1:
        return (0, 0)
    return (round(Counter(widths)[widths[0]] / len(widths), 2), widths[0])


@contextmanager
def cells_of_any_length() -> Iterator[None]:
    """Lift the csv module's limit on the length of a cell, which is one for the whole process, and set it back."""
    limit = csv.field_size_limit(LONGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


def sample(stream: TextIO) -> list[str]:
    """Read the lines from which the delimiter is sniffed, and go back to the start."""
    lines = list(islice(stream, SAMPLE_LINES))
    stream.seek(0)
    return lines


def records(stream: TextIO, delimiter: str, *, file: str) -> Iterator[Record]:
    """Read the records of a text file opened with `newline=""`, each with its row number.

    Raise `ExportError` with row and line where a quote is not closed, or goes on after its end.
    """
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, start=1):
            if cells:
                yield row, cells  # type: ignore[misc] # a list of text is a list of cells that may be missing
    except csv.Error as error:
        raise ExportError(
            Finding(
                problem=f"the record cannot be read: {error}",
                file=file,
                row=row + 1,
                key=f"line {reader.line_num}",
                expected='a quoted cell to end with ", and each " within it to be doubled',
                mend="mend the quotes there in a copy of the export, or export it again; then seal it",
            )
        ) from None
