"""Who answered what: flags over the respondents of a wave, from its clean table and its codes."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from recount.audit.tables import Flags, WaveTables
from recount.estimate.answers import NO_ANSWER
from recount.estimate.compared import ALL, levels_of
from recount.estimate.since import SINCE, since
from recount.study.instrument import Question
from recount.write.number import Estimate

SEVERAL = 2


class Who:
    """Flags over the respondents of the clean table, for one question and, where there is one, one level of a group."""

    def __init__(self, tables: WaveTables, estimate: Estimate) -> None:
        """Take the wave, and the estimate that names question, category, group and level."""
        self.tables = tables
        self.clean = tables.clean
        self.estimate = estimate

    @property
    def question(self) -> Question:
        """The question that the estimate is of."""
        return self.tables.question(self.estimate.question)

    def level(self) -> Flags:
        """Flag the respondents in the level of the group, or in several; everyone where there is none."""
        name, of_level = self.estimate.group, self.estimate.level
        if name == SINCE:
            place = since(of_level)
            name, of_level = place.group, place.level
        if not name:
            return np.ones(len(self.clean), dtype=np.bool_)
        levels: tuple[str, ...] = levels_of(of_level)
        if levels == (ALL,):
            group = self.tables.question(name)
            levels = tuple(each.id for each in group.offered_in(self.tables.wave) if not each.missing)
        flags = np.zeros(len(self.clean), dtype=np.bool_)
        for level in levels:
            flags |= self.tables.chosen(name, level)
        return flags

    def asked(self) -> Flags:
        """Flag those in the level who were asked the question."""
        flags: Flags = self.tables.asked[self.question.id].to_numpy(dtype=np.bool_) & self.level()
        return flags

    def answered(self) -> Flags:
        """Flag those who gave a valid answer: one that is not marked missing."""
        question = self.question
        if question.type == "multi":
            valid, missing = (self._any(question, _ids(question, missing=each)) for each in (False, True))
            return self.asked() & self.given() & (valid | ~missing)
        if question.closed:
            return self.asked() & self._any(question, _ids(question, missing=False))
        return self.asked() & self.given()

    def given(self) -> Flags:
        """Flag those who gave any answer at all."""
        return self.tables.given(self.question.id)

    def silent(self) -> Flags:
        """Flag those asked who gave no answer at all."""
        return self.asked() & ~self.given()

    def base(self) -> Flags:
        """Flag those whom the question's percentages are of, as its `base` says."""
        question = self.question
        if question.base == "respondents":
            return self.level()
        if question.base == "asked":
            return self.asked()
        return self.asked() & self.coded() if question.coded else self.answered()

    def chose(self) -> Flags:
        """Flag those who chose the category, any category of the net, or got the code; or gave no answer."""
        question, category = self.question, self.estimate.category
        offered = [each.id for each in question.categories]
        if category == NO_ANSWER and category not in offered:
            return self.silent()
        if question.coded:
            flags = np.zeros(len(self.clean), dtype=np.bool_)
            for code in question.nets.get(category, (category,)):
                flags |= self.code(code)
            return self.asked() & flags
        return self.asked() & self._any(question, list(question.nets.get(category, (category,))))

    def exactly(self) -> Flags:
        """Flag those who ticked the categories of a combination and none else that counts."""
        chosen = self.estimate.category.split("+")
        flags = self.answered()
        for category in _ids(self.question, missing=False):
            ticked = self.tables.chosen(self.question.id, category)
            flags = flags & (ticked if category in chosen else ~ticked)
        return flags

    def coded(self) -> Flags:
        """Flag those whose answer has its final codes."""
        return self._once("coded", lambda: self._codes["respondent"])

    def code(self, code: str) -> Flags:
        """Flag those whose answer has this code among its final ones."""
        return self._once(f"code {code}", lambda: self._codes.loc[self._codes["code"] == code, "respondent"])

    def decided(self, *by: str) -> Flags:
        """Flag those whose codes were decided so."""
        return self.tables.named(self._codes.loc[self._codes["decided_by"].isin(by), "respondent"])

    def uncoded(self, *problems: str) -> Flags:
        """Flag those whose answer waits for a person, for any of these reasons, or for any."""
        waiting = self.tables.uncoded[self.tables.uncoded["question"] == self.question.id]
        return self.tables.named(waiting.loc[waiting["problem"].isin(problems) | (not problems), "respondent"])

    def by_several(self) -> Flags:
        """Flag those whose answer of today two people coded or more."""
        coders = [flags for coder, flags in self.tables.coders(self.question.id).items() if coder != "rule"]
        flags: Flags = np.sum([np.zeros(len(self.clean), dtype=int), *coders], axis=0) >= SEVERAL
        return flags

    def _once(self, about: str, find: Callable[[], pd.Series]) -> Flags:
        """Flag the respondents that are found, or were before: estimates of many groups ask for the same."""
        return self.tables.once((about, self.question.id), lambda: self.tables.named(find()))

    @property
    def _codes(self) -> pd.DataFrame:
        codes = self.tables.codes
        return codes[codes["question"] == self.question.id]

    def _any(self, question: Question, categories: list[str]) -> Flags:
        flags = np.zeros(len(self.clean), dtype=np.bool_)
        for category in categories:
            flags |= self.tables.chosen(question.id, category)
        return flags


def _ids(question: Question, *, missing: bool) -> list[str]:
    return [category.id for category in question.categories if category.missing is missing]
