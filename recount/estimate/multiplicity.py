"""p-values of several tests, raised so that many tests do not find by chance what is not there."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from recount.estimate.intervals import Numbers


def holm(p_values: ArrayLike) -> Numbers:
    """Raise p-values so that the chance of any false finding is held (Holm 1979).

    A nan, where there was nothing to test, stays nan and does not count as a test.
    """
    return _adjusted(p_values, _stepped_down)


def benjamini_hochberg(p_values: ArrayLike) -> Numbers:
    """Raise p-values so that the share of false ones among the findings is held (Benjamini and Hochberg 1995).

    A nan, where there was nothing to test, stays nan and does not count as a test.
    """
    return _adjusted(p_values, _stepped_up)


def _stepped_down(rising: Numbers) -> Numbers:
    left: Numbers = np.arange(len(rising), 0, -1) * rising
    return np.maximum.accumulate(left)


def _stepped_up(rising: Numbers) -> Numbers:
    scaled: Numbers = len(rising) / np.arange(1, len(rising) + 1) * rising
    return np.minimum.accumulate(scaled[::-1])[::-1]


def _adjusted(p_values: ArrayLike, raised: Callable[[Numbers], Numbers]) -> Numbers:
    given = np.asarray(p_values, dtype=np.float64)
    adjusted = np.full(given.shape, np.nan)
    tested = ~np.isnan(given)
    order = np.argsort(given[tested], kind="stable")
    places = np.flatnonzero(tested)[order]
    adjusted[places] = np.minimum(raised(given[places]), 1.0)
    return adjusted
