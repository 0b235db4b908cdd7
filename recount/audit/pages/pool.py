"""Texts that stand on the audit pages, each stored once, and tables that point to them.

A respondent's answer stands in the export, in the clean table, in the log of changes and in a coder's file; on the
pages it is stored once. A column of texts is a list of places in that store.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

# Nobody reads more of an answer on a page than this; what is cut is named by its length and its hash.
LONGEST = 4_000
SHORTER = (1_000, 250)
# All texts together: the pages stay under 10 MB, and each letter may take three bytes.
MOST = 1_500_000


class Pool:
    """A store of texts; the empty one has the place 0."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {"": 0}

    def place(self, text: str) -> int:
        """Give the place of a text, a new one where it has not been seen."""
        return self._places.setdefault(text, len(self._places))

    def places(self, texts: Iterable[str]) -> list[int]:
        """Give the places of several texts."""
        return [self.place(text) for text in texts]

    @property
    def longest(self) -> int:
        """How many letters of a text are stored: fewer where there are very many long ones."""
        lengths = [len(text) for text in self._places]
        for limit in (LONGEST, *SHORTER):
            if sum(min(length, limit) for length in lengths) <= MOST:
                return limit
        return SHORTER[-1]

    def texts(self) -> list[Any]:
        """List the texts by place; one that is too long as its beginning, its length and its SHA-256."""
        limit = self.longest
        return [text if len(text) <= limit else _cut(text, limit) for text in self._places]


def table(
    pool: Pool, *, texts: Mapping[str, Iterable[str]] | None = None, values: Mapping[str, Sequence[Any]] | None = None
) -> dict[str, Any]:
    """Make a table of columns: those of text as places in the pool, those of values as they are."""
    stored = {name: pool.places(column) for name, column in (texts or {}).items()}
    return {"texts": stored, "values": {name: list(column) for name, column in (values or {}).items()}}


def of_records(
    pool: Pool, records: Sequence[Mapping[str, Any]], *, texts: Iterable[str], values: Iterable[str] = ()
) -> dict[str, Any]:
    """Make a table of records that all have these fields; a text that is not there is empty."""
    return table(
        pool,
        texts={name: [str(each.get(name) or "") for each in records] for name in texts},
        values={name: [each.get(name) for each in records] for name in values},
    )


def _cut(text: str, limit: int) -> dict[str, Any]:
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return {"text": text[:limit], "length": len(text), "sha256": digest}
