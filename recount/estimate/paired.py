"""The same respondents asked twice: how many came to an answer, how many left it, and the change with its interval."""

from dataclasses import dataclass
from math import sqrt

from recount.estimate.intervals import wilson


@dataclass(frozen=True)
class Twice:
    """Respondents by what they chose the first and the second time: both times, only then, only before, neither."""

    both: float
    gained: float
    lost: float
    neither: float

    @property
    def base(self) -> float:
        """All who answered both times."""
        return self.both + self.gained + self.lost + self.neither

    @property
    def change(self) -> float:
        """The share of the second time less that of the first; nan where nobody answered both times."""
        return (self.gained - self.lost) / self.base if self.base else float("nan")


def newcombe_paired(twice: Twice, confidence: float = 0.95) -> tuple[float, float]:
    """Give the interval of the change of a share among the same respondents (Newcombe 1998c, method 10).

    Wilson's intervals of both shares, squared and added with the correlation of the two answers taken off. Statistics
    in Medicine 17, 2635-2650. Nobody: nan.
    """
    n = twice.base
    if not n:
        return float("nan"), float("nan")
    second, first = (twice.both + twice.gained) / n, (twice.both + twice.lost) / n
    (low2, high2), (low1, high1) = (tuple(map(float, wilson(share, n, confidence))) for share in (second, first))
    phi = _correlation(twice)
    below = _added(second - low2, high1 - first, phi)
    above = _added(high2 - second, first - low1, phi)
    return twice.change - below, twice.change + above


def _added(one: float, other: float, phi: float) -> float:
    return sqrt(max(one**2 - 2 * phi * one * other + other**2, 0.0))


def _correlation(twice: Twice) -> float:
    """Newcombe's phi, taken towards zero by half a respondent where it is positive; 0 where it is not defined."""
    first, second = twice.both + twice.lost, twice.both + twice.gained
    product = first * (twice.base - first) * second * (twice.base - second)
    if not product:
        return 0.0
    crossed = twice.both * twice.neither - twice.gained * twice.lost
    if crossed > 0:
        crossed = max(crossed - twice.base / 2, 0.0)
    return float(crossed / sqrt(product))
