"""An attacker who knows the questionnaire and all that is shown, and solves for what is hidden.

Nothing here knows how estimates hang together. The unknowns are how many respondents there are of each conceivable
kind: each combination of answers to all questions. Every number shown is a sum over kinds, which docs/tables.md
defines; a hidden number is had by subtraction where its sum is a combination of those shown.
"""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from recount.study.instrument import Instrument, Question
from tests.estimate.hand_built import WAVE

Kind = dict[str, Any]
Row = dict[str, Any]
Sum = np.ndarray
TOLERANCE = 1e-7
NUMBERS = (-2.0, 1.0, 7.0)  # what questions of type number are answered with


class Questionnaire:
    """All conceivable kinds of respondents, and what a row of estimates sums up over them; unweighted."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self._questions = {question.id: question for question in instrument.asked_in(WAVE)}
        conceivable = product(*(_answers(question) for question in self._questions.values()))
        kinds = [dict(zip(self._questions, answers, strict=True)) for answers in conceivable]
        self.kinds = [kind for kind in kinds if self._possible(kind)]
        self._sums: dict[tuple[str, ...], Sum | None] = {}

    def numerator(self, row: Row) -> Sum | None:
        """What its value counts, or adds up; None for a median and the like."""
        return self._sum(row, row["category"], self._counted)

    def base(self, row: Row) -> Sum | None:
        """Whom its value is of."""
        return self._sum(row, "its base", lambda question, statistic, _: self._base(question, statistic))

    def _sum(self, row: Row, category: str, counted: Callable[..., Callable[[Kind], float] | None]) -> Sum | None:
        place = (row["question"], row["statistic"], category)
        if place not in self._sums:
            of = counted(self._questions[row["question"]], row["statistic"], category)
            self._sums[place] = None if of is None else np.array([float(of(kind)) for kind in self.kinds])
        overall, within = self._sums[place], self.within(row["group"], row["level"])
        return None if overall is None else overall * within

    def within(self, group: str, level: str) -> Sum:
        """Who is of a level: 1 or 0."""
        return np.array([float(not group or kind[group] == level) for kind in self.kinds])

    def _possible(self, kind: Kind) -> bool:
        return all(kind[name] is None or self._asked(kind, question) for name, question in self._questions.items())

    def _counted(self, question: Question, statistic: str, category: str) -> Callable[[Kind], float] | None:
        base, name = self._base(question, statistic), question.id
        return {
            "asked": lambda kind: self._asked(kind, question),
            "answered": lambda kind: _answered(kind[name], question),
            "nonresponse": lambda kind: self._asked(kind, question) and kind[name] is None,
            "count": lambda kind: base(kind) and _chose(kind[name], question, category),
            "share": lambda kind: base(kind) and _chose(kind[name], question, category),
            "share_asked": lambda kind: base(kind) and _chose(kind[name], question, category),
            "net": lambda kind: base(kind) and _net(kind[name], question),
            "chosen_mean": lambda kind: base(kind) and len(kind[name]),
            "mentions": lambda kind: base(kind) and len(kind[name]),
            "mention_share": lambda kind: base(kind) and _chose(kind[name], question, category),
            "combination": lambda kind: base(kind) and "+".join(kind[name] or ()) == category,
            "mean": lambda kind: _score(kind[name], question),
            "sd": lambda kind: _score(kind[name], question) ** 2,
        }.get(statistic)

    def _base(self, question: Question, statistic: str) -> Callable[[Kind], bool]:
        if statistic == "asked" or (statistic in ("count", "share", "net") and question.base == "respondents"):
            return lambda _: True
        if statistic in ("answered", "nonresponse", "share_asked"):
            return lambda kind: self._asked(kind, question)
        return lambda kind: _answered(kind[question.id], question)

    def _asked(self, kind: Kind, question: Question) -> bool:
        behind = question.universe_in(WAVE).items()
        return all(
            self._asked(kind, self._questions[name]) and any(_gave(kind[name], each) for each in categories)
            for name, categories in behind
        )


class Attacker:
    """Takes a table of estimates of one wave."""

    def __init__(self, estimates: pd.DataFrame, questionnaire: Questionnaire) -> None:
        self._of = questionnaire
        about = estimates[estimates["question"] != "-"]
        shown = [each for row in about.to_dict("records") for each in self._shown(row) if each is not None]
        nobody = self._of_no_level(about)
        equations = np.vstack([np.unique(shown, axis=0), np.diag(nobody)[nobody > 0]])
        _, sizes, directions = np.linalg.svd(equations, full_matrices=False)
        self._known = directions[sizes > TOLERANCE * sizes[0]]

    def determines(self, row: Row) -> bool:
        """Whether the number of respondents in the row's numerator, or the sum behind its mean, is determined."""
        numerator = self._of.numerator(row)
        if numerator is None:
            return False
        left = numerator - self._known.T @ (self._known @ numerator)
        return bool(np.abs(left).max() < TOLERANCE)

    def _shown(self, row: Row) -> Iterator[Sum | None]:
        if not pd.isna(row["value"]):
            yield self._of.numerator(row)
        if not pd.isna(row["base"]):
            of_mentions = row["statistic"] in ("mentions", "mention_share")
            yield self._of.numerator({**row, "statistic": "mentions"}) if of_mentions else self._of.base(row)
        for statistic in ("asked", "answered"):
            if not pd.isna(row[statistic]):
                yield self._of.numerator({**row, "statistic": statistic, "category": ""})

    def _of_no_level(self, estimates: pd.DataFrame) -> Sum:
        """1 for the kinds of which there is nobody, since the levels of a group add up to all respondents."""
        nobody = np.zeros(len(self._of.kinds))
        sizes = estimates[estimates["statistic"] == "asked"].drop_duplicates(["group", "level"])
        total = sizes.loc[sizes["group"] == "", "base"].sum()
        for group, inside in sizes[sizes["group"] != ""].groupby("group"):
            if inside["base"].sum() == total:
                nobody += 1 - sum(self._of.within(str(group), level) for level in inside["level"])
        return np.minimum(nobody, 1)


def _answers(question: Question) -> list[Any]:
    ids = [category.id for category in question.categories]
    if question.type == "multi":
        ticks = product([True, False], repeat=len(ids))
        return [None, *(tuple(each for each, tick in zip(ids, ticked, strict=True) if tick) for ticked in ticks)]
    return [None, *(NUMBERS if question.type == "number" else ids)]


def _gave(answer: Any, category: str) -> bool:
    return category in answer if isinstance(answer, tuple) else answer == category


def _answered(answer: Any, question: Question) -> bool:
    return answer is not None and answer not in [each.id for each in question.categories if each.missing]


def _chose(answer: Any, question: Question, category: str) -> bool:
    if category == "no answer":
        return answer is None
    return any(_gave(answer, each) for each in question.nets.get(category, (category,)))


def _net(answer: Any, question: Question) -> int:
    plus, minus = question.net or ("", "")
    return int(_chose(answer, question, plus)) - int(_chose(answer, question, minus))


def _score(answer: Any, question: Question) -> float:
    if not _answered(answer, question):
        return 0.0
    return float([each.id for each in question.valid].index(answer) + 1) if question.type == "scale" else answer
