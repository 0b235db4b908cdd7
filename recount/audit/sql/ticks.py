"""A question of which several categories can be ticked, each in a column of its own."""

# ruff: noqa: S608 - all names and texts go through recount.audit.sql.quote

from dataclasses import dataclass

from recount.audit.sql.fielded import Fielded
from recount.audit.sql.meanings import alike, meanings
from recount.audit.sql.quote import UNSEEN, text, texts
from recount.audit.sql.sources import says_something
from recount.audit.sql.steps import Step
from recount.study.instrument import TICKED, Question


@dataclass(frozen=True)
class _Column:
    """The column of one category: the texts that tick it, and the codes that the file labels otherwise.

    `free` marks a column that a text question reads, too: there any text ticks the category.
    """

    category: str
    cell: str
    ticked: tuple[str, ...]
    unticked: tuple[str, ...]
    free: bool


def ticks_reading(of: Fielded, question: Question) -> tuple[list[Step], str]:
    """Read the columns one below the other; gather, a list a respondent, what was ticked.

    Who says something in any of them answered the question; then a blank one is not ticked.
    """
    cells, ticks = of.step(question, "cells"), of.step(question, "ticks")
    columns = [_column(of, question, category) for category in question.waves[of.wave].columns]
    steps = [Step(cells, _cells(columns)), Step(ticks, _ticks(question, columns, cells))]
    ticked = "coalesce(list(category) FILTER (WHERE ticked), [])"
    return steps, f"SELECT row, CASE WHEN count(ticked) > 0 THEN {ticked} END AS ticked\nFROM {ticks}\nGROUP BY row"


def _column(of: Fielded, question: Question, category: str) -> _Column:
    column = of.column(question.waves[of.wave].columns[category])
    known = meanings(of, question, column, category)
    labelled = {code: label for code, label in column.labels.items() if code not in known}
    ticking = [code for code, label in labelled.items() if alike(label) in TICKED]
    return _Column(
        category=category,
        cell=of.cell(column),
        ticked=(*(said for said, meant in known.items() if meant == category), *ticking),
        unticked=tuple(code for code in labelled if code not in ticking and alike(code) in TICKED),
        free=column.name in _written_in(of),
    )


def _written_in(of: Fielded) -> set[str]:
    """The columns that text questions read."""
    written = [each for each in of.instrument.asked_in(of.wave) if each.type == "text"]
    return {of.column(name).name for each in written for name in each.columns_in(of.wave)}


def _cells(columns: list[_Column]) -> str:
    return "\nUNION ALL ".join(
        f"SELECT row, {text(each.category)} AS category, {each.cell} AS cell, [{texts(each.ticked)}] AS ticking"
        + (f", [{texts(each.unticked)}]::VARCHAR[] AS unticking" if any(column.unticked for column in columns) else "")
        + (f", {str(each.free).lower()} AS free" if any(column.free for column in columns) else "")
        + " FROM kept"
        for each in columns
    )


def _ticks(question: Question, columns: list[_Column], cells: str) -> str:
    """The log, else the texts that tick the category, else what platforms write for ticked; other texts do not."""
    something = says_something("cell")
    plain = f"lower(regexp_replace(cell, '^[{UNSEEN}]+|[{UNSEEN}]+$', '', 'g'))"
    cases = ["WHEN changed.row IS NOT NULL THEN CASE changed.after WHEN 'true' THEN true WHEN 'false' THEN false END"]
    cases += ["WHEN list_contains(ticking, cell) THEN true"]
    cases += ["WHEN list_contains(unticking, cell) THEN false"] if any(each.unticked for each in columns) else []
    cases += [f"WHEN free THEN CASE WHEN {something} THEN true END"] if any(each.free for each in columns) else []
    cases += [f"WHEN {plain} IN ({texts(TICKED)}) THEN true", f"WHEN {something} THEN false"]
    read = "".join(f"    {case}\n" for case in cases)
    log = f"changed.row = {cells}.row AND changed.variable = {text(f'{question.id}__')} || category"
    return f"SELECT {cells}.row, category, CASE\n{read}  END AS ticked\nFROM {cells}\nLEFT JOIN changed ON {log}"
