"""The log of changes: every cell whose clean value is not just its text read as the instrument says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.corrections import CorrectedCell
from recount.clean.reading import NUMBER_OF, RULES, Marks

CHANGES = ("row", "respondent", "variable", "column", "before", "after", "rule", "reason")
_WHY = {
    "missing text": "declared to mean no answer",
    "user missing": "the export declares this code missing",
    "spelling": "another spelling of the answer",
    "blanks": "blanks around or between the words",
    "number format": "a number in another notation",
    "date format": "a date in another notation",
    "alone": "the option excludes the others that were ticked",
    "write-in": "no option: written in by the respondent",
    "outside universe": "the question was not asked of this respondent",
}
# Where several rules changed one cell, the last of these decided what became of it.
_RANKED = ("", "blanks", "missing text", "user missing", "number format", "date format", "spelling", "write-in")
_DECISIVE = ("correction", "alone", "outside universe")
_RANK = np.array([(_RANKED + _DECISIVE).index(rule) for rule in RULES], dtype=np.int8)

# Texts of one variable (by number) at some positions.
Texts = Callable[[int, np.ndarray], pa.Array | None]


@dataclass(frozen=True)
class Logged:
    """All cells of the log, sorted by response, then variable: positions, numbers of variables, numbers of rules."""

    positions: np.ndarray
    variables: np.ndarray
    rules: np.ndarray


def log_of(
    marks: Sequence[Marks],
    corrected: Sequence[CorrectedCell],
    *,
    order: Sequence[tuple[str, str]],
    kept: np.ndarray,
    raw: pa.Table,
    labels: pa.Array,
    after: Callable[[str, np.ndarray], pa.Array],
) -> pd.DataFrame:
    """Write the log, one entry a response and variable.

    `order` lists the variables with their columns of the export, as they stand in the questionnaire; `kept` tells which
    responses are kept; `raw` has the cells as the export has them, `labels` names the responses; `after` gives a
    variable's clean values as text at places of the clean table. Corrections of responses that are left out are logged,
    too, with the corrected text as `after`.
    """
    corrections = _by_variable(corrected, order)
    logged = _merged(marks, {pair: number for number, pair in enumerate(order)}, kept, corrections)
    place = np.cumsum(kept) - 1

    def before(number: int, positions: np.ndarray) -> pa.Array:
        return raw[order[number][1]].take(pa.array(positions)).cast(pa.string())

    def afterwards(number: int, positions: np.ndarray) -> pa.Array | None:
        variable = order[number][0]
        return after(variable, place[positions]) if variable else None

    rules = _named(RULES, logged.rules)
    table = pa.table(
        {
            "row": raw["row"].take(pa.array(logged.positions)).cast(pa.int32()),
            "respondent": labels.take(pa.array(logged.positions)),
            "variable": _named([variable for variable, _ in order], logged.variables),
            "column": _named([column for _, column in order], logged.variables),
            "before": _texts(logged, np.ones(len(logged.positions), dtype=bool), before),
            "after": _texts(logged, kept[logged.positions], afterwards),
            "rule": rules,
            "reason": _named([_WHY.get(rule, "") for rule in RULES], logged.rules),
        }
    )
    return _explained(table.to_pandas(), logged, corrections, kept)


def _explained(
    frame: pd.DataFrame, logged: Logged, corrections: Mapping[tuple[int, int], CorrectedCell], kept: np.ndarray
) -> pd.DataFrame:
    """Add who corrected and why, and what a cell says that has no place in the clean table."""
    entries = {pair: entry for entry, pair in enumerate(_pairs(logged)) if pair in corrections} if corrections else {}
    for (position, number), cell in corrections.items():
        entry = entries[position, number]
        also = frame["reason"].iloc[entry]
        frame.loc[entry, "reason"] = f"{cell.reason}; {also}" if also else cell.reason
        if not kept[position] or not frame["variable"].iloc[entry]:
            frame.loc[entry, "after"] = cell.after
    return frame


def _pairs(logged: Logged) -> list[tuple[int, int]]:
    return list(zip(logged.positions.tolist(), logged.variables.tolist(), strict=True))


def _by_variable(
    corrected: Sequence[CorrectedCell], order: Sequence[tuple[str, str]]
) -> dict[tuple[int, int], CorrectedCell]:
    """Each corrected cell, for each variable that reads it."""
    numbers: dict[str, list[int]] = {}
    for number, (_, column) in enumerate(order):
        numbers.setdefault(column, []).append(number)
    return {(cell.position, number): cell for cell in corrected for number in numbers[cell.column]}


def _merged(
    marks: Sequence[Marks],
    number_of: Mapping[tuple[str, str], int],
    kept: np.ndarray,
    corrections: Mapping[tuple[int, int], CorrectedCell],
) -> Logged:
    """One entry a cell, with the rule that decided."""
    correction = NUMBER_OF["correction"]
    parts = [np.array([(*pair, correction) for pair in corrections], dtype=np.int32).reshape(-1, 3)]
    for each in marks:
        inside = kept[each.positions]
        number = np.full(int(inside.sum()), number_of[each.variable, each.column], dtype=np.int32)
        parts.append(np.column_stack([each.positions[inside], number, each.rules[inside]]).astype(np.int32))
    cells = np.concatenate(parts)
    position, variable, rule = cells[np.lexsort((_RANK[cells[:, 2]], cells[:, 1], cells[:, 0]))].T
    last = np.ones(len(cells), dtype=bool)
    last[:-1] = (position[1:] != position[:-1]) | (variable[1:] != variable[:-1])
    return Logged(position[last], variable[last], rule[last])


def _named(names: Sequence[str], numbers: np.ndarray) -> pa.Array:
    return pa.array(list(names), pa.large_string()).take(pa.array(numbers))


def _texts(logged: Logged, there: np.ndarray, texts: Texts) -> pa.Array:
    """One text an entry, each from the column of its variable; blank where `there` says that it has none."""
    parts, entries = [pa.array([""], pa.large_string())], []
    for number in np.unique(logged.variables):
        chosen = np.flatnonzero(there & (logged.variables == number))
        found = texts(int(number), logged.positions[chosen])
        if found is not None:
            entries.append(chosen)
            parts += found.chunks if isinstance(found, pa.ChunkedArray) else [found]
    where = np.zeros(len(logged.positions), dtype=np.int64)  # 0: the blank that stands first
    chosen = np.concatenate(entries) if entries else np.array([], dtype=np.int64)
    where[chosen] = np.arange(1, len(chosen) + 1)
    joined = pa.chunked_array([part.cast(pa.large_string()) for part in parts])
    return pc.fill_null(joined.combine_chunks(), "").take(pa.array(where))
