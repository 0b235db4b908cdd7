"""The tests of "no change" that a study can declare: by a margin, by equivalence, by an interval that covers zero."""

from collections.abc import Callable

from recount.errors import EstimateError, Finding, TemplateError
from recount.study.settings import NoChange
from recount.write.arithmetic import HUNDRED, POINTS, combined
from recount.write.number import Declared, Number, described
from recount.write.truth import Joined, Truth, compared
from recount.write.two_samples import ends_of


def undeclared(question: str) -> TemplateError:
    """Say that the study has to declare a test first."""
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
