"""Questions of a new study that belong together: asked one after the other, with the same answers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from recount.fieldwork.grouping import common
from recount.fieldwork.lines import quoted
from recount.study.instrument import Question

# So few are shown each for itself; of more than so many a figure would be longer than a page.
_FEWEST, _MOST = 3, 16
_TWO = 2
# A scale with more steps cannot be told apart in one bar.
_STEPS = 7
# A column of a numbered list within a question (q7_1, s2q5c0, Q5[1]); those of a scale may also be questions in a row.
_IN_LIST = re.compile(r"(?P<list>.*\d)(?:[_.c-]|SQ)\d+|(?P<named>.*)\[.+\]", re.DOTALL)
_NOT_TYPED = re.compile(r"\d|[{}<>]")
_IN_ROW = re.compile(r"(?P<list>.*\D)\d+", re.DOTALL)


@dataclass(frozen=True)
class Battery:
    """Questions with the same answers, shown in one figure and one table under the first one's name."""

    questions: tuple[Question, ...]

    @property
    def scale(self) -> bool:
        """Whether the answers are the steps of a scale; else there are two of them."""
        return self.questions[0].type == "scale"

    def items(self) -> str:
        """The items of figure and table: each question by what tells it from the others, where that can be typed there.

        A typed digit would be a number of the paper, and a brace its language; then the instrument's label stands.
        """
        _, told = common([question.text for question in self.questions])
        own = len(set(told)) == len(told) and all(told) and not any(map(_NOT_TYPED.search, told))
        yes = "" if self.scale else f", category: {quoted(_first(self.questions[0]))}"
        labels = [f", label: {quoted(text)}" if own else "" for text in told]
        named = [
            f"{{question: {quoted(question.id)}{yes}{label}}}"
            for question, label in zip(self.questions, labels, strict=True)
        ]
        return f"[{', '.join(named)}]"


def gathered_batteries(questions: Sequence[Question]) -> Iterator[Battery | Question]:
    """Go through questions in order; those that belong together come as one."""
    place = 0
    while place < len(questions):
        end = place + 1
        while end < len(questions) and end - place < _MOST and _together(questions[end - 1], questions[end]):
            end += 1
        if end - place >= _FEWEST:
            yield Battery(tuple(questions[place:end]))
        else:
            yield from questions[place:end]
        place = end


def _first(question: Question) -> str:
    """The answer of two that is shown: yes, where one says so."""
    said = {"yes", "true", "on", "selected", "agree"}
    return next((each.id for each in question.valid if each.label.casefold() in said), question.valid[0].id)


def _together(one: Question, other: Question) -> bool:
    return one.type == other.type and _answers(one) == _answers(other) and _showable(one) and _in_list(one, other)


def _answers(question: Question) -> tuple[tuple[str, str], ...]:
    """Ids and labels, in order where the order says something."""
    found = [(each.id, each.label) for each in question.categories]
    return tuple(found if question.type == "scale" else sorted(found))


def _showable(question: Question) -> bool:
    steps = len(question.valid)
    return (question.type == "scale" and steps <= _STEPS) or (question.type == "single" and steps == _TWO)


def _in_list(one: Question, other: Question) -> bool:
    """Whether two questions share a stem, or a numbered list of columns."""
    stem, items = common([one.text, other.text])
    if stem and items[0] != items[1] and all(items):
        return True
    columns = [_column(each) for each in (one, other)]
    return any(
        bool(base := {_base(pattern, column) for column in columns}) and len(base) == 1 and "" not in base
        for pattern in ((_IN_LIST, _IN_ROW) if one.type == "scale" else (_IN_LIST,))
    )


def _base(pattern: re.Pattern[str], column: str) -> str:
    found = pattern.fullmatch(column)
    return next((text for text in found.groupdict().values() if text), "") if found else ""


def _column(question: Question) -> str:
    return next((each.column or "" for each in question.waves.values()), "")
