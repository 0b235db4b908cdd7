"""A clean table that is too large to be held at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Pieces:
    """The clean table of a wave, to be read in runs of its rows.

    `rows` is how many respondents there are; `read` gives their pieces, in order, with the columns named.
    """

    rows: int
    read: Callable[[Sequence[str]], Iterator[pd.DataFrame]]


def respondents_in(clean: pd.DataFrame | Pieces) -> int:
    """Count the respondents of a clean table, held or in pieces."""
    return clean.rows if isinstance(clean, Pieces) else len(clean)
