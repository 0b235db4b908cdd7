"""How far a claim is from turning over: to the threshold, over the interval, and in respondents."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from recount.write.number import Constant, Estimate, Number
from recount.write.truth import Comparison, Truth, comparisons, holds, value_of

ANSWERS = ("share", "share_asked", "count")


@dataclass(frozen=True, kw_only=True)
class Margin:
    """How far one comparison is from turning over.

    `difference` is the distance to the threshold in the comparison's unit, negative where it fails. `reaches_over` says
    whether the interval of the number reaches over a fixed threshold; None where there is no interval to ask.
    """

    comparison: Comparison
    difference: float
    reaches_over: bool | None


def margin(comparison: Comparison) -> Margin:
    """Measure one comparison."""
    left, right = value_of(comparison.left, {}), value_of(comparison.right, {})
    apart = left - right
    signed = {"<": -apart, "<=": -apart, ">": apart, ">=": apart, "==": -abs(apart), "!=": abs(apart)}
    return Margin(
        comparison=comparison,
        difference=signed[comparison.symbol],
        reaches_over=_reaches_over(comparison.left, comparison.right),
    )


def _reaches_over(left: Number, right: Number) -> bool | None:
    for estimated, fixed in ((left, right), (right, left)):
        if isinstance(fixed.trace, Constant) and estimated.low is not None and estimated.high is not None:
            return estimated.low <= fixed.trace.value <= estimated.high
    return None


def respondents_to_turn(truth: Truth) -> int | None:
    """Count how few respondents would have to answer differently for the condition to turn over.

    One question's answers are moved at a time: into or out of a category, and, where a respondent has one answer, from
    one category of the condition to another. None where weights stand between respondents and the value, where the
    condition is not about answers, or where no such move turns it.
    """
    now = holds(truth)
    found = [_fewest(move, lambda values: holds(truth, values) != now) for move in _moves(truth)]
    return min((n for n in found if n is not None), default=None)


Move = Callable[[int], Mapping[str, float] | None]


def _moves(truth: Truth) -> Iterator[Move]:
    answers = _answers(truth)
    for rows in answers.values():
        yield _move(rows, 1)
        yield _move(rows, -1)
    for place, rows in answers.items():
        for other, others in answers.items():
            if place != other and place[:-1] == other[:-1] and rows[0].exclusive:
                yield _joint(_move(rows, 1), _move(others, -1))


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


def _joint(first: Move, second: Move) -> Move:
    def moved(count: int) -> Mapping[str, float] | None:
        gained, lost = first(count), second(count)
        return None if gained is None or lost is None else {**gained, **lost}

    return moved


def _fewest(move: Move, turned: Callable[[Mapping[str, float]], bool]) -> int | None:
    """The smallest count that turns it: by doubling, then by halving, as more respondents move it further."""
    high = 1
    while (values := move(high)) is not None and not turned(values):
        high *= 2
    low = high // 2
    if values is None:  # the last doubling went past the base
        possible = _largest(move, low, high)
        values = move(possible)
        if not possible or values is None or not turned(values):
            return None
        high = possible
    while high - low > 1:
        middle = (low + high) // 2
        values = move(middle)
        low, high = (low, middle) if values is not None and turned(values) else (middle, high)
    return high


def _largest(move: Move, low: int, high: int) -> int:
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if move(middle) is not None else (low, middle)
    return low
