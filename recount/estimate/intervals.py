"""Confidence intervals, each after its published formula.

Counts may be arrays: every function broadcasts, and gives a pair of arrays (low, high). Where there is nothing to
estimate from (n = 0, a single value, no degrees of freedom) both ends are nan: no interval is ever of zero width.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from recount.estimate.distributions import beta_quantile, binomial_quantile, normal_quantile, t_quantile

Numbers = NDArray[np.float64]
Interval = tuple[Numbers, Numbers]
Ends = tuple[ArrayLike, ArrayLike, ArrayLike]


def critical(confidence: float) -> float:
    """Give the two-sided critical value of the normal distribution: 1.96 for a confidence of 0.95."""
    return float(normal_quantile((1 + confidence) / 2))


def wilson(share: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the score interval of a share (Wilson 1927; Newcombe 1998, method 3).

    `n` may be an effective sample size, and need not be whole. An infinite one, where nothing was left to sampling,
    gives nan.
    """
    p, size = _floats(share, n)
    z2 = critical(confidence) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (p + z2 / (2 * size)) / (1 + z2 / size)
        half = np.sqrt(z2 * p * (1 - p) / size + (z2 / (2 * size)) ** 2) / (1 + z2 / size)
    # At the ends the formula gives 0 and 1 exactly, floating point does not.
    low = np.where(p <= 0, 0.0, np.maximum(middle - half, 0.0))
    high = np.where(p >= 1, 1.0, np.minimum(middle + half, 1.0))
    return _where((size > 0) & np.isfinite(size) & ~np.isnan(p), low, high)


def wilson_corrected(count: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the score interval of a share with continuity correction (Newcombe 1998, method 4)."""
    x, size = _floats(count, n)
    z2 = critical(confidence) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        p = x / size
        below, above = (
            np.sqrt(np.maximum(z2 - sign * 2 - 1 / size + 4 * p * (size * (1 - p) + sign), 0.0)) for sign in (-1, 1)
        )
        low = (2 * x + z2 - 1 - np.sqrt(z2) * above) / (2 * (size + z2))
        high = (2 * x + z2 + 1 + np.sqrt(z2) * below) / (2 * (size + z2))
    return _where(
        size > 0, np.where(x <= 0, 0.0, np.maximum(low, 0.0)), np.where(x >= size, 1.0, np.minimum(high, 1.0))
    )


def clopper_pearson(count: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the exact binomial interval of a share (Clopper and Pearson 1934)."""
    x, size = _floats(count, n)
    tail = (1 - confidence) / 2
    low = np.where(x <= 0, 0.0, beta_quantile(np.maximum(x, 1), size - x + 1, tail))
    high = np.where(x >= size, 1.0, beta_quantile(x + 1, np.maximum(size - x, 1), 1 - tail))
    return _where(size > 0, low, high)


def agresti_coull(count: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the adjusted Wald interval of a share, cut at 0 and 1 (Agresti and Coull 1998)."""
    x, size = _floats(count, n)
    z = critical(confidence)
    middle = (x + z * z / 2) / (size + z * z)
    half = z * np.sqrt(middle * (1 - middle) / (size + z * z))
    return _where(size > 0, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


def jeffreys(count: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the equal-tailed interval of a share under Jeffreys' prior (Brown, Cai and DasGupta 2001).

    At a share of 0 or 1 the end there is 0 or 1, as they advise; the other is the plain quantile.
    """
    x, size = _floats(count, n)
    tail = (1 - confidence) / 2
    low = np.where(x <= 0, 0.0, beta_quantile(x + 0.5, size - x + 0.5, tail))
    high = np.where(x >= size, 1.0, beta_quantile(x + 0.5, size - x + 0.5, 1 - tail))
    return _where(size > 0, low, high)


def newcombe(
    first: ArrayLike, n_first: ArrayLike, second: ArrayLike, n_second: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Give the interval of the difference of two independent shares (Newcombe 1998b, method 10).

    `first` and `second` are shares (0 to 1); `n_first` and `n_second` may be effective sample sizes.
    """
    p, q = _floats(first, second)
    return mover((p, *wilson(p, n_first, confidence)), (q, *wilson(q, n_second, confidence)))


def mover(first: Ends, second: Ends) -> Interval:
    """Give the interval of a difference from the intervals of the two, by the recovery of their variances (MOVER).

    `first` and `second` are (value, low, high) of two independent estimates in one unit, with intervals of the same
    confidence by whatever method; the difference is the first less the second. With Wilson's intervals it is Newcombe's
    (1998b) method 10; for any pair see Zou and Donner (2008, Statistics in Medicine 27, 1693-1702). Where an end is
    nan, both ends here are.
    """
    p, p_low, p_high, q, q_low, q_high = _floats(*first, *second)
    below = np.sqrt((p - p_low) ** 2 + (q_high - q) ** 2)
    above = np.sqrt((p_high - p) ** 2 + (q - q_low) ** 2)
    return _where(~np.isnan(below + above), p - q - below, p - q + above)


def t_interval(mean: ArrayLike, se: ArrayLike, degrees: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the interval of a mean from its standard error and degrees of freedom (Student's t)."""
    middle, error = _floats(mean, se)
    freedom, error = _floats(degrees, error)
    half = t_quantile(np.maximum(freedom, 1.0), (1 + confidence) / 2) * error
    return _where((freedom >= 1) & (error > 0), middle - half, middle + half)


def median_ranks(n: ArrayLike, confidence: float = 0.95) -> tuple[Numbers, Numbers]:
    """Give the ranks (from 1) of the order statistics that bound the median (David and Nagaraja 2003, 7.1).

    The narrowest symmetric pair x(r), x(n + 1 - r) that covers with at least the confidence asked for; nan where not
    even the smallest and the largest value do (n under 6 at 0.95). `n` is taken down to a whole number.
    """
    size = np.floor(np.asarray(n, dtype=np.float64))
    tail = (1 - confidence) / 2
    # The quantile solves P(B <= k) = tail; the largest whole k with P(B <= k) <= tail is its floor.
    with np.errstate(invalid="ignore"):
        k = np.floor(binomial_quantile(tail, np.maximum(size, 1), 0.5) + 1e-9)
    reached = (size >= 1) & (0.5 ** np.maximum(size, 1) <= tail)
    return _where(reached, k + 1, size - k)


def _floats(*values: ArrayLike) -> Any:
    return np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values))


def _where(estimable: NDArray[np.bool_], low: Numbers, high: Numbers) -> Interval:
    return np.where(estimable, low, np.nan), np.where(estimable, high, np.nan)
