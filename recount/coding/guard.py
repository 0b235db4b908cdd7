"""Keep what strangers wrote from running as a formula when a table is opened in a spreadsheet.

A cell that a spreadsheet could take for a formula is one that begins with = + - @ (also in their full-width form, and
after blanks), or with a tab or a line end. It gets one apostrophe in front, the spreadsheets' own mark for text.
Reading takes away the one apostrophe before such a cell, so that every text comes back as it was, also one with
apostrophes of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\ufeff"
_RUNS = f"(?:['{_BLANKS}]*[=+\\-@＝＋－＠]|'*[\t\r\n])"
GUARDED = f"^{_RUNS}"
UNGUARDED = f"^'{_RUNS}"


def guarded(texts: pd.Series) -> pd.Series:
    """Put an apostrophe before each text that a spreadsheet could run; nulls stay."""
    return texts.mask(texts.str.match(GUARDED).fillna(value=False).astype(bool), "'" + texts)


def unguarded(texts: pd.Series) -> pd.Series:
    """Take away the apostrophe that `guarded` put there; nulls stay."""
    return texts.mask(texts.str.match(UNGUARDED).fillna(value=False).astype(bool), texts.str.slice(1))
