"""Questions of which several categories are ticked: one column per category, or all in one cell."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.clean.columns import ticked_column
from recount.clean.match import Match, Matcher, plain, rule_between
from recount.clean.reading import NUMBER_OF, RULES, Cells, Marks, Reading, Rule, Trouble, Typed, marks_of, unread_of
from recount.study.instrument import NOT_TICKED, TICKED, Question, Separator

_MARK = {";": ";", ",": ",", "|": "|", "space": " ", "newline": "\n"}


@dataclass(frozen=True)
class Tick:
    """What one text says of one category: ticked, not ticked, or nothing; by which rule; or why it cannot be read."""

    ticked: bool = False
    says: bool = True
    rule: Rule = ""
    trouble: Trouble | None = None


@dataclass(frozen=True)
class Part:
    """What one part of a cell means, and the text that was read."""

    text: str
    match: Match


def read_ticks(
    columns: Mapping[str, Cells], question: Question, matchers: Mapping[str, Matcher], written_in: frozenset[str]
) -> Typed:
    """Read a question that has one column per category.

    A response answers the question when any of its cells says something; then a cell that says nothing is not ticked.
    In a column that a text question reads, too (`written_in`), any text ticks the category.
    """
    responses = len(next(iter(columns.values())).codes)
    ticked = np.zeros((responses, len(question.categories)), dtype=bool)
    answered = np.zeros(responses, dtype=bool)
    marks, unread = [], []
    for category, cells in columns.items():
        place = [each.id for each in question.categories].index(category)
        free = cells.column.name in written_in
        ticks = [_tick(text, category, matchers[category], free=free) for text in cells.distinct]
        reading = Reading(
            answers=np.array([tick.says for tick in ticks], dtype=bool),
            rules=np.array([NUMBER_OF[tick.rule] for tick in ticks], dtype=np.int8),
            troubles={number: tick.trouble for number, tick in enumerate(ticks) if tick.trouble},
        )
        ticked[:, place] = np.array([tick.ticked for tick in ticks], dtype=bool)[cells.codes]
        answered |= reading.answers[cells.codes]
        marks.append(marks_of(ticked_column(question.id, category), cells, reading))
        unread.append(unread_of(question.id, cells, reading))
    lonely, positions = unticked_alone(ticked, question)
    marks += [
        Marks(ticked_column(question.id, category), columns[category].column.name, rows, _all(rows, "alone"))
        for category, rows in positions.items()
    ]
    offered = frozenset(columns)
    return Typed(_columns(lonely, answered, question, offered), answered, tuple(marks), tuple(unread))


def read_list(
    cells: Cells, question: Question, matcher: Matcher, separator: Separator, *, offered: frozenset[str]
) -> Typed:
    """Read a question whose ticked categories stand in one cell; a blank cell is missing."""
    options = _options(matcher, separator)
    place = {category.id: number for number, category in enumerate(question.categories)}
    chosen = np.zeros((len(cells.texts), len(place)), dtype=bool)
    answers = np.zeros(len(cells.texts), dtype=bool)
    rules = np.zeros(len(cells.texts), dtype=np.int8)
    troubles: dict[int, Trouble] = {}
    for number, text in enumerate(cells.distinct):
        parts = _read_parts(text, matcher, options, separator)
        found = [place[part.match.category] for part in parts if part.match.category]
        chosen[number, found] = True
        trouble = next((part.match.trouble for part in parts if part.match.trouble), None)
        if trouble:
            troubles[number] = trouble
        answers[number] = bool(found) or trouble is not None
        rules[number] = max((NUMBER_OF[part.match.rule] for part in parts), key=_weight, default=0)
    chosen, lonely = unticked_alone(chosen, question)
    for places in lonely.values():
        rules[places] = NUMBER_OF["alone"]
    reading = Reading(answers, rules, troubles)
    answered = answers[cells.codes]
    return Typed(
        columns=_columns(chosen[cells.codes], answered, question, offered),
        answered=answered,
        marks=(marks_of(question.id, cells, reading),),
        unread=(unread_of(question.id, cells, reading),),
    )


def unticked_alone(ticked: np.ndarray, question: Question) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Untick a category that stands alone where others are ticked with it.

    Where only categories that stand alone are ticked together, the first in the instrument's order stays. Returned are
    the ticks, and for each category the rows in which it was unticked.
    """
    alone = [number for number, category in enumerate(question.categories) if category.alone]
    if not alone:
        return ticked, {}
    kept = ticked.copy()
    others = np.delete(ticked, alone, axis=1).any(axis=1)
    rows = {}
    for number in alone:
        contradicted = ticked[:, number] & others
        kept[contradicted, number] = False
        others |= ticked[:, number]
        if contradicted.any():
            rows[question.categories[number].id] = np.flatnonzero(contradicted).astype(np.int32)
    return kept, rows


