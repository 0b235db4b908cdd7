"""Counts rounded at random to a multiple of a base, so that no exact count is shown (`estimates.round_to`).

A count goes up or down to the next multiple, the nearer the likelier (random rounding: Hundepool and others 2012,
Statistical Disclosure Control, section 5.4.2). What is drawn hangs on the wave, the question and what is counted: the
same count is rounded the same way wherever it stands, and in every build.

The seed is a secret. Whoever knows a threshold is left with as many counts as the base for what is shown. Counts that
add up can still tell: four levels that may be 0 to 4, and make 16 or more, are four times 4. So the counts of a
question are drawn again until none of them is told by all the others (`told`). Nobody and one respondent are never told
apart.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, floor, inf

from recount.estimate.relations import NO_LEVEL, Cell, Sum, sums
from recount.study.instrument import Question

# How often bounds are drawn tighter.
ROUNDS = 50
PARTS = 1 << 64
# What counts respondents, or mentions; means and the like are made of these.
COUNTS = ("count", "asked", "answered", "nonresponse", "respondents", "coded", "chosen_mean")

Bounds = dict[Cell, tuple[float, float]]


@dataclass(frozen=True)
class Draw:
    """The draws of one wave: which threshold a count must pass to go up."""

    base: int
    seed: int
    wave: str

    def threshold(self, question: str, cell: Cell, again: int = 0) -> float:
        """Draw from 1 to the base: a count over its lower multiple by more goes up; `again` counts the draws."""
        place = "/".join((str(self.seed), self.wave, question, *cell, str(again)))
        drawn = int.from_bytes(sha256(place.encode()).digest()[:8], "big") / PARTS
        return 1 + drawn * (self.base - 1)

    def rounded(self, n: float, threshold: float) -> float:
        """Round a count by a threshold."""
        over = n % self.base
        return n - over + (self.base if over > threshold else 0)

    def bounds(self, shown: float, threshold: float) -> tuple[float, float]:
        """Give the smallest and the largest count that is rounded to what is shown."""
        return max(0.0, floor(shown - self.base + threshold) + 1.0), float(floor(shown + threshold))


def told(equations: Iterable[Sum], bounds: Mapping[Cell, tuple[float, float]]) -> list[Cell]:
    """Give the counts that can have one value alone, by their own bounds and by what adds up.

    What adds up draws the bounds of each count tighter by those of all others, until nothing changes.
    """
    tighter: Bounds = dict(bounds)
    each = [[(cell, float(times)) for cell, times in equation.items()] for equation in equations]
    for _ in range(ROUNDS):
        before = dict(tighter)
        for equation in each:
            _tighten(tighter, equation)
        if before == tighter:
            break
    return [cell for cell in bounds if tighter[cell][0] >= tighter[cell][1]]


def _tighten(bounds: Bounds, equation: list[tuple[Cell, float]]) -> None:
    """Draw the bounds of each part of a sum that is zero by those of all others."""
    ends = [_times(bounds.get(cell, (0.0, inf)), times) for cell, times in equation]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    for (cell, times), (least, most) in zip(equation, ends, strict=True):
        others = (low - least, high - most) if low > -inf and high < inf else _others(ends, (least, most))
        first, last = sorted((-others[0] / times, -others[1] / times))
        now = bounds.get(cell, (0.0, inf))
        bounds[cell] = (max(now[0], ceil(first - 1e-9) if first > -inf else now[0]), min(now[1], _floor(last)))


def _floor(value: float) -> float:
    return float(floor(value + 1e-9)) if value < inf else inf


def _others(ends: list[tuple[float, float]], own: tuple[float, float]) -> tuple[float, float]:
    rest = list(ends)
    rest.remove(own)
    return sum(end[0] for end in rest), sum(end[1] for end in rest)


def _times(bounds: tuple[float, float], times: float) -> tuple[float, float]:
    low, high = (end * times for end in bounds)
    return (low, high) if times > 0 else (high, low)


def adding_up(question: Question, wave: str, cells: Iterable[Cell]) -> list[Sum]:
    """Give what adds up among counts of a question; means are made of rounded counts, and tell nothing besides."""
    known = set(cells)
    levels: dict[str, set[str]] = {}
    for cell in known:
        if cell.group:
            levels.setdefault(cell.group, set()).add(cell.level)
    panels = {group: [*sorted(found), NO_LEVEL] for group, found in sorted(levels.items())}
    overall = sorted(cell for cell in known if not cell.group)
    return [each for each in sums(question, wave, overall, panels) if all(cell.what in COUNTS for cell in each)]
