"""Tests of whether independent groups differ in an ordered answer, from how many gave each value.

The answers are of respondents drawn at random, each with the same chance: no weights. Where all gave one answer, or a
group is empty, there is nothing to test and p is nan.
"""

from math import nan

import numpy as np
from numpy.typing import ArrayLike

from recount.estimate.distributions import chi2_above, normal_cdf
from recount.estimate.intervals import Numbers

# Up to so many respondents all divisions into two groups are counted; above, the normal distribution is close.
EXACT = 50
# Deviations from the middle that differ by less are the same: they are sums of halves.
SAME = 1e-9


def mann_whitney(first: ArrayLike, second: ArrayLike) -> tuple[float, float]:
    """Give U of the first group and its two-sided p-value (Mann and Whitney 1947).

    p is exact for up to 50 respondents, ties included: the share of all divisions into groups of these sizes whose U is
    as far from its middle. For more it is normal, with the variance corrected for ties and with continuity correction
    (Lehmann 1975, 1.4), as in R's `wilcox.test`.

    Args:
        first: respondents of the first group with each value, in the order of the values.
        second: the same of the second group.
    """
    counts = np.array([first, second], dtype=np.float64)
    n, m = counts.sum(axis=1)
    both = counts.sum(axis=0)
    if min(n, m) == 0 or both.max() == both.sum():
        return nan, nan
    u = float((counts[0] * midranks(both)).sum() - n * (n + 1) / 2)
    off = abs(u - n * m / 2)
    if n + m <= EXACT:
        return u, _exact(both, int(n), off)
    variance = n * m / 12 * (n + m + 1 - _ties(both) / ((n + m) * (n + m - 1)))
    return u, min(1.0, float(2 * normal_cdf(-max(off - 0.5, 0.0) / np.sqrt(variance))))


def kruskal_wallis(counts: ArrayLike) -> tuple[float, int, float]:
    """Give H, its degrees of freedom and its p-value by the chi-squared distribution (Kruskal and Wallis 1952).

    H is corrected for ties, as in R's `kruskal.test`.

    Args:
        counts: respondents by group and value, of shape (groups, values), values in order. Groups of nobody are none.
    """
    table = np.asarray(counts, dtype=np.float64)
    table = table[table.sum(axis=1) > 0]
    both = table.sum(axis=0)
    n, freedom = both.sum(), len(table) - 1
    if freedom < 1 or both.max() == n:
        return nan, max(freedom, 0), nan
    sizes = table.sum(axis=1)
    off = (table * midranks(both)).sum(axis=1) / sizes - (n + 1) / 2
    plain = 12 / (n * (n + 1)) * (sizes * off**2).sum()
    h = float(plain / (1 - _ties(both) / (n**3 - n)))
    return h, freedom, float(chi2_above(freedom, h))


def midranks(counts: Numbers) -> Numbers:
    """Give the rank of each value, from 1; those with the same value share the middle of their ranks."""
    ranks: Numbers = np.cumsum(counts) - (counts - 1) / 2
    return ranks


def _ties(counts: Numbers) -> float:
    return float((counts**3 - counts).sum())


def _exact(both: Numbers, n: int, off: float) -> float:
    """The share of all ways to choose n respondents whose rank sum is as far from its middle as this one.

    `ways[k, s]` counts the ways to choose k of the values so far with twice their rank sum s.
    """
    doubled = np.rint(2 * midranks(both)).astype(int)
    most = int((doubled * both).sum())
    ways = np.zeros((n + 1, most + 1))
    ways[0, 0] = 1.0
    for count, rank in zip(both.astype(int), doubled, strict=True):
        for _ in range(count):
            ways[1:, rank:] = ways[1:, rank:] + ways[:-1, : most + 1 - rank]
    chosen = ways[n]
    middle = n * (both.sum() + 1)
    far = np.abs(np.arange(most + 1) - middle) >= 2 * off - SAME
    return float(chosen[far].sum() / chosen.sum())
