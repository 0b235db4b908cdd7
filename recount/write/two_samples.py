"""Two independent estimates held against each other: their difference with its interval, and its p-value.

What a claim rests on is computed again here with respondents moved, for the claim's margin.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import isnan, nan

from recount.errors import EstimateError, Finding
from recount.estimate.intervals import Numbers, mover, wilson
from recount.estimate.multiplicity import benjamini_hochberg, holm
from recount.estimate.significance import fisher_exact, mcnemar, t_test, z_test
from recount.estimate.since import SINCE
from recount.write.arithmetic import P_VALUE, combined
from recount.write.number import Estimate, Number, Operation

FISHER, Z, MCNEMAR = "p by Fisher's exact test", "p by z test", "p by McNemar's exact test"
T = "p by t test"
ADJUSTED = {
    "holm": ("p adjusted by Holm", holm),
    "benjamini-hochberg": ("p adjusted by Benjamini and Hochberg", benjamini_hochberg),
}
LOW, HIGH = "lower end", "upper end"

Ends = tuple[float, float, float]
Moved = Mapping[str, float]


def independent(first: Number, second: Number) -> bool:
    """Whether they are of different waves, or of levels of one group that were not drawn together."""
    pairs = [(one, other) for one in first.estimates() for other in second.estimates()]
    return bool(pairs) and all(_apart(*pair) for pair in pairs)


def _apart(first: Estimate, second: Estimate) -> bool:
    if first.wave != second.wave:
        return True
    levels = first.group not in ("", SINCE) and first.group == second.group and first.level != second.level
    return levels and not (first.drawn_together or second.drawn_together)


def drawn_together(first: Number, second: Number) -> bool:
    """Whether they are shares of two levels of one group of one wave that are no independent samples."""
    rows = [*first.estimates(), *second.estimates()]
    places = {(row.wave, row.group, row.statistic) for row in rows}
    several = len({row.level for row in rows}) > 1
    return several and len(places) == 1 and all(row.drawn_together and row.statistic == "share" for row in rows)


def difference_of(first: Number, second: Number) -> Number:
    """Give the first less the second, with the interval of independent samples where they are, and both have one."""
    made = combined("-", first, second)
    if not independent(first, second):
        return made
    low, high = interval_of_difference(first, second)
    return made if isnan(low) else replace(made, low=low, high=high)


def interval_of_difference(first: Number, second: Number) -> tuple[float, float]:
    """Give the interval of the first less the second from those of both (`recount.estimate.intervals.mover`)."""
    low, high = mover(_ends(first), _ends(second))
    return float(low), float(high)


def ends_of(difference: Number, confidence: Number) -> tuple[Number, Number]:
    """Give both ends of a difference's interval as numbers, which keep its trace and that of the confidence."""
    of = (difference, confidence)
    low, high = (
        replace(difference, value=end, trace=Operation(name, of), low=None, high=None)
        for name, end in ((LOW, difference.low), (HIGH, difference.high))
    )
    return low, high


def p_of_difference(first: Number, second: Number) -> Number:
    """Give the two-sided p-value of two independent shares.

    By Fisher's exact test; where respondents count differently, or were not drawn one by one, by a z test.
    """
    rows = (_row(first), _row(second))
    name = Z if any(row.weighted or row.method.endswith(" design") for row in rows) else FISHER
    hidden = next((row.hidden for row in rows if row.hidden), "")
    of = (first, second)
    if hidden:
        return Number(value=None, unit=P_VALUE, trace=Operation(name, of), hidden=hidden)
    p = _fisher(of, {}) if name == FISHER else _z(rows)
    return Number(value=None if isnan(p) else p, unit=P_VALUE, trace=Operation(name, of))


def p_of_estimated(difference: Number) -> Number:
    """Give the two-sided p-value of a difference that is an estimate: by a t test on its standard error."""
    operation = Operation(T, (difference,))
    p = nan if difference.hidden else _t(next(difference.estimates()))
    return Number(value=None if isnan(p) else p, unit=P_VALUE, trace=operation, hidden=difference.hidden)


