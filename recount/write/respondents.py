"""How far a claim is from turning over in respondents: how few would have to give another answer."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import ceil, floor

from recount.write.margin import fixed
from recount.write.number import Estimate
from recount.write.truth import Truth, comparisons, holds, value_of

ANSWERS = ("share", "share_asked", "count")
# Steps grow by an eighth, so that a condition that holds only between two lines is seldom stepped over.
GROWTH = 8


def respondents_to_turn(truth: Truth) -> int | None:
    """Count how few respondents would have to answer differently for the condition to turn over.

    One question's answers are moved at a time: into or out of a category, and from one category of the condition to
    another. Where respondents may have several answers, as many can be moved from one to another as surely have the one
    and not the other. None where weights stand between respondents and the value, where the condition is not about
    answers, or where no such move turns it.
    """
    now = holds(truth)
    lines = _lines(truth)
    fewest: int | None = None
    for shift in _shifts(truth):
        found = _fewest(shift, lambda values: _decided(truth, values) not in (now, None), lines, under=fewest)
        fewest = fewest if found is None else found
    return fewest


def _lines(truth: Truth) -> set[float]:
    """The values that are held against each other: where a share meets one, a condition may turn, and turn again."""
    sides = [side for each in comparisons(truth) for side in (each.left, each.right)]
    shares = {row.value for side in sides for row in side.estimates() if row.unit == "share" and row.value is not None}
    return shares | {value_of(side, {}) for side in sides if fixed(side)}


def _decided(truth: Truth, values: Mapping[str, float]) -> bool | None:
    """Whether it would hold; None where nothing could be computed, as where nobody is left to divide by."""
    try:
        return holds(truth, values)
    except ZeroDivisionError:
        return None


@dataclass(frozen=True)
class Shift:
    """Respondents who would give another answer: into `gaining`, out of `losing`, or from the second to the first."""

    gaining: list[Estimate]
    losing: list[Estimate]

    def values(self, count: int) -> dict[str, float] | None:
        """Give the values that the estimates would then have, by key; None where there are not so many respondents."""
        if self.gaining and self.losing and not (self.gaining[0].exclusive or count <= self._surely):
            return None
        values = {}
        for row, moved in self._moved(count):
            if not 0 <= moved <= (row.base or 0):
                return None
            values[row.key] = moved if row.statistic == "count" else moved / (row.base or 1)
        return values

    def crossings(self, lines: set[float]) -> list[int]:
        """Give the counts, in rising order, at which an estimate comes to one of the lines, or two to each other."""
        met = [
            sign * ((line if line > 1 else line * (row.base or 0)) - (row.n or 0))
            for line in lines
            for rows, sign in ((self.gaining, 1), (self.losing, -1))
            for row in rows
        ]
        if self.gaining and self.losing:
            met.append(self._surely / 2)
        return sorted({whole for each in met for whole in (floor(each), ceil(each)) if whole > 0})

    @property
    def _surely(self) -> float:
        """How many at least have the one answer and not the other, where several are allowed."""
        return (self.losing[0].n or 0) - (self.gaining[0].n or 0)

    def _moved(self, count: int) -> Iterator[tuple[Estimate, float]]:
        for rows, sign in ((self.gaining, 1), (self.losing, -1)):
            yield from ((row, (row.n or 0) + sign * count) for row in rows)


def _shifts(truth: Truth) -> Iterator[Shift]:
    answers = _answers(truth)
    for rows in answers.values():
        yield Shift(rows, [])
        yield Shift([], rows)
    for place, rows in answers.items():
        for other, others in answers.items():
            if place != other and place[:-1] == other[:-1]:
                yield Shift(rows, others)


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


def _fewest(
    shift: Shift, turned: Callable[[Mapping[str, float]], bool], lines: set[float], *, under: int | None
) -> int | None:
    """The smallest count under a limit that turns it: by growing steps, then by halving the last of them."""
    low = high = 0
    for high in _steps(shift.crossings(lines)):
        values = shift.values(high)
        if values is None or turned(values):
            break
        low = high
        if under is not None and low + 1 >= under:
            return None
    high = _within(shift, low, high)
    values = shift.values(high)
    if high == low or values is None or not turned(values):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        values = shift.values(middle)
        low, high = (low, middle) if values is not None and turned(values) else (middle, high)
    return high if under is None or high < under else None


def _steps(crossings: list[int]) -> Iterator[int]:
    """Go up by ever larger steps, and by way of the crossings."""
    step = 1
    for crossing in crossings:
        while step < crossing:
            yield step
            step += max(1, step // GROWTH)
        yield crossing
        step = max(step, crossing + 1)
    while True:
        yield step
        step += max(1, step // GROWTH)


def _within(shift: Shift, low: int, high: int) -> int:
    """The largest count up to `high` for which there are respondents, where those of `low` are there."""
    if shift.values(high) is not None:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if shift.values(middle) is not None else (low, middle)
    return low
