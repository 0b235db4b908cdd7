"""The functions of the paper's language that hold two waves, or two levels of a group, against each other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from recount.errors import EstimateError, Finding, TemplateError, nearest
from recount.estimate.composition import STANDARDISED
from recount.estimate.returning import CHANGE, GAINED, LOST, RETURNING
from recount.estimate.since import since
from recount.study.breaks import break_between
from recount.write.arithmetic import P_VALUE, SHARE
from recount.write.lookup import Lookup
from recount.write.no_change import TESTS, undeclared
from recount.write.number import Declared, Number, Operation
from recount.write.random import check_drawn
from recount.write.truth import Truth
from recount.write.two_samples import (
    ADJUSTED,
    adjusted_p,
    difference_of,
    drawn_together,
    p_of_change,
    p_of_difference,
    p_of_estimated,
)

PAIR = 2


class Differences:
    """Each public method is a function of the template under the same name."""

    def __init__(self, lookup: Lookup) -> None:
        self._lookup = lookup

    def difference(
        self,
        question: str,
        category: str,
        *,
        waves: Sequence[str] = (),
        returning: bool = False,
        standardised: bool = False,
        though: str = "",
        group: str = "",
        level: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> Number:
        """Give how much larger the share is in the second of two waves, or in the first of two levels of a group.

        Two waves may be compared within a level. The interval is that of independent samples, made from the intervals
        of the two shares (`recount.estimate.intervals.mover`); without both there is none. Levels that one cluster, one
        stratum or raked weights span are no independent samples: their difference is an estimate of its own
        (`recount.estimate.compared`). `returning`: among those who answered in both waves, and were in the level in
        both, with the interval of paired shares (`recount.estimate.paired`). `standardised`: with the composition that
        config.yaml asks for. `though`: the waves are compared across a break, and the sentence says so in these words.
        """
        where: dict[str, Any] = {"group": group, "level": level, "levels": levels, "wave": wave}
        if returning:
            self._check_plain(
                "difference", question, standardised=standardised, though=though, levels=levels, wave=wave
            )
            return self._followed("difference", CHANGE, question, category, waves, group=group, level=level)
        statistic = STANDARDISED["share"] if standardised else "share"
        pair = self._pair(_Asked("difference", question, category, tuple(waves), statistic, though), **where)
        made = self._lookup.apart(*pair) if drawn_together(*pair) else None
        made = made or difference_of(*pair)
        return replace(made, trace=replace(made.trace, says=though)) if isinstance(made.trace, Operation) else made

    def p_value(
        self,
        question: str,
        category: str,
        *,
        waves: Sequence[str] = (),
        returning: bool = False,
        group: str = "",
        level: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> Number:
        """Give the two-sided p-value of such a difference, where the respondents were drawn at random.

        By Fisher's exact test; of weighted shares, and of samples drawn by strata and clusters, by a z test on their
        standard errors; of levels that were drawn together by a t test on that of their difference; of returning
        respondents by McNemar's exact test.
        """
        where: dict[str, Any] = {"group": group, "level": level, "levels": levels, "wave": wave}
        if returning:
            self._check_plain("p_value", question, levels=levels, wave=wave)
            gained, lost = (
                self._followed("p_value", each, question, category, waves, group=group, level=level)
                for each in (GAINED, LOST)
            )
            pair = (gained, lost)
        else:
            pair = self._pair(_Asked("p_value", question, category, tuple(waves)), **where)
        for row in (row for each in pair for row in each.estimates()):
            for drawn in (row.wave, since(row.level).earlier) if returning else (row.wave,):
                check_drawn(self._lookup, drawn, f"p_value {question}")
        if returning:
            return p_of_change(*pair)
        return self._p_of_levels(question, pair) if drawn_together(*pair) else p_of_difference(*pair)

    def adjusted(self, *p_values: Number, method: str = "holm") -> list[Number]:
        """Adjust p-values for how many they are, in their order: by `holm` or by `benjamini-hochberg`."""
        if method not in ADJUSTED:
            raise TemplateError(
                Finding(problem="no such way", key="adjusted", value=method, expected=nearest(method, list(ADJUSTED)))
            )
        if any(not isinstance(each, Number) or each.unit != P_VALUE for each in p_values):
            raise TemplateError(
                Finding(problem="only p-values are adjusted", key="adjusted", expected="p_value(...), p_value(...)")
            )
        return adjusted_p(p_values, method)

    def returning(self, question: str = "", *, waves: Sequence[str], group: str = "", level: str = "") -> Number:
        """Count the respondents who answered in both waves, or in both gave the question a valid answer."""
        if group and not question:
            raise TemplateError(
                Finding(
                    problem="who returned is counted within a level for a question",
                    key="returning",
                    expected=f'returning("QUESTION", waves=("2018", "2020"), group="{group}", level="{level}")',
                )
            )
        return self._lookup.followed(RETURNING, question, waves=_two(waves, "returning"), group=group, level=level)

    def gained(self, question: str, category: str, *, waves: Sequence[str], group: str = "", level: str = "") -> Number:
        """Count the returning respondents who chose the category in the second wave and not in the first."""
        return self._followed("gained", GAINED, question, category, waves, group=group, level=level)

    def lost(self, question: str, category: str, *, waves: Sequence[str], group: str = "", level: str = "") -> Number:
        """Count the returning respondents who chose the category in the first wave and not in the second."""
        return self._followed("lost", LOST, question, category, waves, group=group, level=level)

    def unchanged(
        self, question: str, category: str, *, waves: Sequence[str], group: str = "", level: str = ""
    ) -> Truth:
        """Say whether a share stayed the same between two waves, by the test that the study declares."""
        declared = self._lookup.settings.estimates.no_change
        if declared is None:
            raise undeclared(question)
        pair = self._pair(_Asked("unchanged", question, category, tuple(waves)), group=group, level=level)
        difference = difference_of(*pair)
        return TESTS[declared.test](difference, declared, self._confidence())

    def _p_of_levels(self, question: str, pair: tuple[Number, Number]) -> Number:
        """The p-value of two levels that were drawn together, where their difference is an estimate."""
        found = self._lookup.apart(*pair)
        if found is None:
            row = next(pair[0].estimates())
            raise TemplateError(
                Finding(
                    problem=f"levels of {row.group} in wave {row.wave} were drawn or weighted together: they are not "
                    "independent samples",
                    key=f"p_value {question}",
                    expected=f"{row.group} among estimates.compared in config.yaml, which estimates the difference",
                    mend="add it there, or print both shares with their intervals, without a test",
                )
            )
        return p_of_estimated(found)

    def _pair(
        self,
        asked: "_Asked",
        *,
        group: str = "",
        level: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> tuple[Number, Number]:
        """The share that is subtracted from, and the one that is subtracted."""
        if len(asked.waves) == PAIR and not levels and wave is None:
            self._check_comparable(asked)
            second, first = (self._share(asked, each, group, level) for each in reversed(asked.waves))
        elif group and len(levels) == PAIR and not asked.waves and not level:
            second, first = (self._share(asked, wave, group, each) for each in levels)
        else:
            raise EstimateError(
                Finding(
                    problem="a difference is of two waves, or of two levels of a group",
                    key=f"{asked.name} {asked.question}",
                    expected='waves=("2018", "2020"), or group="region", levels=("asia", "africa")',
                )
            )
        return second, first

    def _share(self, asked: "_Asked", wave: str | None, group: str, level: str) -> Number:
        return self._lookup.find(asked.statistic, asked.question, asked.category, wave=wave, group=group, level=level)

    def _followed(
        self, name: str, statistic: str, question: str, category: str, waves: Sequence[str], **within: str
    ) -> Number:
        """An estimate of the returning respondents, all or within a level; across a break there is none."""
        pair = _two(waves, name)
        self._check_comparable(_Asked(name, question, category, pair))
        return self._lookup.followed(statistic, question, category, waves=pair, **within)

    def _check_plain(self, name: str, question: str, **others: object) -> None:
        """Refuse what does not go together with returning respondents."""
        for key, value in others.items():
            if value:
                raise TemplateError(
                    Finding(problem=f"{key}= does not go together with returning=true", key=f"{name} {question}")
                )

    def _check_comparable(self, asked: "_Asked") -> None:
        for wave in asked.waves:
            self._lookup.question(asked.question, self._lookup.wave(wave))
        question = self._lookup.question_of(asked.question)
        first, second = asked.waves
        why = break_between(question, first, second, asked.category)
        if why and not asked.though:
            raise TemplateError(
                Finding(
                    problem=why,
                    key=f"{asked.name} {asked.question}",
                    mend="print both shares side by side, and say why they are not compared",
                )
            )

    def _confidence(self) -> Number:
        confidence = self._lookup.settings.estimates.confidence
        return Number(value=confidence, unit=SHARE, trace=Declared("config.yaml", "estimates.confidence"))


@dataclass(frozen=True)
class _Asked:
    """What a function of the template was asked for; `though` is what the sentence says of a break."""

    name: str
    question: str
    category: str
    waves: tuple[str, ...]
    statistic: str = "share"
    though: str = ""


def _two(waves: Sequence[str], name: str) -> tuple[str, str]:
    if len(waves) != PAIR:
        raise EstimateError(
            Finding(problem="respondents return from one wave to another", key=name, expected='waves=("2018", "2020")')
        )
    first, second = waves
    return str(first), str(second)
