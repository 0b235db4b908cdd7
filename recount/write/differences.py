"""The functions of the paper's language that hold two waves, or two levels of a group, against each other."""

from collections.abc import Callable, Sequence

from recount.errors import EstimateError, Finding, TemplateError
from recount.study.settings import NoChange
from recount.write.arithmetic import HUNDRED, POINTS, SHARE, combined
from recount.write.lookup import Lookup
from recount.write.number import Declared, Number, described
from recount.write.truth import Joined, Truth, compared
from recount.write.two_samples import difference_of, ends_of, p_of_difference

PAIR = 2
# Why a p-value says nothing under a design: it is the chance of such a difference among respondents drawn at random.
NO_CHANCE = {
    "nonprobability": "nobody drew these respondents, so that no chance of drawing could have made the difference",
    "census": "everyone was asked, so that no chance of drawing could have made the difference",
}


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
        group: str = "",
        level: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> Number:
        """Give how much larger the share is in the second of two waves, or in the first of two levels of a group.

        Two waves may be compared within a level. The interval is that of independent samples, made from the intervals
        of the two shares (`recount.estimate.intervals.mover`); without both there is none.
        """
        return difference_of(
            *self._pair("difference", question, category, waves, levels, group=group, level=level, wave=wave)
        )

    def p_value(
        self,
        question: str,
        category: str,
        *,
        waves: Sequence[str] = (),
        group: str = "",
        level: str = "",
        levels: Sequence[str] = (),
        wave: str | None = None,
    ) -> Number:
        """Give the two-sided p-value of such a difference, where the respondents were drawn at random.

        By Fisher's exact test; of weighted shares by a z test on their standard errors.
        """
        pair = self._pair("p_value", question, category, waves, levels, group=group, level=level, wave=wave)
        for row in (row for each in pair for row in each.estimates()):
            self._check_drawn(row.wave, question)
        return p_of_difference(*pair)

    def unchanged(
        self, question: str, category: str, *, waves: Sequence[str], group: str = "", level: str = ""
    ) -> Truth:
        """Say whether a share stayed the same between two waves, by the test that the study declares."""
        declared = self._lookup.settings.estimates.no_change
        if declared is None:
            raise _undeclared(question)
        pair = self._pair("unchanged", question, category, waves, (), group=group, level=level, wave=None)
        difference = difference_of(*pair)
        return TESTS[declared.test](difference, declared, self._confidence())

    def _pair(
        self,
        name: str,
        question: str,
        category: str,
        waves: Sequence[str],
        levels: Sequence[str],
        *,
        group: str,
        level: str,
        wave: str | None,
    ) -> tuple[Number, Number]:
        """The share that is subtracted from, and the one that is subtracted."""
        if len(waves) == PAIR and not levels and wave is None:
            second, first = (self._share(question, category, each, group, level) for each in reversed(waves))
            self._check_comparable(name, question, waves)
        elif group and len(levels) == PAIR and not waves and not level:
            second, first = (self._share(question, category, wave, group, each) for each in levels)
        else:
            raise EstimateError(
                Finding(
                    problem="a difference is of two waves, or of two levels of a group",
                    key=f"{name} {question}",
                    expected='waves=("2018", "2020"), or group="region", levels=("asia", "africa")',
                )
            )
        return second, first

    def _share(self, question: str, category: str, wave: str | None, group: str, level: str) -> Number:
        return self._lookup.find("share", question, category, wave=wave, group=group, level=level)

    def _check_comparable(self, name: str, question: str, waves: Sequence[str]) -> None:
        fieldings = self._lookup.instrument.by_id[question].waves
        for wave in waves:
            if not fieldings[wave].comparable:
                raise TemplateError(
                    Finding(
                        problem=f"wave {wave} is not comparable: {fieldings[wave].note}",
                        key=f"{name} {question}",
                        mend="print both shares side by side, and say why they are not compared",
                    )
                )

    def _check_drawn(self, wave: str, question: str) -> None:
        design = self._lookup.settings.waves[wave].design
        if design in NO_CHANCE:
            raise TemplateError(
                Finding(
                    problem=f"wave {wave} is of design {design}: {NO_CHANCE[design]}, and there is no p-value",
                    key=f"p_value {question}",
                    mend="print both shares, or their difference in points, without a test",
                )
            )

    def _confidence(self) -> Number:
        confidence = self._lookup.settings.estimates.confidence
        return Number(value=confidence, unit=SHARE, trace=Declared("config.yaml", "estimates.confidence"))


def _undeclared(question: str) -> TemplateError:
    return TemplateError(
        Finding(
            problem='the study does not declare what "no change" is',
            key=f"unchanged {question}",
            expected="estimates.no_change in config.yaml, such as {test: margin, points: 5}",
            mend="declare a test there; docs/settings.md says what each can show",
        )
    )


def _by_margin(difference: Number, declared: NoChange, _: Number) -> Truth:
    line = _points(declared)
    within = (compared("<", difference, line), compared(">", difference, combined("negative", line)))
    return Joined("and", within, test=f"no change by a margin of {declared.points:g} percentage points")


def _by_equivalence(difference: Number, declared: NoChange, confidence: Number) -> Truth:
    line, (low, high) = _points(declared), _ends(difference, confidence)
    within = (compared("<", high, line), compared(">", low, combined("negative", line)))
    return Joined("and", within, test=f"no change by equivalence within {declared.points:g} percentage points")


def _by_interval(difference: Number, _: NoChange, confidence: Number) -> Truth:
    low, high = _ends(difference, confidence)
    covers = (compared("<=", low, 0), compared(">=", high, 0))
    return Joined("and", covers, test="no change by an interval that covers zero")


TESTS: dict[str, Callable[[Number, NoChange, Number], Truth]] = {
    "margin": _by_margin,
    "equivalence": _by_equivalence,
    "interval": _by_interval,
}


def _points(declared: NoChange) -> Number:
    value = (declared.points or 0.0) / HUNDRED
    return Number(value=value, unit=POINTS, trace=Declared("config.yaml", "estimates.no_change.points"))


def _ends(difference: Number, confidence: Number) -> tuple[Number, Number]:
    if difference.low is None and not difference.hidden:
        raise EstimateError(
            Finding(
                problem="this difference has no interval, which the declared test of no change asks for",
                key=described(difference),
                mend="declare the test margin under estimates.no_change in config.yaml",
            )
        )
    return ends_of(difference, confidence)
