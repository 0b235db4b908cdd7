"""How well the items of a scale hang together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from recount.estimate.intervals import Numbers


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha, raw and of standardised items; of each item, its correlation with the rest; n with any answer.

    Coefficients are nan where there are fewer than two items, or no variation.
    """

    raw: float
    standardised: float
    item_rest: Numbers
    n: int


def reliability(answers: ArrayLike, weights: ArrayLike | None = None) -> Reliability:
    """Compute the reliability of a scale (Cronbach 1951, equation 2).

    Args:
        answers: of shape (respondents, items), items that were asked the other way round turned over; nan: no answer.
        weights: of each respondent.
    """
    x = np.asarray(answers, dtype=np.float64)
    w = np.ones(len(x)) if weights is None else np.asarray(weights, dtype=np.float64)
    covariance = pairwise_covariance(x, w)
    spread = np.sqrt(np.diag(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        correlation = covariance / np.outer(spread, spread)
    raw, standardised = alpha_of(covariance), alpha_of(correlation)
    return Reliability(raw, standardised, item_rest_of(covariance), int((~np.isnan(x)).any(axis=1).sum()))


def alpha_of(covariance: Numbers) -> float:
    """Give Cronbach's alpha of items with this covariance; of their correlations, that of standardised items."""
    items, whole = len(covariance), covariance.sum()
    if items < 2 or not whole > 0:  # noqa: PLR2004 - one item is no scale
        return np.nan
    return float(items / (items - 1) * (1 - np.trace(covariance) / whole))


def item_rest_of(covariance: Numbers) -> Numbers:
    """Give the correlation of each item with the sum of the others (Nunnally 1978, chapter 8)."""
    own = np.diag(covariance)
    with_all = covariance.sum(axis=1)
    rest = covariance.sum() - 2 * with_all + own
    with np.errstate(divide="ignore", invalid="ignore"):
        correlations: Numbers = (with_all - own) / np.sqrt(own * rest)
    return np.where((own > 0) & (rest > 0), correlations, np.nan)


def pairwise_covariance(answers: Numbers, weights: Numbers) -> Numbers:
    """Give the weighted covariance of items, each pair from those who answered both; n / (n - 1), as in R's `cov`."""
    known = ~np.isnan(answers)
    # Counted from an answer of the item's own, so that an item with one answer has no variance at all.
    first = answers[np.argmax(known, axis=0), np.arange(answers.shape[1])]
    x, both = np.where(known, answers - first, 0.0), known.astype(np.float64)
    w = weights[:, None]
    n, whole = both.T @ both, both.T @ (w * both)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = (x.T @ (w * both)) / whole  # of the item in the line, among those who answered the one in the column
        covariance: Numbers = ((x.T @ (w * x)) / whole - means * means.T) * n / (n - 1)
    return covariance
