"""Intervals of shares of a drawn sample, from the share, its standard error and the degrees of freedom.

All functions broadcast over arrays. Where the standard error is 0 or unknown, as at a share of 0 or 1, or where there
are no degrees of freedom, both ends are nan: not estimable; but for the form of the NCHS, which has its own rule there.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from recount.estimate.design.drawing import Floats
from recount.estimate.distributions import beta_quantile, t_quantile
from recount.estimate.intervals import Interval

HALVINGS = 60


def wald(share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the t interval of a share, which may leave 0 to 1."""
    p, error, freedom, _ = _floats(share, se, degrees, n)
    half = _t(freedom, confidence) * error
    return _estimable(p, error, freedom, p - half, p + half)


def logistic(share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the t interval of the log odds, turned back (Korn and Graubard 1999, equation 3.2-4; R's `logit`)."""
    from scipy.special import expit, logit

    p, error, freedom, _ = _floats(share, se, degrees, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = _t(freedom, confidence) * error / (p * (1 - p))
        low, high = expit(logit(p) - half), expit(logit(p) + half)
    return _estimable(p, error, freedom, low, high)


def arcsine(share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the t interval of the arcsine of the root of the share, turned back (Lumley 2010, 2.3; R's `asin`)."""
    p, error, freedom, _ = _floats(share, se, degrees, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        half = _t(freedom, confidence) * error / (2 * np.sqrt(p * (1 - p)))
    middle = np.arcsin(np.sqrt(p))
    ends = (np.sin(np.clip(end, 0, np.pi / 2)) ** 2 for end in (middle - half, middle + half))
    return _estimable(p, error, freedom, *ends)


def wilson_design(
    share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Give the score interval on the effective sample size of Korn and Graubard, with Student's t for the normal.

    Wilson (1927), for drawn samples as in Dean and Pagano (2015, Journal of Survey Statistics and Methodology 3).
    """
    p, error, freedom, n_drawn = _floats(share, se, degrees, n)
    t2 = _t(freedom, confidence) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        size = _effective(p, error, freedom, n_drawn, confidence)
        middle = (p + t2 / (2 * size)) / (1 + t2 / size)
        half = np.sqrt(t2 * p * (1 - p) / size + (t2 / (2 * size)) ** 2) / (1 + t2 / size)
    return _estimable(p, error, freedom, np.maximum(middle - half, 0.0), np.minimum(middle + half, 1.0))


def korn_graubard(
    share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Give the exact interval on the effective sample size (Korn and Graubard 1998; R's `beta`).

    p (1 - p) / se^2, times (t with n - 1 degrees of freedom / t with those of the design)^2.
    """
    p, error, freedom, size = _floats(share, se, degrees, n)
    return _estimable(p, error, freedom, *_beta(p, _effective(p, error, freedom, size, confidence), confidence))


def korn_graubard_nchs(
    share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Give the same with an effective sample size of at most n, and of n at a share of 0 or 1.

    The standards of the National Center for Health Statistics (Parker and others 2017, Vital and Health Statistics
    2(175)); at 0 and 1 it is the interval of Clopper and Pearson.
    """
    p, error, freedom, size = _floats(share, se, degrees, n)
    edge = (p <= 0) | (p >= 1)
    effective = np.where(edge, size, np.minimum(_effective(p, error, freedom, size, confidence), size))
    low, high = _beta(p, effective, confidence)
    known = (size > 0) & (freedom > 0) & (edge | (error > 0))
    return np.where(known, low, np.nan), np.where(known, high, np.nan)


def likelihood(share: ArrayLike, se: ArrayLike, degrees: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the shares whose deviance, over the design effect, is below t^2 (Rao and Scott 1984; R's `likelihood`)."""
    p, error, freedom, size = _floats(share, se, degrees, n)
    with np.errstate(divide="ignore", invalid="ignore"):
        limit = _t(freedom, confidence) ** 2 * error**2 * size / (p * (1 - p)) * size / (size - 1)
    ends = (_crossing(p, size, limit, np.full(p.shape, edge)) for edge in (0.0, 1.0))
    return _estimable(p, error, freedom, *ends)


METHODS: dict[str, Callable[..., Interval]] = {
    "wilson": wilson_design,
    "logit": logistic,
    "korn-graubard": korn_graubard,
    "korn-graubard nchs": korn_graubard_nchs,
    "likelihood": likelihood,
    "arcsine": arcsine,
    "wald": wald,
}


def _crossing(p: Floats, n: Floats, limit: Floats, edge: Floats) -> Floats:
    """Where the deviance reaches the limit, between the share and an edge; found by halving."""
    from scipy.special import xlogy

    inside, outside = p.copy(), edge
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            deviance = 2 * n * (xlogy(p, p / middle) + xlogy(1 - p, (1 - p) / (1 - middle)))
        within = deviance <= limit
        inside, outside = np.where(within, middle, inside), np.where(within, outside, middle)
    return inside


def _effective(p: Floats, error: Floats, freedom: Floats, n: Floats, confidence: float) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        size: Floats = p * (1 - p) / error**2 * (_t(n - 1, confidence) / _t(freedom, confidence)) ** 2
    return size


def _beta(p: Floats, n: Floats, confidence: float) -> Interval:
    tail, x = (1 - confidence) / 2, p * n
    with np.errstate(invalid="ignore"):
        low = np.where(p <= 0, 0.0, beta_quantile(np.where(p <= 0, 1.0, x), n - x + 1, tail))
        high = np.where(p >= 1, 1.0, beta_quantile(x + 1, np.where(p >= 1, 1.0, n - x), 1 - tail))
    return low, high


def _t(degrees: Floats, confidence: float) -> Floats:
    quantile: Floats = t_quantile(np.maximum(degrees, 1.0), (1 + confidence) / 2)
    return quantile


def _floats(*values: ArrayLike) -> Any:
    return np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values))


def _estimable(p: Floats, error: Floats, freedom: Floats, low: Floats, high: Floats) -> Interval:
    known = (error > 0) & (freedom > 0) & (p > 0) & (p < 1)
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
