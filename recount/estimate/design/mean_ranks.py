"""Tests of whether groups differ in an ordered answer, for samples with weights, strata and clusters.

Each answer has its rank in the population as the weights estimate it; the mean ranks of the groups are compared with
the errors of the design, the ranks taken as known (Lumley and Scott 2013, Biometrika 100(4), 831-842, section 2). All
that they need is the table of groups (rows) by answers (columns) and its covariance.
"""

import numpy as np

from recount.estimate.design.drawing import Floats
from recount.estimate.design.independence import Crossed, Tested
from recount.estimate.distributions import f_above, t_cdf

PAIR = 2


def mean_ranks(table: Crossed) -> tuple[Floats, Floats]:
    """Give the mean rank of each group, as a share of the population below it, and the covariance of these means.

    Those who gave the same answer share the middle of their ranks.
    """
    answers = table.totals.sum(axis=0)
    ranks = (np.cumsum(answers) - answers / 2) / answers.sum()
    sizes = table.totals.sum(axis=1)
    means = table.totals @ ranks / sizes
    groups = len(sizes)
    off = (ranks - means[:, None]) / sizes[:, None]
    slopes = (np.eye(groups)[:, :, None] * off[:, None, :]).reshape(groups, -1)
    return means, slopes @ table.covariance @ slopes.T


def two_groups(table: Crossed) -> Tested:
    """Test whether two groups have the same mean rank, by t: a Mann-Whitney test for drawn samples."""
    means, covariance = mean_ranks(table)
    se = float(np.sqrt(max(covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1], 0.0)))
    degrees = table.degrees - 1
    if not se > 0 or degrees < 1:
        return Tested(np.nan, degrees, None, np.nan)
    t = float((means[0] - means[1]) / se)
    return Tested(t, degrees, None, float(2 * t_cdf(degrees, -abs(t))))


def several_groups(table: Crossed) -> Tested:
    """Test whether all groups have the same mean rank, by F: a Kruskal-Wallis test for drawn samples."""
    means, covariance = mean_ranks(table)
    above = len(means) - 1
    below = table.degrees - above
    contrasts = np.hstack([-np.ones((above, 1)), np.eye(above)])
    variance = contrasts @ covariance @ contrasts.T
    if above < 1 or below < 1 or np.linalg.matrix_rank(variance, hermitian=True) < above:
        return Tested(np.nan, above, below, np.nan)
    off = contrasts @ means
    f = float(off @ np.linalg.solve(variance, off)) / above
    return Tested(f, above, below, float(f_above(above, below, f)))
