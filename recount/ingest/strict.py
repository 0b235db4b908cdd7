"""A fast way through CSV files that leave nothing to interpretation; all others go through Python's csv module.

Where a file is UTF-8, every record has as many cells as the header, no line is blank, and every quote either opens a
cell, closes one, or is doubled within one, there is one way to read it, and pyarrow's reader and Python's give the same
cells. Quotes and blank lines are checked here, the rest pyarrow refuses by itself. `table_if_strict` then gives the
table, and None for any other file. tests/ingest/test_strict.py holds the two readers against each other.
"""

import codecs
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

Bytes = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.intp]

QUOTE, LINE_FEED, CARRIAGE_RETURN = map(ord, '"\n\r')
ENCODINGS = {"utf-8": b"", "utf-8-sig": codecs.BOM_UTF8}
PIECE = 1 << 24
BLOCK = 1 << 22


def table_if_strict(
    path: Path, names: Sequence[str], *, delimiter: str, encoding: str, header_rows: int
) -> pa.Table | None:
    """Read a file whose form is beyond doubt, as `recount.ingest.records.table_of` would; None where it is not.

    A file of one column is left to the other reader: there, a blank line and an empty cell look the same.
    """
    if encoding not in ENCODINGS or len(names) == 1:
        return None
    form = _form(path, delimiter, encoding)
    if not form.strict:
        return None
    kinds = {f"f{place}": pa.string() for place in range(len(names))}
    try:
        table = csv.read_csv(
            path,
            read_options=csv.ReadOptions(autogenerate_column_names=True, block_size=BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=delimiter, newlines_in_values=form.line_ends, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(column_types=kinds, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    if table.column_names != list(kinds) or _has_empty_row(table):
        return None
    cells = table.slice(header_rows).rename_columns(list(names))
    rows = np.arange(header_rows + 1, table.num_rows + 1, dtype=np.int32)
    return cells.add_column(0, "row", pa.array(rows))


def _has_empty_row(table: pa.Table) -> bool:
    """Whether a row has nothing in any cell: it may have been a blank line, which pyarrow fills up."""
    empty = pc.equal(table.column(0), "")
    for column in table.columns[1:]:
        if not pc.any(empty).as_py():
            return False
        empty = pc.and_(empty, pc.equal(column, ""))
    return bool(pc.any(empty).as_py())


@dataclass(frozen=True)
class Form:
    """How a file quotes: whether beyond doubt, and whether a cell holds a line end, which takes longer to read."""

    strict: bool
    line_ends: bool = False


def _form(path: Path, delimiter: str, encoding: str) -> Form:
    """Find out whether each quote opens a cell at its start, closes one at its end, or is doubled within one.

    Counted from the first one, quotes open and close in turn (a doubled quote closes and opens again). So the opening
    ones must follow a delimiter, a line end or a quote, and the closing ones be followed by one of these.
    """
    start = len(ENCODINGS[encoding])
    if path.stat().st_size <= start:
        return Form(strict=False)
    content: Bytes = np.memmap(path, dtype=np.uint8, mode="r", offset=0)
    beside = np.zeros(256, dtype=bool)
    beside[[QUOTE, ord(delimiter), ord("\r"), ord("\n")]] = True
    seen, line_ends = 0, False
    for place in range(start, len(content), PIECE):
        piece = content[place : place + PIECE]
        quotes = np.flatnonzero(piece == QUOTE) + place
        line_ends = line_ends or _quotes_line_ends(piece, quotes - place, opened=seen % 2)
        opening, closing = quotes[seen % 2 :: 2], quotes[1 - seen % 2 :: 2]
        seen += len(quotes)
        before = opening[opening > start] - 1
        after = closing[closing < len(content) - 1] + 1
        if not (beside[content[before]].all() and beside[content[after]].all()):
            return Form(strict=False)
    return Form(strict=seen % 2 == 0, line_ends=line_ends)


def _quotes_line_ends(piece: Bytes, quotes: Codes, *, opened: int) -> bool:
    """Whether a line ends after an odd number of quotes; `opened` is 1 where the piece begins within a cell."""
    if not len(quotes) and not opened:
        return False
    ends = np.flatnonzero((piece == LINE_FEED) | (piece == CARRIAGE_RETURN))
    return bool(((np.searchsorted(quotes, ends) + opened) % 2).any())
