"""The raw cells behind an estimate, one by one: what the export says, what cleaning made of it, who is counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from recount.audit.members import members, touched
from recount.audit.provenance import answer_columns
from recount.audit.tables import WaveTables
from recount.clean.columns import RESPONDENT, ticked_column
from recount.write.number import Estimate

Counted = Literal["numerator", "base", "not counted"]


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of the export, and its way into an estimate.

    `raw` is None where the file has no cell; `rule` and `reason` are those of the cleaning log, empty where the raw
    text was read as it stands; `clean` is the typed answer as text; `codes` and `decided_by` are of open-ended answers.
    """

    row: int
    respondent: str
    column: str
    raw: str | None
    rule: str
    reason: str
    clean: str
    codes: tuple[str, ...]
    decided_by: str
    counted: Counted


def cells(estimate: Estimate, tables: WaveTables) -> Iterator[Cell]:
    """Go through the cells behind an estimate, by respondent: the numerator, then the rest of the base, then others.

    Others are respondents of the estimate's group who are outside the base: not asked, or without a valid answer. An
    estimate of the wave as a whole has no answers, and so no cells.
    """
    if estimate.question in ("", "-"):
        return
    found = members(estimate, tables)
    reader = _Reader(tables, estimate.question)
    columns = answer_columns(estimate, tables)
    numerator, base = (set() if rows is None else set(rows.tolist()) for rows in (found.numerator, found.base))
    group = np.sort(touched(estimate, tables)).tolist()
    parts: dict[Counted, list[int]] = {
        "numerator": [row for row in group if row in numerator],
        "base": [row for row in group if row in base - numerator],
        "not counted": [row for row in group if row not in base | numerator],
    }
    for counted, rows in parts.items():
        for row in rows:
            for column in columns:
                yield reader.cell(row, column, counted)


def cell_of(question: str, row: int, column: str, tables: WaveTables) -> Cell:
    """Give one cell of a question, with its way into an answer that is quoted."""
    return _Reader(tables, question).cell(row, column, "numerator")


class _Reader:
    """Looks one question's cells up, row by row."""

    def __init__(self, tables: WaveTables, question: str) -> None:
        self._tables = tables
        self._question = tables.question(question)
        self._places = {row: place for place, row in enumerate(tables.received.tolist())}
        self._kept = {row: place for place, row in enumerate(tables.kept.tolist())}
        variables = {*tables.clean_columns(question), question}
        log = tables.changes[tables.changes["variable"].isin(variables)]
        self._log = {
            (row, column): each for row, column, each in zip(log["row"], log["column"], _said(log), strict=True)
        }
        codes = tables.codes[tables.codes["question"] == question]
        self._codes = dict(iter(codes.groupby(RESPONDENT, sort=False)))

    def cell(self, row: int, column: str, counted: Counted) -> Cell:
        rule, reason = self._log.get((row, column), ("", ""))
        respondent = str(self._tables.respondents[self._kept[row]])
        codes = self._codes.get(respondent)
        return Cell(
            row=row,
            respondent=respondent,
            column=column,
            raw=self._tables.raw.cells[column][self._places[row]].as_py(),
            rule=rule,
            reason=reason,
            clean=self._clean(row, column),
            codes=() if codes is None else tuple(codes["code"]),
            decided_by="" if codes is None else str(codes["decided_by"].iloc[0]),
            counted=counted,
        )

    def _clean(self, row: int, column: str) -> str:
        """The typed answer as text; of a question in one cell, all categories that were ticked."""
        place, question = self._kept[row], self._question
        if question.type != "multi":
            (name,) = self._tables.clean_columns(question.id)
            return _text(self._tables.clean[name].iloc[place])
        named = question.waves[self._tables.wave].columns
        if not named:
            ticks = {each.id: ticked_column(question.id, each.id) for each in question.categories}
            chosen = [each for each, name in ticks.items() if self._tables.clean[name].iloc[place] is np.True_]
            return ";".join(chosen)
        category = next(each for each in named if self._tables.export_columns(question.id, (each,)) == (column,))
        ticked = self._tables.clean[ticked_column(question.id, category)].iloc[place]
        return "" if pd.isna(ticked) else "ticked" if ticked else "not ticked"


def _said(log: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(log["rule"].astype("str"), log["reason"].astype("str"), strict=True))


def _text(value: object) -> str:
    """A typed answer as the clean table's CSV writes it."""
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return repr(float(value)).removesuffix(".0") if isinstance(value, float) else str(value)
