"""How many gave each value, and what is computed from that: mean, standard deviation, quantiles.

Everything is of shape (panels, 1): a line for everyone, and one for each level of each group.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recount.estimate.intervals import Interval, median_ranks, t_interval
from recount.estimate.tabulate import Counts, Floats, joined

# Two cumulated weights this close, as a share of all, are the same: sums of floats differ in their last bits.
SAME = 1e-9
# Which of Hyndman and Fan's (1996) nine definitions of a quantile `Distribution.quantile` is.
DEFINITION = 2


@dataclass(frozen=True)
class Distribution:
    """Distinct values in rising order, of shape (values,), and their counts, of shape (panels, values)."""

    values: Floats
    counts: Counts

    @property
    def total(self) -> Counts:
        """Respondents with a value."""
        spread = self.counts.spread.sum() if self.counts.spread else None
        n, weighted, squared = (_total(part) for part in (self.counts.n, self.counts.weighted, self.counts.squared))
        return Counts(n, weighted, squared, spread)

    @property
    def minimum(self) -> Floats:
        """The smallest value that somebody gave."""
        first = np.argmax(self.counts.n > 0, axis=1)[:, None]
        return np.where(self.total.n > 0, self.values[first], np.nan)

    @property
    def maximum(self) -> Floats:
        """The largest value that somebody gave."""
        last = len(self.values) - 1 - np.argmax(self.counts.n[:, ::-1] > 0, axis=1)[:, None]
        return np.where(self.total.n > 0, self.values[last], np.nan)

    @property
    def mean(self) -> Floats:
        """The weighted mean."""
        mean = _divided(_total(self.counts.weighted * self.values), self.total.weighted)
        # The mean of equal values is that value, which sums of products miss by the last bit.
        return np.clip(mean, self.minimum, self.maximum)

    @property
    def sd(self) -> Floats:
        """The standard deviation of the population, estimated: sum w (x - mean)^2 / sum w, times n / (n - 1).

        Without weights this is the usual one, with n - 1; with weights it is that of R's `svyvar` (Lumley 2010).
        """
        n = self.total.n
        spread = _total(self.counts.weighted * (self.values - self.mean) ** 2)
        return np.sqrt(_divided(spread, self.total.weighted) * _divided(n, n - 1))

    @property
    def se(self) -> Floats:
        """The standard error of the mean by Taylor linearisation; nan where there is no spread.

        One stage, drawn with replacement, each panel as a sample of its own: the square root of
        n / (n - 1) sum (w (x - mean) / sum w)^2 (Särndal, Swensson and Wretman 1992, section 5.7). Without weights it
        is sd / sqrt(n). Where the wave declares how its respondents were drawn, that decides.
        """
        if self.counts.spread:
            se = np.sqrt(self.counts.spread.variance_of_mean(self.values, self.mean))
            return np.where((se > 0) & (self.degrees > 0), se, np.nan)
        n = self.total.n
        spread = _total(self.counts.squared * (self.values - self.mean) ** 2) * _divided(n, n - 1)
        se = _divided(np.sqrt(spread), self.total.weighted)
        several = (self.counts.weighted > 0).sum(axis=1, keepdims=True) > 1
        return np.where(several & (se > 0), se, np.nan)

    @property
    def degrees(self) -> Floats:
        """The degrees of freedom of the mean."""
        n = self.total.n
        return self.counts.spread.degrees(n) if self.counts.spread else n - 1

    @property
    def design_effect(self) -> Floats:
        """The variance of the mean over that of as many drawn one by one, with replacement (Kish 1965, 8.2)."""
        return _divided(self.se**2 * self.total.n, self.sd**2)

    def quantile(self, share: Floats | float) -> Floats:
        """Give the value under which a share of the weight lies (Hyndman and Fan 1996, definition 2).

        The inverse of the weighted distribution function; where it is flat at the share, the middle of the two values.
        """
        cumulated = np.cumsum(self.counts.weighted, axis=1)
        whole = cumulated[:, -1:]
        target = share * whole
        at = np.argmax(cumulated >= target - SAME * whole, axis=1)[:, None]
        beyond = np.argmax(cumulated > target + SAME * whole, axis=1)[:, None]
        return np.where(whole > 0, (self.values[at] + self.values[beyond]) / 2, np.nan)

    def mean_interval(self, confidence: float) -> Interval:
        """Give the t interval of the mean."""
        return t_interval(self.mean, self.se, self.degrees, confidence)

    def median_interval(self, confidence: float) -> Interval:
        """Give the interval of the median between two order statistics; nan where both are the same value.

        With weights the ranks are those of Kish's effective sample size, looked up in the weighted distribution
        (after Woodruff 1952). Where the wave declares how its respondents were drawn, see `between`.
        """
        if self.counts.spread:
            middle = self.quantile(0.5)
            below = (self.values <= middle).astype(np.float64)
            share = _divided(_total(self.counts.weighted * below), self.total.weighted)
            se = np.sqrt(self.counts.spread.variance_of_mean(below, share))
            return self.between(share, se, self.degrees, confidence)
        size = np.floor(self.total.effective + SAME)
        ranks = median_ranks(size, confidence)
        # The rank r holds the shares from (r - 1) / n to r / n: its middle is safe from rounding.
        low, high = (self.quantile(np.nan_to_num((rank - 0.5) / np.maximum(size, 1), nan=0.5)) for rank in ranks)
        wide = ~np.isnan(ranks[0]) & (low < high)
        return np.where(wide, low, np.nan), np.where(wide, high, np.nan)

    def between(self, share: Floats, se: Floats, degrees: Floats, confidence: float) -> Interval:
        """Give the values at the ends of the interval of the share at or below a quantile (Woodruff 1952).

        Nan where an end lies outside of what was observed, or both are the same value.
        """
        ends = t_interval(share, se, degrees, confidence)
        low, high = (self.quantile(np.nan_to_num(end, nan=0.5)) for end in ends)
        wide = (ends[0] > 0) & (ends[1] < 1) & (low < high)
        return np.where(wide, low, np.nan), np.where(wide, high, np.nan)


def scored(scores: Sequence[float], counts: Counts) -> Distribution:
    """Make the distribution of a score from the counts of the codes that carry it; equal scores are added up."""
    values = np.unique(np.asarray(scores, dtype=np.float64))
    sums = [counts.sum([code for code, score in enumerate(scores) if score == value]) for value in values.tolist()]
    return Distribution(values, joined(sums))


def distribution(numbers: Floats, weights: Floats | None) -> Distribution:
    """Make the distribution of numbers, one a respondent, in one panel."""
    if not len(numbers):
        nobody = np.zeros((1, 1))
        return Distribution(np.zeros(1), Counts(nobody, nobody, nobody))
    values, places = np.unique(numbers, return_inverse=True)
    n = np.bincount(places).astype(np.float64)[None, :]
    if weights is None:
        return Distribution(values, Counts(n, n, n))
    weighted, squared = (np.bincount(places, weights=each).astype(np.float64) for each in (weights, weights * weights))
    return Distribution(values, Counts(n, weighted[None, :], squared[None, :]))


def _total(part: Floats) -> Floats:
    total: Floats = part.sum(axis=1, keepdims=True)
    return total


def _divided(above: Floats, below: Floats) -> Floats:
    quotient: Floats = np.divide(above, below, out=np.full(np.broadcast(above, below).shape, np.nan), where=below > 0)
    return quotient