def _tick(text: str, category: str, matcher: Matcher, *, free: bool) -> Tick:
    """Read one cell of a category's own column.

    The category's texts go before missing texts, the file's label of a code before what the code looks like, and the
    words that platforms write for ticked and not ticked come last.
    """
    form = plain(text)
    match = matcher.match(text)
    if not form or match.rule in ("user missing", "missing text"):
        return Tick(says=False, rule=match.rule)
    if match.category == category:
        return Tick(ticked=True, rule=match.rule)
    said = plain(matcher.labels.get(text, "")) or form
    if free or (match.category is None and said in (*TICKED, *NOT_TICKED)):
        return Tick(ticked=free or said in TICKED)
    known = (matcher.known[0], *TICKED[1:], *NOT_TICKED[2:]) if matcher.known else ()
    return Tick(trouble=Trouble("this tells neither that the option was ticked nor that it was not", known=known))


def _options(matcher: Matcher, separator: Separator) -> dict[tuple[str, ...], tuple[str, str]]:
    """All texts of the categories, cut at the separator as a cell is, with the text and the category they stand for."""
    found: dict[tuple[str, ...], tuple[str, str]] = {}
    for text, category in matcher.exact.items():
        pieces = _cut(text, separator) if separator != "csv" else [text]
        found.setdefault(tuple(plain(piece) for piece in pieces), (text, category))
    return found


def _read_parts(
    text: str, matcher: Matcher, options: Mapping[tuple[str, ...], tuple[str, str]], separator: Separator
) -> list[Part]:
    """Read a cell from its left, each time the longest run of pieces that is a known option."""
    whole = matcher.match(text)
    if not plain(text) or whole.rule in ("missing text", "user missing"):
        return [Part(text, whole)]
    pieces = _cut(text, separator)
    forms = [plain(piece) for piece in pieces]
    longest = max(map(len, options), default=1)
    mark = _MARK.get(separator, ",")
    parts = []
    start = 0
    while start < len(pieces):
        lengths = range(min(longest, len(pieces) - start), 0, -1)
        length = next((n for n in lengths if tuple(forms[start : start + n]) in options), 1)
        run = mark.join(pieces[start : start + length]).strip()
        known, category = options.get(tuple(forms[start : start + length]), ("", None))
        if category is not None:
            parts.append(Part(run, Match(category, _spelled(run, known))))
        elif run:
            parts.append(Part(run, matcher.match(run)))
        start += length
    return parts


def _spelled(run: str, known: str) -> Rule:
    return rule_between(run, known.strip())


def _cut(text: str, separator: Separator) -> Sequence[str]:
    if separator == "csv":
        return _record(text)
    if separator == "newline":
        return text.splitlines()
    return text.split(_MARK[separator])


def _record(text: str) -> list[str]:
    """Read a cell that holds a CSV record of its own; what is none is one piece."""
    try:
        records = [record for record in csv.reader([text.strip()], skipinitialspace=True, strict=True) if record]
    except csv.Error:
        return [text]
    return records[0] if len(records) == 1 else [text]


def _weight(number: int) -> int:
    """A cell has one rule: the one that changed most of what was written."""
    order: tuple[Rule, ...] = ("", "blanks", "missing text", "user missing", "spelling")
    rule = RULES[number]
    return order.index(rule) if rule in order else len(order)


def _columns(
    ticked: np.ndarray, answered: np.ndarray, question: Question, offered: frozenset[str]
) -> dict[str, object]:
    """The clean columns: null where the question was not answered, and throughout where the wave did not offer it."""
    columns: dict[str, object] = {}
    for number, category in enumerate(question.categories):
        absent = ~answered if category.id in offered else np.ones(len(answered), dtype=bool)
        values = ticked[:, number] & ~absent
        columns[ticked_column(question.id, category.id)] = pd.arrays.BooleanArray(values, absent.copy())
    return columns


def _all(rows: np.ndarray, rule: Rule) -> np.ndarray:
    return np.full(len(rows), NUMBER_OF[rule], dtype=np.int8)
