"""How far coders agree: percent agreement, kappa, AC1.

All functions take `ratings`, an integer array of units x coders: the number of the category that a coder gave to
a unit, counted from 0, and a negative number where the coder gave none. Units with one rating tell something of how
often categories are used, so they count in the chance agreement of AC1 and of several coders' kappa, as Gwet (2014) has
it; give only double-coded units where they shall not.

A value that the ratings do not determine is not a number. That is so where every rating is of one category: there is
nothing to agree about, and 0 or 1 would both be wrong.
"""

import math
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

Ratings = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

NOT_ESTIMABLE = math.nan
PAIR = 2
# A variance this small is what rounding leaves of zero.
ZERO = 1e-15


@dataclass(frozen=True)
class Coefficient:
    """A coefficient of agreement over `n` units that two or more coders rated; its value is at most 1."""

    value: float
    se: float
    n: int

    def interval(self, confidence: float = 0.95) -> tuple[float, float]:
        """Give the limits by the normal approximation, within -1 and 1; not a number where there is no se."""
        reach = NormalDist().inv_cdf((1 + confidence) / 2) * self.se
        low, high = np.clip([self.value - reach, self.value + reach], -1, 1)
        return float(low), float(high)


def percent(ratings: Ratings) -> Coefficient:
    """Average over units the share of pairs of coders that agree; the share of units alike with two coders.

    It describes the double-coded units and infers nothing, so it has no standard error.
    """
    rated = ratings >= 0
    raters = rated.sum(axis=1)
    paired = raters >= PAIR
    if not paired.any():
        return Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, 0)
    alike = np.zeros(len(ratings), dtype=np.int64)
    # Pair by pair: sets of codes are many categories, and a table of units by categories would not fit into memory.
    for first, second in combinations(range(ratings.shape[1]), PAIR):
        alike += (ratings[:, first] == ratings[:, second]) & rated[:, first]
    share = alike[paired] / (raters[paired] * (raters[paired] - 1) / 2)
    return Coefficient(float(share.mean()), NOT_ESTIMABLE, int(paired.sum()))


def kappa(ratings: Ratings) -> Coefficient:
    """Cohen's kappa (1960), with the standard error of Fleiss, Cohen and Everitt (1969).

    With more than two coders it is Conger's (1980), which is Cohen's where there are two, without a standard error.
    Where one of two coders never varies, kappa is 0 whatever the other does: its formula says so.
    """
    if ratings.shape[1] != PAIR:
        return _conger(ratings)
    both = ratings[(ratings >= 0).all(axis=1)]
    if not _varied(both):
        return Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, len(both))
    return _cohen(_cross_table(both))


def ac1(ratings: Ratings, *, categories: int | None = None) -> Coefficient:
    """Gwet's AC1 (2008, eq. 3 and 6; for missing ratings 2014, ch. 5), with its standard error over units.

    `categories` is how many the coders could choose from; where it is not given, those that were used count.
    """
    counts = category_counts(ratings)
    paired = int((counts.sum(axis=1) >= PAIR).sum())
    used = counts[:, counts.any(axis=0)]
    if not paired or used.shape[1] == 1:
        return Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, paired)
    return _gwet(used, categories or used.shape[1], paired, coders=ratings.shape[1])


def category_counts(ratings: Ratings) -> Whole:
    """Count how many coders gave each category to each unit; units that nobody rated are left out."""
    rated = ratings >= 0
    ratings, rated = ratings[rated.any(axis=1)], rated[rated.any(axis=1)]
    categories = int(ratings.max(initial=0)) + 1
    places = np.arange(len(ratings))[:, None] * categories + ratings
    counted = np.bincount(places[rated], minlength=len(ratings) * categories)
    return counted.reshape(len(ratings), categories).astype(np.int64)


def _paired(counts: Whole) -> Whole:
    return np.asarray(counts[counts.sum(axis=1) >= PAIR])


def _alike(counts: Whole) -> Floats:
    """The share of pairs of coders that agree, for each unit; 0 where there is no pair."""
    raters = counts.sum(axis=1)
    pairs = raters * (raters - 1)
    return np.asarray((counts * (counts - 1)).sum(axis=1) / np.maximum(pairs, 1))


def _varied(ratings: Ratings) -> bool:
    return bool(ratings.size) and int(ratings.min()) != int(ratings.max())


def _cross_table(both: Ratings) -> Whole:
    size = int(both.max()) + 1
    table = np.bincount(both[:, 0] * size + both[:, 1], minlength=size * size)
    return np.asarray(table.reshape(size, size), dtype=np.int64)


def _cohen(table: Whole) -> Coefficient:
    n = int(table.sum())
    p = table / n
    rows, columns, same = p.sum(axis=1), p.sum(axis=0), np.diag(p)
    observed, expected = float(same.sum()), float((rows * columns).sum())
    value = (observed - expected) / (1 - expected)
    # Fleiss, Cohen and Everitt (1969), eq. 13.
    agreeing = (same * ((1 - expected) - (rows + columns) * (1 - observed)) ** 2).sum()
    spread = p * (columns[:, None] + rows[None, :]) ** 2
    differing = (1 - observed) ** 2 * (spread.sum() - np.diag(spread).sum())
    variance = agreeing + differing - (observed * expected - 2 * expected + observed) ** 2
    return Coefficient(value, standard_error(variance / (n * (1 - expected) ** 4)), n)


def _conger(ratings: Ratings) -> Coefficient:
    counts = category_counts(ratings)
    paired = _paired(counts)
    busy = ratings[:, (ratings >= 0).any(axis=0)]
    if not len(paired) or not _varied(busy[busy >= 0]):
        return Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, len(paired))
    shares = np.array([np.bincount(own[own >= 0], minlength=counts.shape[1]) / (own >= 0).sum() for own in busy.T])
    coders = len(shares)
    # The chance agreement of each pair of coders, averaged over all pairs.
    expected = (shares.sum(axis=0) ** 2 - (shares**2).sum(axis=0)).sum() / (coders * (coders - 1))
    return Coefficient(float((_alike(paired).mean() - expected) / (1 - expected)), NOT_ESTIMABLE, len(paired))


def _gwet(counts: Whole, categories: int, paired: int, *, coders: int) -> Coefficient:
    n = len(counts)
    raters = counts.sum(axis=1)
    shares = counts / raters[:, None]
    used = shares.mean(axis=0)
    scale = 1 / (categories - 1)
    expected = float((used * (1 - used)).sum()) * scale
    alike = _alike(counts) * n / paired
    observed = float(alike.mean())
    value = (observed - expected) / (1 - expected)
    by_unit = (alike - expected * (raters >= PAIR) * n / paired) / (1 - expected)
    chance = (shares * (1 - used)).sum(axis=1) * scale
    linear = by_unit - 2 * (1 - value) * (chance - expected) / (1 - expected)
    # Gwet's formula for two coders divides by n, the one for several by n - 1.
    of_two = n / (n - 1) if n > 1 and (raters == coders).all() and coders == PAIR else 1
    return Coefficient(value, standard_error(mean_variance(linear, value) / of_two), paired)


def mean_variance(by_unit: Floats, mean: float) -> float:
    """Estimate the variance of a mean over units; not a number for one unit."""
    n = len(by_unit)
    return float(((by_unit - mean) ** 2).sum()) / (n * (n - 1)) if n > 1 else NOT_ESTIMABLE


def standard_error(variance: float) -> float:
    """Take the root of a variance; a standard error of zero would claim certainty, so it is not estimable."""
    return math.sqrt(variance) if variance > ZERO else NOT_ESTIMABLE
