"""A coefficient of agreement with its standard error and its interval."""

import math
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from recount.coding.patterns import Floats, Whole

NOT_ESTIMABLE = math.nan
# A variance this small is what rounding leaves of zero.
ZERO = 1e-15


@dataclass(frozen=True)
class Coefficient:
    """A coefficient of agreement over `n` units that two or more coders rated; its value is at most 1.

    `drawn` is its value in each bootstrap replicate, where there are any.
    """

    value: float
    se: float
    n: int
    drawn: Floats = field(default_factory=lambda: np.empty(0), compare=False, repr=False)

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Give the limits: percentiles of the bootstrap, or, where nothing was drawn, by the normal approximation.

        Not a number where there is no standard error either, where too few replicates let the coefficient be estimated,
        and where all gave the same: an interval without width would claim certainty.
        """
        if self.drawn.size:
            return percentiles(self.drawn, confidence)
        reach = NormalDist().inv_cdf((1 + confidence) / 2) * self.se
        low, high = np.clip([self.value - reach, self.value + reach], -1, 1)
        return float(low), float(high)


def percentiles(drawn: Floats, confidence: float) -> tuple[float, float]:
    """Give the limits between which the middle of the replicates lies (Efron and Tibshirani 1993, ch. 13)."""
    estimable = drawn[~np.isnan(drawn)]
    if len(estimable) < confidence * len(drawn):
        return NOT_ESTIMABLE, NOT_ESTIMABLE
    low, high = np.quantile(estimable, [(1 - confidence) / 2, (1 + confidence) / 2])
    return (float(low), float(high)) if high - low > ZERO else (NOT_ESTIMABLE, NOT_ESTIMABLE)


def ratio(above: npt.NDArray[np.floating], below: npt.NDArray[np.floating]) -> Floats:
    """Divide; not a number where there is nothing to divide by, up to what rounding leaves of zero."""
    divided = np.full(np.broadcast_shapes(above.shape, below.shape), NOT_ESTIMABLE)
    return np.asarray(np.divide(above, below, out=divided, where=np.abs(below) > ZERO))


def mean_variance(by_unit: Floats, mean: float, units: Whole) -> float:
    """Estimate the variance of a mean over units, so many of which have each value; not a number for one unit."""
    n = int(units.sum())
    return float((units * (by_unit - mean) ** 2).sum()) / (n * (n - 1)) if n > 1 else NOT_ESTIMABLE


def standard_error(variance: float) -> float:
    """Take the root of a variance; a standard error of zero would claim certainty, so it is not estimable."""
    return math.sqrt(variance) if variance > ZERO else NOT_ESTIMABLE
