"""Totals, means, ratios and quantiles of a sample, with the error that follows from how it was drawn.

Everything is of the respondents in a domain, with the full design: those outside it count as zeros, never as absent
(Lumley 2010, section 2.2.2). Each estimate has a linearised value for each respondent, its influence; the variance of
the estimate is that of the total of the weighted influences.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recount.estimate.design.calibration import Margins, residuals
from recount.estimate.design.drawing import Drawing, Floats, summed
from recount.estimate.intervals import Interval, t_interval

Flags = NDArray[np.bool_]
# Sums of weights that differ by less, as a share of all, are the same.
SAME = 1e-9


@dataclass(frozen=True)
class Surveyed:
    """What was drawn, and the weights; with `margins`, weights that were made to fit them."""

    drawing: Drawing
    weights: Floats
    margins: Margins | None = None

    def variance(self, influences: Floats) -> float:
        """Give the variance of the weighted total of the influences, one a respondent."""
        left = influences if self.margins is None else residuals(influences, self.margins)
        z = self.weights * left
        of = self.drawing
        if of.clustered:
            by_unit = summed(of.psus, z, of.units)[:, None]
            return float(of.variance(of.by_stratum(by_unit), of.by_stratum(by_unit**2))[0])
        sums, squares = (summed(of.psus, each, of.units)[:, None] for each in (z, z * z))
        return float(of.variance(sums, squares)[0])

    def degrees(self, domain: Flags | None = None) -> int:
        """Give the degrees of freedom: PSUs less strata that have anybody in the domain."""
        if domain is None or domain.all():
            return self.drawing.degrees
        held = np.unique(self.drawing.psus[domain])
        units = len(held) if self.drawing.clustered else int(domain.sum())
        return units - len(np.unique(self.drawing.strata[held]))


@dataclass(frozen=True)
class Estimated:
    """A value, its standard error (nan where it cannot be told), and the degrees of freedom."""

    value: float
    se: float
    degrees: int

    def interval(self, confidence: float = 0.95) -> Interval:
        """Give the t interval."""
        return t_interval(self.value, self.se, self.degrees, confidence)


def total(of: Surveyed, values: Floats, domain: Flags | None = None) -> Estimated:
    """Estimate the total of a value in the population (Cochran 1977, 11.24)."""
    x = _within(values, domain)
    return _estimated(of, float(of.weights @ x), x, domain)


def mean(of: Surveyed, values: Floats, domain: Flags | None = None) -> Estimated:
    """Estimate the mean of a value; of values 0 and 1, a share."""
    return ratio(of, values, np.ones(len(values)), domain)


def ratio(of: Surveyed, above: Floats, below: Floats, domain: Flags | None = None) -> Estimated:
    """Estimate the ratio of two totals (Särndal, Swensson and Wretman 1992, equation 5.6.10)."""
    y, x = _within(above, domain), _within(below, domain)
    whole = float(of.weights @ x)
    if whole == 0:
        return Estimated(np.nan, np.nan, of.degrees(domain))
    value = float(of.weights @ y) / whole
    return _estimated(of, value, (y - value * x) / whole, domain)


def difference(of: Surveyed, values: Floats, first: Flags, second: Flags) -> Estimated:
    """Estimate the mean of a value in one domain less that in another of the same sample.

    One degree of freedom goes with the second mean, as in R's `svyttest`.
    """
    influences, value = np.zeros(len(values)), 0.0
    for domain, sign in ((first, 1.0), (second, -1.0)):
        whole = float(of.weights @ domain)
        middle = float(of.weights @ _within(values, domain)) / whole if whole else np.nan
        influences += sign * _within(values - middle, domain) / whole if whole else np.nan
        value += sign * middle
    found = _estimated(of, value, influences, first | second)
    return Estimated(found.value, found.se, found.degrees - 1)


def quantile(
    of: Surveyed, values: Floats, share: float, domain: Flags | None = None, confidence: float = 0.95
) -> tuple[float, float, float]:
    """Estimate a quantile and its interval: that of the share below it, looked up (Woodruff 1952).

    The quantile is the smallest value at which the weighted distribution reaches the share (Hyndman and Fan 1996,
    definition 1); the interval is looked up around the share that lies at or below it, as in R's `svyquantile`.
    """
    inside = np.ones(len(values), dtype=np.bool_) if domain is None else domain
    order = np.argsort(values[inside], kind="stable")
    rising, cumulated = values[inside][order], np.cumsum(of.weights[inside][order])
    at = _reached(rising, cumulated, share)
    below = mean(of, (values <= at).astype(np.float64), domain)
    ends = t_interval(below.value, below.se, below.degrees, confidence)
    low, high = (_reached(rising, cumulated, float(end)) for end in ends)
    return at, low, high


def _reached(rising: Floats, cumulated: Floats, share: float) -> float:
    if np.isnan(share) or not len(rising):
        return np.nan
    place = np.searchsorted(cumulated, share * cumulated[-1] - SAME * cumulated[-1])
    return float(rising[min(int(place), len(rising) - 1)])


def design_effect(of: Surveyed, values: Floats, estimate: Estimated, domain: Flags | None = None) -> float:
    """Give the variance of a mean over that of a simple random sample of as many (Kish 1965, section 8.2).

    The simple sample is drawn without replacement from a population of as many as the weights add up to, as in R's
    `survey`.
    """
    inside = np.ones(len(values), dtype=np.bool_) if domain is None else domain
    w, x, n = of.weights[inside], values[inside], inside.sum()
    spread = float(w @ (x - estimate.value) ** 2 / w.sum() * n / (n - 1)) if n > 1 else np.nan
    simple = spread / n * (1 - n / w.sum())
    return float(estimate.se**2 / simple) if simple > 0 else np.nan


def effective_size(weights: Floats) -> float:
    """Give the effective number of respondents, (sum w)^2 / sum w^2 (Kish 1965, section 11.7)."""
    squared = float(weights @ weights)
    return float(weights.sum() ** 2 / squared) if squared else 0.0


def _within(values: Floats, domain: Flags | None) -> Floats:
    return values if domain is None else np.where(domain, values, 0.0)


def _estimated(of: Surveyed, value: float, influences: Floats, domain: Flags | None) -> Estimated:
    se = float(np.sqrt(of.variance(influences)))
    return Estimated(value, se, of.degrees(domain))
