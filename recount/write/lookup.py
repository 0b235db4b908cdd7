"""What the paper may ask of the estimates: waves, questions and categories, checked before they are used."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from recount.coding.desk.files import desk_file
from recount.display import terms
from recount.display.counts import counted
from recount.display.decimals import decimals_of
from recount.errors import EstimateError, Finding, WaitingError, nearest
from recount.estimate.answers import NO_ANSWER
from recount.estimate.compared import APART, DIFFERENCE
from recount.estimate.composition import STANDARDISED
from recount.estimate.since import SINCE, Since
from recount.estimate.waiting import OF_CODES, waiting
from recount.study.codebook import NONE, Codebook
from recount.study.instrument import Instrument, Question
from recount.study.settings import Settings
from recount.write.index import Index, key_of, number_of
from recount.write.instead import instead
from recount.write.lacking import not_followed, not_standardised, not_tested
from recount.write.number import Estimate, Label, Number, Operation

# What can be asked for besides a question's own categories, unless one of them has that id.
BESIDE = {NO_ANSWER: terms.NO_ANSWER, NONE: terms.NO_CODE}


class Lookup:
    """Estimates by wave, question and category; the paper's own wave where none is named."""

    def __init__(
        self, estimates: pd.DataFrame, *, settings: Settings, instrument: Instrument, codebook: Codebook | None = None
    ) -> None:
        self.settings = settings
        self.instrument = instrument
        self.codebook = codebook
        exclusive = [each.id for each in instrument.questions if each.type in ("single", "scale")]
        self.waits = waiting(estimates)
        self.index = Index(estimates, exclusive=exclusive, decimals=self._decimals, together=self._together)

    def wave(self, wave: str | None = None) -> str:
        """Give the wave's name, the paper's own for None; raise `EstimateError` for one that is not declared."""
        name = self.settings.paper.wave if wave is None else str(wave)
        return _among(name, self.settings.waves, "the study has no such wave")

    def question(self, question: str, wave: str) -> Question:
        """Give a question that the wave asked; raise `EstimateError` otherwise."""
        _among(question, self.instrument.by_id, "the instrument has no such question")
        found = self.instrument.by_id[question]
        _among(wave, found.waves, f"the question {question!r} was not asked in this wave")
        return found

    def question_of(self, question: str) -> Question:
        """Give a question, whichever waves asked it; raise `EstimateError` for one that the instrument has not."""
        return self.instrument.by_id[_among(question, self.instrument.by_id, "the instrument has no such question")]

    def categories(self, question: str) -> dict[str, str]:
        """Give the labels of all that can be asked for as a category: categories, codes, nets, "no answer"."""
        found = self.instrument.by_id[question]
        labels = {each.id: each.label for each in found.categories}
        if self.codebook and question in self.codebook.questions:
            labels |= {code.id: code.label for code in self.codebook.questions[question]}
        labels |= {name: terms.net(labels[each] for each in members) for name, members in found.nets.items()}
        return labels | {name: label for name, label in BESIDE.items() if name not in labels}

    def find(
        self,
        statistic: str,
        question: str = "",
        category: str = "",
        *,
        wave: str | None = None,
        group: str = "",
        level: str = "",
    ) -> Number:
        """Find one estimate; raise `EstimateError` with what was looked for and what comes nearest."""
        named = self.wave(wave)
        if question:
            self.question(question, named)
        self.check_coded(statistic, question, named)
        key = key_of(named, question, statistic, category=category, group=group, level=level)
        self._check_possible(key, statistic, question, named)
        self._check_group(group, level)
        if question and category and "+" not in category:
            _among(category, self.categories(question), f"{question!r} has no such category")
        self._point_to_share_asked(key, statistic, question, category, named)
        if group and statistic in STANDARDISED.values() and key not in self.index:
            why = not_standardised(question, group, settings=self.settings, instrument=self.instrument)
            raise EstimateError(Finding(problem=why, key=key))
        return number_of(self.index.find(key))

    def followed(
        self,
        statistic: str,
        question: str,
        category: str = "",
        *,
        waves: tuple[str, str],
        group: str = "",
        level: str = "",
    ) -> Number:
        """Find an estimate of the respondents of two waves; raise `EstimateError` that says why there is none."""
        earlier, later = (self.wave(each) for each in waves)
        if question:
            for wave in (earlier, later):
                self.question(question, wave)
                self.check_coded(statistic, question, wave)
            if category:
                _among(category, self.categories(question), f"{question!r} has no such category")
        self._check_group(group, level)
        place = Since(earlier, group, level)
        key = key_of(later, question, statistic, category=category, group=SINCE, level=str(place))
        if key not in self.index:
            why = not_followed(question, later, place, settings=self.settings, instrument=self.instrument)
            raise EstimateError(Finding(problem=why, key=key))
        return number_of(self.index.find(key))

    def apart(self, first: Number, second: Number) -> Number | None:
        """Find the difference of the shares of two levels that were drawn together; None where it is not estimated."""
        one, other = (next(each.estimates()) for each in (first, second))
        for levels, turned in (((one, other), False), ((other, one), True)):
            level = APART.join(each.level for each in levels)
            key = key_of(one.wave, one.question, DIFFERENCE, category=one.category, group=one.group, level=level)
            if key in self.index:
                found = number_of(self.index.find(key))
                return _turned(found) if turned else found
        return None

    def tested(self, statistic: str, question: str, *, by: str, wave: str | None = None) -> dict[str, Number]:
        """Find all that is said of a question's tests with a group, by the end of its key; raise where there is none.

        `statistic` is `independence` or `ranks`.
        """
        named = self.wave(wave)
        self.question(question, named)
        self._check_group(by, next(iter(self.categories(by))) if by in self.instrument.by_id else by)
        found = {row.category: number_of(row) for row in self.index.of(named, question, statistic) if row.group == by}
        if not found:
            raise EstimateError(not_tested(statistic, self.question_of(question), by, named, self.settings.estimates))
        return found

    def label(self, question: str, category: str = "", *, trace: Number | None = None) -> Label:
        """Give the label of a question or of one of its categories."""
        _among(question, self.instrument.by_id, "the instrument has no such question")
        if not category:
            return Label(text=self.instrument.by_id[question].label, key=question, trace=trace)
        labels = self.categories(question)
        _among(category, labels, f"{question!r} has no such category")
        return Label(text=labels[category], key=f"{question}/{category}", trace=trace)

    def own(
        self, statistic: str, question: str, *, wave: str | None = None, group: str = "", level: str = ""
    ) -> list[Estimate]:
        """Give a statistic of the question's own categories, or codes: no nets, which are sums, and not "no code".

        Raises `EstimateError` where there are none.
        """
        self._check_group(group, level)
        declared = self.question(question, self.wave(wave))
        beside = {*declared.nets, *([NONE] if declared.coded else [])}
        return [
            row
            for row in self.rows(statistic, question, wave)
            if (row.group, row.level) == (group, level) and row.category not in beside
        ]

    def rows(self, statistic: str, question: str, wave: str | None = None) -> list[Estimate]:
        """Give all rows of one statistic, by category and group; raise `EstimateError` where there are none."""
        named = self.wave(wave)
        key = key_of(named, question, statistic)
        if question:
            self.question(question, named)
        self.check_coded(statistic, question, named)
        found = self.index.of(named, question or "-", statistic)
        if not found:
            self._check_possible(key, statistic, question, named)
            self.index.find(key)
        return found

    def check_coded(self, statistic: str, question: str, wave: str) -> None:
        """Raise `WaitingError` for what rests on codes where nobody has coded an answer yet."""
        if statistic in OF_CODES and (wave, question) in self.waits:
            count = self.waits[wave, question]
            raise WaitingError(
                Finding(
                    problem=f"{counted(count, 'answer')} of wave {wave} {'wait' if count > 1 else 'waits'} for codes",
                    key=f"{wave}/{question}",
                    mend=f"open {desk_file(wave, question)}, the coding desk",
                )
            )

    def _decimals(self, question: str, statistic: str) -> int | None:
        found = self.instrument.by_id.get(question)
        return decimals_of(statistic, found, self.settings.display) if found else None

    def _together(self, wave: str, group: str) -> bool:
        declared = self.settings.waves.get(wave)
        return bool(declared and declared.drawn and declared.drawn.draws_together(group))

    def _check_possible(self, key: str, statistic: str, question: str, wave: str) -> None:
        """Say why a question cannot have a statistic at all, and what it has, rather than which keys are near."""
        reason = None if key in self.index else instead(statistic, self.instrument.by_id.get(question), wave)
        if reason is not None:
            raise EstimateError(replace(reason, key=key))

    def _check_group(self, group: str, level: str) -> None:
        if bool(group) != bool(level):
            raise EstimateError(
                Finding(problem="a group needs a level, and a level a group", key=group or level, expected="both")
            )
        if not group:
            return
        _among(group, self.settings.estimates.groups, "nothing is estimated by this group")
        _among(level, self.categories(group), f"the group {group!r} has no such level")

    def _point_to_share_asked(self, key: str, statistic: str, question: str, category: str, wave: str) -> None:
        asked = key_of(wave, question, "share_asked", category=category)
        if statistic == "share" and key not in self.index and asked in self.index:
            raise EstimateError(
                Finding(
                    problem="this category is marked missing and stands outside the base",
                    key=key,
                    expected=f"share_asked({question!r}, {category!r}), the share of those asked",
                )
            )


def _turned(difference: Number) -> Number:
    """The second level less the first."""
    low, high = (None if end is None else -end for end in (difference.high, difference.low))
    value = None if difference.value is None else -difference.value
    return replace(difference, value=value, low=low, high=high, trace=Operation("negative", (difference,)))


def _among(name: str, known: Iterable[str], problem: str) -> str:
    names = list(known)
    if name not in names:
        raise EstimateError(Finding(problem=problem, value=str(name), expected=nearest(str(name), names)))
    return name
