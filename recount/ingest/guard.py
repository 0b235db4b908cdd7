"""Keep what strangers wrote from running as a formula when a table is opened in a spreadsheet.

A cell that a spreadsheet could take for a formula is one that begins with = + - @ (also in their full-width form, and
after blanks), or with a tab or a line end. It gets one apostrophe in front, the spreadsheets' own mark for text.
Reading takes away the one apostrophe before such a cell, so that every text comes back as it was, also one with
apostrophes of its own. Every CSV file with texts of people is written so; Parquet and JSON hold texts as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd
    import pyarrow as pa

_BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
_FIRST = f"'{_BLANKS}=+-@＝＋－＠"
_RUNS = f"(?:['{_BLANKS}]*[=+\\-@＝＋－＠]|'*[\t\r\n])"
GUARDED = f"^{_RUNS}"
UNGUARDED = f"^'{_RUNS}"


def guarded(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before each text that a spreadsheet could run; nulls stay."""
    return texts.mask(texts.str.match(GUARDED).fillna(value=False).astype(bool), "'" + texts)


def unguarded(texts: pd.Series) -> pd.Series:
    """Take away the apostrophe that `guarded` put there; nulls stay."""
    return texts.mask(texts.str.match(UNGUARDED).fillna(value=False).astype(bool), texts.str.slice(1))


def guarded_table(table: pa.Table) -> pa.Table:
    """Guard all columns of text of a table of Arrow's."""
    import pyarrow.compute as pc

    return _each_text(table, lambda column: pc.replace_substring_regex(column, f"^({_RUNS})", r"'\1"))


def unguarded_table(table: pa.Table) -> pa.Table:
    """Take the guards away from all columns of text of a table of Arrow's."""
    import pyarrow.compute as pc

    return _each_text(table, lambda column: pc.replace_substring_regex(column, f"^'({_RUNS})", r"\1"))


def _each_text(table: pa.Table, change: Callable[[pa.Array], pa.Array]) -> pa.Table:
    """Change the texts of all columns; of a dictionary each distinct text once."""
    import pyarrow as pa

    def changed(chunk: pa.Array) -> pa.Array:
        if pa.types.is_dictionary(chunk.type):
            return pa.DictionaryArray.from_arrays(chunk.indices, changed(chunk.dictionary), ordered=chunk.type.ordered)
        text = pa.types.is_string(chunk.type) or pa.types.is_large_string(chunk.type)
        return change(chunk) if text and _any_could(chunk) else chunk

    columns = [pa.chunked_array([changed(chunk) for chunk in each.chunks], each.type) for each in table.columns]
    return pa.table(columns, names=table.column_names)


def _any_could(texts: pa.Array) -> bool:
    """Whether a text begins with a byte that the first letter of some guarded text begins with."""
    import numpy as np
    import pyarrow as pa

    _, bounds, letters = texts.buffers()
    if letters is None:
        return False
    width = np.dtype(np.int64 if pa.types.is_large_string(texts.type) else np.int32)
    places = np.frombuffer(bounds, width)[texts.offset : texts.offset + len(texts) + 1].astype(np.intp, copy=False)
    first = np.frombuffer(letters, np.uint8)[places[:-1][places[1:] > places[:-1]]]
    could = np.zeros(256, dtype=bool)
    could[[each.encode()[0] for each in _FIRST]] = True
    return bool(could[first].any())
