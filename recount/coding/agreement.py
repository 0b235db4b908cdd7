"""How far coders agree: percent, positive and negative agreement, kappa, pi, S, AC1.

All functions take `ratings`, an integer array of units x coders: the number of the category that a coder gave to
a unit, counted from 0, and a negative number where the coder gave none. Units with one rating tell something of how
often categories are used, so they count in the chance agreement of AC1, pi and several coders' kappa, as Gwet (2014)
has it; give only double-coded units where they shall not. Ratings may be counted beforehand (recount.coding.patterns).

A value that the ratings do not determine is not a number. That is so where every rating is of one category: there is
nothing to agree about, and 0 or 1 would both be wrong.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from recount.coding.coefficient import NOT_ESTIMABLE, Coefficient, mean_variance, ratio, standard_error
from recount.coding.patterns import PAIR, Floats, Patterns, Ratings, patterns_of

YES, NO = 1, 0


def percent(ratings: Ratings | Patterns) -> Coefficient:
    """Average over units the share of pairs of coders that agree; the share of units alike with two coders.

    It describes the double-coded units and infers nothing, so it has no standard error.
    """
    return _without_error(patterns_of(ratings), percent_of)


def positive(ratings: Ratings | Patterns) -> Coefficient:
    """Give the share of agreement among the decisions for category 1 (Cicchetti and Feinstein 1990).

    Of the pairs of coders of whom one gave the code, weighted by how many of the two did; with more than two coders it
    is the specific agreement of Spitzer and Fleiss (1974). Not estimable where nobody gave it.
    """
    return _without_error(patterns_of(ratings), partial(specific_of, category=YES))


def negative(ratings: Ratings | Patterns) -> Coefficient:
    """Give the share of agreement among the decisions for category 0, as `positive` does for category 1."""
    return _without_error(patterns_of(ratings), partial(specific_of, category=NO))


def kappa(ratings: Ratings | Patterns) -> Coefficient:
    """Cohen's kappa (1960), with the standard error of Fleiss, Cohen and Everitt (1969).

    With more than two coders it is Conger's (1980), which is Cohen's where there are two, without a standard error.
    Where one of two coders never varies, kappa is 0 whatever the other does: its formula says so.
    """
    patterns = patterns_of(ratings)
    if patterns.coders != PAIR:
        return _without_error(patterns, kappa_of)
    both = patterns.where(patterns.paired)
    value = float(kappa_of(both, both.own)[0])
    return Coefficient(value, _error_of_cohens(both, value), both.pairs)


def pi(ratings: Ratings | Patterns) -> Coefficient:
    """Scott's pi (1955), and Fleiss' kappa (1971), which is the same for several coders (missing: Gwet 2014, ch. 5)."""
    return _without_error(patterns_of(ratings), pi_of)


def s(ratings: Ratings | Patterns, *, categories: int | None = None) -> Coefficient:
    """Bennett, Alpert and Goldstein's S (1954), for several coders Brennan and Prediger's (1981).

    `categories` is how many the coders could choose from; where it is not given, those that were used count.
    """
    return _without_error(patterns_of(ratings), partial(s_of, categories=categories))


def ac1(ratings: Ratings | Patterns, *, categories: int | None = None) -> Coefficient:
    """Gwet's AC1 (2008, eq. 3 and 6; for missing ratings 2014, ch. 5), with its standard error over units.

    `categories` is how many the coders could choose from; where it is not given, those that were used count.
    """
    patterns = patterns_of(ratings)
    value = float(ac1_of(patterns, patterns.own, categories=categories)[0])
    return Coefficient(value, _error_of_ac1(patterns, value, _categories(patterns, categories)), patterns.pairs)


def percent_of(patterns: Patterns, weights: Floats) -> Floats:
    """Give percent agreement under each replicate's weights."""
    return ratio(weights @ patterns.alike, weights @ patterns.paired)


def specific_of(patterns: Patterns, weights: Floats, *, category: int) -> Floats:
    """Give the agreement on one category under each replicate's weights."""
    gave = (patterns.rows == category).sum(axis=1)
    return ratio(weights @ (gave * (gave - 1)), weights @ (gave * np.maximum(patterns.raters - 1, 0)))


