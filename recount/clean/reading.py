"""How a column is read: each distinct text once, then spread over the responses that hold it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recount.ingest.raw import Column

Rule = Literal[
    "",
    "missing text",
    "spelling",
    "number format",
    "date format",
    "blanks",
    "user missing",
    "outside universe",
    "correction",
    "alone",
    "write-in",
]
RULES: tuple[Rule, ...] = Rule.__args__  # type: ignore[attr-defined]
NUMBER_OF: Mapping[Rule, int] = {rule: number for number, rule in enumerate(RULES)}


@dataclass(frozen=True)
class Trouble:
    """Why a text cannot be read: what is wrong, what was expected, and the part of the text that it is about.

    `known` lists the words among which the nearest is looked for; `elsewhere` is said after it.
    """

    problem: str
    expected: str = ""
    known: tuple[str, ...] = ()
    part: str | None = None


@dataclass(frozen=True)
class Cells:
    """One column of the export: its distinct texts, and the place of each response's text among them.

    A cell that the file does not have is a blank text.
    """

    column: Column
    texts: pa.Array
    codes: np.ndarray

    @classmethod
    def of(cls, table: pa.Table, column: Column) -> Self:
        """Encode one column of the export's cells."""
        cells = table[column.name]
        if not pa.types.is_dictionary(cells.type) or cells.null_count:
            cells = pc.fill_null(cells.cast(pa.string()).cast(pa.large_string()), "").combine_chunks()
            cells = pa.chunked_array([cells]).dictionary_encode()
        encoded = cells.unify_dictionaries().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):  # an export without a single row
            encoded = pa.array([], pa.large_string()).dictionary_encode()
        texts = encoded.dictionary.cast(pa.large_string())
        return cls(column, texts, encoded.indices.to_numpy(zero_copy_only=False))

    @property
    def distinct(self) -> list[str]:
        """The distinct texts, in the order in which they first stand in the column."""
        return [str(text) for text in self.texts.to_pylist()]


@dataclass(frozen=True)
class Reading:
    """What each distinct text of a column was read as.

    `answers` says whether a text is an answer at all (blanks and missing texts are none), `rules` holds the
    number of the rule (see `RULES`) by which reading changed it, `troubles` what could not be read.
    """

    answers: np.ndarray
    rules: np.ndarray
    troubles: Mapping[int, Trouble] = field(default_factory=dict)


@dataclass(frozen=True)
class Marks:
    """Cells that a rule changed: the responses (by position), and for each the number of its rule."""

    variable: str
    column: str
    positions: np.ndarray
    rules: np.ndarray


@dataclass(frozen=True)
class Unread:
    """Cells that could not be read: the responses (by position), and for each the place of its text."""

    question: str
    column: str
    texts: pa.Array
    troubles: Mapping[int, Trouble]
    positions: np.ndarray
    places: np.ndarray


@dataclass(frozen=True)
class Typed:
    """One question, read for all responses.

    `columns` holds its clean columns by name, `answered` who gave any answer, even one that cannot be read.
    """

    columns: dict[str, Any]
    answered: np.ndarray
    marks: tuple[Marks, ...]
    unread: tuple[Unread, ...]


def marks_of(variable: str, cells: Cells, reading: Reading) -> Marks:
    """Find the responses whose text a rule changed."""
    positions = _held(cells, reading.rules > 0)
    return Marks(variable, cells.column.name, positions, reading.rules[cells.codes[positions]])


def unread_of(question: str, cells: Cells, reading: Reading) -> Unread:
    """Find the responses whose text could not be read."""
    bad = np.zeros(len(cells.texts), dtype=bool)
    bad[list(reading.troubles)] = True
    positions = _held(cells, bad)
    places = cells.codes[positions]
    return Unread(question, cells.column.name, cells.texts, reading.troubles, positions, places)


def _held(cells: Cells, which: np.ndarray) -> np.ndarray:
    """The responses that hold one of some texts."""
    return np.flatnonzero(which.take(cells.codes) if which.any() else []).astype(np.int32)