def p_of_change(gained: Number, lost: Number) -> Number:
    """Give the two-sided p-value of a change among the same respondents: by McNemar's exact test."""
    of = (gained, lost)
    hidden = gained.hidden or lost.hidden
    p = nan if hidden else _mcnemar(of, {})
    return Number(value=None if isnan(p) else p, unit=P_VALUE, trace=Operation(MCNEMAR, of), hidden=hidden)


def adjusted_p(p_values: Sequence[Number], method: str) -> list[Number]:
    """Adjust p-values for their number; each knows its own first, then all of them. Hidden ones stay hidden."""
    name, _ = ADJUSTED[method]
    hidden = next((each.hidden for each in p_values if each.hidden), "")
    made = []
    for own in p_values:
        operation = Operation(name, (own, *p_values))
        p = nan if hidden else again(operation, {})
        made.append(Number(value=None if isnan(p) else p, unit=P_VALUE, trace=operation, hidden=hidden))
    return made


def again(operation: Operation, moved: Moved) -> float:
    """Compute one of `AGAIN` with other values for some estimates (by key)."""
    return AGAIN[operation.name](operation.of, moved)


def _fisher(of: Sequence[Number], moved: Moved) -> float:
    counts: list[float] = []
    for row in map(_row, of):
        base = row.base or 0.0
        counts += [round(moved[row.key] * base) if row.key in moved else row.n or 0.0, base]
    return fisher_exact(*counts)


def _mcnemar(of: Sequence[Number], moved: Moved) -> float:
    gained, lost = (round(moved.get(row.key, row.n or 0.0)) for row in map(_row, of))
    return mcnemar(gained, lost)


def _adjusting(adjust: Callable[[Sequence[float]], Numbers]) -> Callable[[Sequence[Number], Moved], float]:
    def computed(of: Sequence[Number], moved: Moved) -> float:
        own, *family = of
        place = next(number for number, each in enumerate(family) if each is own)
        return float(adjust([_moved_p(each, moved) for each in family])[place])

    return computed


def _moved_p(number: Number, moved: Moved) -> float:
    if moved and isinstance(number.trace, Operation) and number.trace.name in AGAIN:
        return again(number.trace, moved)
    return nan if number.value is None else number.value


def _z(rows: tuple[Estimate, Estimate]) -> float:
    errors = [nan if row.se is None else row.se for row in rows]
    for row, error in zip(rows, errors, strict=True):
        if isnan(error):
            raise EstimateError(Finding(problem="this share has no standard error to test with", key=row.key))
    first, second = (row.value or 0.0 for row in rows)
    return z_test(first, errors[0], second, errors[1])


def _t(row: Estimate) -> float:
    if row.value is None or row.se is None or row.df is None:
        raise EstimateError(Finding(problem="this difference has no standard error to test with", key=row.key))
    return t_test(row.value, row.se, row.df)


def _end(place: int) -> Callable[[Sequence[Number], Moved], float]:
    def computed(of: Sequence[Number], moved: Moved) -> float:
        difference, confidence = of
        first, second = (_moved_ends(each, moved, confidence.value or 0.0) for each in _parts(difference))
        return float(mover(first, second)[place])

    return computed


def _parts(difference: Number) -> tuple[Number, ...]:
    return difference.trace.of if isinstance(difference.trace, Operation) else ()


def _moved_ends(number: Number, moved: Moved, confidence: float) -> Ends:
    """A share with its interval; moved, with Wilson's on the size that its standard error came from."""
    row = _row(number)
    if row.key not in moved:
        return _ends(number)
    value, share = row.value or 0.0, moved[row.key]
    size = value * (1 - value) / row.se**2 if row.se else row.base or 0.0
    low, high = wilson(share, size, confidence)
    return share, float(low), float(high)


def _ends(number: Number) -> Ends:
    value, low, high = (nan if end is None else end for end in (number.value, number.low, number.high))
    return value, low, high


def _row(number: Number) -> Estimate:
    if number.row is None:
        raise EstimateError(Finding(problem="only estimates are tested, not what is made of several"))
    return number.row


# What is computed from more than the values of its parts.
AGAIN: dict[str, Callable[[Sequence[Number], Moved], float]] = {
    FISHER: _fisher,
    MCNEMAR: _mcnemar,
    LOW: _end(0),
    HIGH: _end(1),
    **{name: _adjusting(adjust) for name, adjust in ADJUSTED.values()},
}