def kappa_of(patterns: Patterns, weights: Floats) -> Floats:
    """Give Cohen's or Conger's kappa under each replicate's weights."""
    if patterns.coders == PAIR:
        weights = weights * patterns.paired
    given = np.tensordot(weights, patterns.given, axes=1)
    rated = given.sum(axis=2, keepdims=True)
    shares, busy = given / np.maximum(rated, 1), (rated > 0).sum(axis=(1, 2))
    # The chance agreement of each pair of coders, averaged over all pairs.
    between = (shares.sum(axis=1) ** 2 - (shares**2).sum(axis=1)).sum(axis=1)
    return _beyond(percent_of(patterns, weights), ratio(between, busy * (busy - 1.0)), given.sum(axis=1))


def pi_of(patterns: Patterns, weights: Floats) -> Floats:
    """Give Scott's pi under each replicate's weights."""
    used = _used(patterns, weights)
    return _beyond(percent_of(patterns, weights), (used**2).sum(axis=1), used)


def s_of(patterns: Patterns, weights: Floats, *, categories: int | None = None) -> Floats:
    """Give Bennett's S under each replicate's weights."""
    chance = np.full(len(weights), 1 / max(_categories(patterns, categories), 1))
    return _beyond(percent_of(patterns, weights), chance, _used(patterns, weights))


def ac1_of(patterns: Patterns, weights: Floats, *, categories: int | None = None) -> Floats:
    """Give AC1 under each replicate's weights."""
    used = _used(patterns, weights)
    chance = (used * (1 - used)).sum(axis=1) / max(_categories(patterns, categories) - 1, 1)
    return _beyond(percent_of(patterns, weights), chance, used)


def _without_error(patterns: Patterns, value_of: Callable[[Patterns, Floats], Floats]) -> Coefficient:
    return Coefficient(float(value_of(patterns, patterns.own)[0]), NOT_ESTIMABLE, patterns.pairs)


def _beyond(observed: Floats, expected: Floats, used: Floats) -> Floats:
    """Agreement beyond chance; not a number where one category alone was used."""
    varied = (used > 0).sum(axis=1) > 1
    return np.where(varied, ratio(observed - expected, 1 - expected), NOT_ESTIMABLE)


def _used(patterns: Patterns, weights: Floats) -> Floats:
    """How often each category was used: the mean over units of the share of their ratings."""
    shares = patterns.counts / patterns.raters[:, None]
    return ratio(weights @ shares, weights.sum(axis=1)[:, None])


def _categories(patterns: Patterns, categories: int | None) -> int:
    return categories or int(patterns.counts.any(axis=0).sum())


def _error_of_cohens(both: Patterns, value: float) -> float:
    """Fleiss, Cohen and Everitt (1969), eq. 13."""
    n = both.pairs
    if np.isnan(value):
        return NOT_ESTIMABLE
    p = np.zeros((both.categories, both.categories))
    np.add.at(p, (both.rows[:, 0], both.rows[:, 1]), both.units / n)
    rows, columns, same = p.sum(axis=1), p.sum(axis=0), np.diag(p)
    observed, expected = float(same.sum()), float((rows * columns).sum())
    agreeing = (same * ((1 - expected) - (rows + columns) * (1 - observed)) ** 2).sum()
    spread = p * (columns[:, None] + rows[None, :]) ** 2
    differing = (1 - observed) ** 2 * (spread.sum() - np.diag(spread).sum())
    variance = agreeing + differing - (observed * expected - 2 * expected + observed) ** 2
    return standard_error(variance / (n * (1 - expected) ** 4))


def _error_of_ac1(patterns: Patterns, value: float, categories: int) -> float:
    """Gwet (2008), eq. 6; with missing ratings 2014, ch. 5: the variance of what each unit takes from AC1."""
    if np.isnan(value):
        return NOT_ESTIMABLE
    n, paired, raters = int(patterns.units.sum()), patterns.pairs, patterns.raters
    used = _used(patterns, patterns.own)[0]
    scale = 1 / (categories - 1)
    expected = float((used * (1 - used)).sum()) * scale
    by_unit = (patterns.alike - expected * patterns.paired) * (n / paired) / (1 - expected)
    chance = (patterns.counts / raters[:, None] * (1 - used)).sum(axis=1) * scale
    linear = by_unit - 2 * (1 - value) * (chance - expected) / (1 - expected)
    # Gwet's formula for two coders divides by n, the one for several by n - 1.
    of_two = n / (n - 1) if n > 1 and patterns.coders == PAIR and (raters == PAIR).all() else 1
    return standard_error(mean_variance(linear, value, patterns.units) / of_two)
