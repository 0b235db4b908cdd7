"""How far a claim is from turning over: to the threshold, over the interval, and in respondents."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from recount.display.rounding import as_decimal
from recount.write.number import Estimate, Number
from recount.write.truth import SYMBOLS, Comparison, Truth, comparisons, holds, value_of
from recount.write.two_samples import independent, interval_of_difference

ANSWERS = ("share", "share_asked", "count")
# Candidates grow by an eighth, so that a condition that holds only between two lines is not stepped over.
GROWTH = 8


@dataclass(frozen=True, kw_only=True)
class Margin:
    """How far one comparison is from turning over.

    `difference` is the distance to the threshold in the comparison's unit, negative where it fails. `reach` is how far
    the interval reaches over the threshold from the side on which the value lies, in the same unit: zero or negative
    where it stays on that side, None where there is no interval to ask. Of two independent estimates it is that of
    their difference, over zero.
    """

    comparison: Comparison
    difference: float
    reach: float | None

    @property
    def reaches_over(self) -> bool | None:
        """Whether the interval reaches over the threshold; None where there is none."""
        return None if self.reach is None else self.reach > 0


def margin(comparison: Comparison) -> Margin:
    """Measure one comparison."""
    left, right = value_of(comparison.left, {}), value_of(comparison.right, {})
    apart = left - right
    signed = {"<": -apart, "<=": -apart, ">": apart, ">=": apart, "==": -abs(apart), "!=": abs(apart)}
    return Margin(comparison=comparison, difference=signed[comparison.symbol], reach=_reach(comparison))


def _reach(comparison: Comparison) -> float | None:
    ends = _interval_of_apart(comparison.left, comparison.right)
    if ends is None:
        return None
    low, high = ends
    over, under = float(high), float(-low)  # how far it reaches upwards and downwards over zero
    apart = as_decimal(value_of(comparison.left, {})) - as_decimal(value_of(comparison.right, {}))
    if comparison.symbol in ("==", "!="):
        return max(over, under) if apart == 0 else (over if apart < 0 else under)
    rising = comparison.symbol in ("<", "<=")  # larger values of the left side turn it over, where it holds
    return over if rising == SYMBOLS[comparison.symbol](apart, Decimal(0)) else under


def _interval_of_apart(left: Number, right: Number) -> tuple[Decimal, Decimal] | None:
    """The interval of the left side less the right one, at the digits that are printed from."""
    if _fixed(right) and left.low is not None and left.high is not None:
        line = as_decimal(value_of(right, {}))
        return as_decimal(left.low) - line, as_decimal(left.high) - line
    if _fixed(left) and right.low is not None and right.high is not None:
        line = as_decimal(value_of(left, {}))
        return line - as_decimal(right.high), line - as_decimal(right.low)
    if independent(left, right):
        low, high = interval_of_difference(left, right)
        return None if isnan(low) else (as_decimal(low), as_decimal(high))
    return None


def _fixed(number: Number) -> bool:
    """Whether it is a line that somebody drew, and not estimated."""
    return next(number.estimates(), None) is None


def respondents_to_turn(truth: Truth) -> int | None:
    """Count how few respondents would have to answer differently for the condition to turn over.

    One question's answers are moved at a time: into or out of a category, and from one category of the condition to
    another. Where respondents may have several answers, as many can be moved from one to another as surely have the one
    and not the other. None where weights stand between respondents and the value, where the condition is not about
    answers, or where no such move turns it.
    """
    now = holds(truth)
    fewest: int | None = None
    for move in _moves(truth):
        found = _fewest(move, lambda values: _decided(truth, values) not in (now, None), under=fewest)
        fewest = fewest if found is None else found
    return fewest


def _decided(truth: Truth, values: Mapping[str, float]) -> bool | None:
    """Whether it would hold; None where nothing could be computed, as where nobody is left to divide by."""
    try:
        return holds(truth, values)
    except ZeroDivisionError:
        return None


Move = Callable[[int], Mapping[str, float] | None]


def _moves(truth: Truth) -> Iterator[Move]:
    answers = _answers(truth)
    for rows in answers.values():
        yield _move(rows, 1)
        yield _move(rows, -1)
    for place, rows in answers.items():
        for other, others in answers.items():
            if place != other and place[:-1] == other[:-1]:
                yield _joint(rows, others)


def _answers(truth: Truth) -> dict[tuple[str, ...], list[Estimate]]:
    """The estimates of a condition that count answers, those of one category together."""
    found: dict[tuple[str, ...], dict[str, Estimate]] = {}
    for comparison in comparisons(truth):
        for side in (comparison.left, comparison.right):
            for row in side.estimates():
                if row.statistic in ANSWERS and not row.weighted and row.n is not None and row.base:
                    place = (row.wave, row.question, row.group, row.level, row.category)
                    found.setdefault(place, {})[row.key] = row
    return {place: list(rows.values()) for place, rows in found.items()}


def _move(rows: list[Estimate], direction: int) -> Move:
    def moved(count: int) -> dict[str, float] | None:
        values = {}
        for row in rows:
            n, base = (row.n or 0) + direction * count, row.base or 0
            if not 0 <= n <= base:
                return None
            values[row.key] = n if row.statistic == "count" else n / base
        return values

    return moved


def _joint(gaining: list[Estimate], losing: list[Estimate]) -> Move:
    """Respondents who answer the one instead of the other."""
    gain, lose = _move(gaining, 1), _move(losing, -1)
    surely = (losing[0].n or 0) - (gaining[0].n or 0)

    def moved(count: int) -> Mapping[str, float] | None:
        gained, lost = gain(count), lose(count)
        if gained is None or lost is None or not (gaining[0].exclusive or count <= surely):
            return None
        return {**gained, **lost}

    return moved


def _fewest(move: Move, turned: Callable[[Mapping[str, float]], bool], *, under: int | None) -> int | None:
    """The smallest count under a limit that turns it: by growing steps, then by halving the last of them."""
    low, high = 0, 1
    while (values := move(high)) is not None and not turned(values):
        low, high = high, high + max(1, high // GROWTH)
        if under is not None and low + 1 >= under:
            return None
    if values is None:  # the last step went past those who can be moved
        high = _largest(move, low, high)
        values = move(high) if high > low else None
        if values is None or not turned(values):
            return None
    while high - low > 1:
        middle = (low + high) // 2
        values = move(middle)
        low, high = (low, middle) if values is not None and turned(values) else (middle, high)
    return high if under is None or high < under else None


def _largest(move: Move, low: int, high: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if move(middle) is not None else (low, middle)
    return low
