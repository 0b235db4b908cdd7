"""Records become Arrow columns, in batches, with every cell accounted for."""

from collections.abc import Iterator, Sequence
from itertools import islice

import pyarrow as pa

from recount.errors import ExportError, Finding
from recount.ingest.names import unique

# A record is its row number in the file and its cells; None is a cell that the file does not have.
Record = tuple[int, list[str | None]]

BATCH = 20_000
# A file read with the wrong delimiter is too long in every row: nobody needs to see all of them.
TOLD = 1_000


def table_of(records: Iterator[Record], names: Sequence[str], *, file: str, why: str = "") -> pa.Table:
    """Gather records under column names, with their row numbers as the column `row`.

    A short record gives nulls. A record that is longer than the header raises `ExportError`, which lists them all;
    if no record has anything in the cells beyond the header, they are kept as columns `column N`.
    """
    numbers: list[pa.Array] = []
    chunks: list[list[pa.Array]] = []
    findings: list[Finding] = []
    while (batch := list(islice(records, BATCH))) and len(findings) < TOLD:
        rows = [cells for _, cells in batch]
        if max(map(len, rows)) > len(names):
            findings += _too_long(batch, len(names), file, why)
        numbers.append(pa.array([number for number, _ in batch], pa.int32()))
        chunks.append(_arrays(rows, len(names)))
    if findings:
        raise ExportError(*findings)
    width = max([len(names), *map(len, chunks)])
    called = unique([*names, *[""] * (width - len(names))])
    columns = [_column(chunks, numbers, place) for place in range(width)]
    return pa.table([pa.chunked_array(numbers, pa.int32()), *columns], names=["row", *called])


def _arrays(rows: list[list[str | None]], least: int) -> list[pa.Array]:
    """Turn rows into columns, padding the short ones."""
    width = max(least, *map(len, rows))
    for row in rows:
        if len(row) < width:
            row.extend([None] * (width - len(row)))
    return [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)]


def _column(chunks: list[list[pa.Array]], numbers: list[pa.Array], place: int) -> pa.ChunkedArray:
    """One column over all batches; a batch without it has none of its cells."""
    pieces = [
        arrays[place] if place < len(arrays) else pa.nulls(len(rows), pa.string())
        for arrays, rows in zip(chunks, numbers, strict=True)
    ]
    return pa.chunked_array(pieces, pa.string())


def _too_long(batch: list[Record], width: int, file: str, why: str) -> list[Finding]:
    """Tell each record with something beyond the header."""
    return [
        Finding(
            problem=f"the row has {len(cells)} cells, the header {width}",
            file=file,
            row=number,
            value=next(cell for cell in cells[width:] if cell),
            expected=f"at most {width} cells{why}",
            mend="look for an unquoted delimiter in this row of the export; or set `format:` or `header_rows:`",
        )
        for number, cells in batch
        if len(cells) > width and any(cells[width:])
    ]
