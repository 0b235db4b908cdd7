"""Tests of the difference of two shares, for samples that were drawn at random.

Where there is nothing to test (no base, no standard error) p is nan.
"""

from math import ceil, floor, nan, sqrt

import numpy as np

from recount.estimate.distributions import binomial_cdf, log_gamma, normal_cdf, t_cdf
from recount.estimate.intervals import Numbers

# Probabilities that differ by less than this part of themselves are the same, as in R's fisher.test.
SAME = 1e-7
# Tables further than this from the middle have no probability that a double could hold beside the others.
SPREADS, ROOM = 40, 1000


def fisher_exact(n_first: float, base_first: float, n_second: float, base_second: float) -> float:
    """Give the two-sided p-value of `n_first` of `base_first` against `n_second` of `base_second` (Fisher 1935).

    All four count unweighted respondents. Of the tables with the same margins it adds up those that are no likelier
    than the one observed, which is the rule of R's `fisher.test`.
    """
    if min(base_first, base_second) <= 0:
        return nan
    both, everyone = n_first + n_second, base_first + base_second
    middle = both * base_first / everyone
    variance = middle * base_second / everyone * (everyone - both) / max(everyone - 1, 1)
    reach = SPREADS * sqrt(variance) + ROOM
    lowest = max(0.0, both - base_second, floor(middle - reach))
    highest = min(base_first, both, ceil(middle + reach))
    if not lowest <= n_first <= highest:
        return 0.0
    counts = np.arange(lowest, highest + 1)
    logs = _log_choose(base_first, counts) + _log_choose(base_second, both - counts)
    likely = np.exp(logs - logs.max())
    observed = likely[round(n_first - lowest)]
    return min(float(likely[likely <= observed * (1 + SAME)].sum() / likely.sum()), 1.0)


def z_test(first: float, se_first: float, second: float, se_second: float) -> float:
    """Give the two-sided p-value of two independent estimates with standard errors, such as weighted shares.

    Their difference over its standard error, against the normal distribution (Wald).
    """
    se = sqrt(se_first**2 + se_second**2)
    return float(2 * normal_cdf(-abs(first - second) / se)) if se > 0 else nan


def t_test(difference: float, se: float, degrees: float) -> float:
    """Give the two-sided p-value of a difference over its standard error, against Student's t (R's `svyttest`)."""
    return float(2 * t_cdf(degrees, -abs(difference) / se)) if se > 0 and degrees > 0 else nan


def mcnemar(gained: float, lost: float) -> float:
    """Give the two-sided p-value of a change in the answers of the same respondents (McNemar 1947), exact.

    Of those who changed their answer, `gained` came to it and `lost` left it; had nothing changed, either would be as
    likely (the sign test: Conover 1999, section 3.5). Both count unweighted respondents.
    """
    changed = gained + lost
    return min(1.0, 2 * float(binomial_cdf(min(gained, lost), changed, 0.5))) if changed > 0 else nan


def _log_choose(size: float, counts: Numbers) -> Numbers:
    chosen: Numbers = log_gamma(size + 1) - log_gamma(counts + 1) - log_gamma(size - counts + 1)
    return chosen
