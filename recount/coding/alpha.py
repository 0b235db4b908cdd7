"""Krippendorff's alpha: for categories, ranks, intervals, ratios, and for sets of codes.

Alpha is 1 less the ratio of the disagreement observed within units to the one expected if the ratings were dealt out by
chance (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"). Any number of coders, any ratings may be
missing; a unit with one rating tells nothing and is left out. Alpha is not a number where no two ratings differ.

The standard error is the linearised one over units of Gwet (2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 5),
written in distances: the units are a sample of the answers that could have been coded twice.
"""

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Literal, Protocol

import numpy as np
import numpy.typing as npt

from recount.coding.coefficient import Coefficient, mean_variance, ratio, standard_error
from recount.coding.patterns import PAIR, Floats, Patterns, Ratings, patterns_of

Metric = Literal["nominal", "ordinal", "interval", "ratio"]


class Distances(Protocol):
    """The squared distance between any two categories."""

    def between(self, first: Ratings, second: Ratings) -> Floats:
        """Give the distances of pairs of categories."""

    def summed(self, used: Floats) -> Floats:
        """Give each category's distances from all ratings, of which `used` are of each category."""


@dataclass(frozen=True)
class Table:
    """Distances between a few categories, as a square table."""

    of: Floats

    def between(self, first: Ratings, second: Ratings) -> Floats:
        """Look up the distances of pairs."""
        return np.asarray(self.of[first, second])

    def summed(self, used: Floats) -> Floats:
        """Sum over all ratings."""
        return np.asarray(used @ self.of)


@dataclass(frozen=True)
class Disagreement:
    """What alpha is made of: the patterns of units with two ratings or more, and distances between categories."""

    patterns: Patterns
    distances: Distances
    categories: int

    @cached_property
    def within(self) -> Floats:
        """Sum, in each pattern, the distances over all ordered pairs of coders, by raters less one."""
        rows, rated = self.patterns.rows, self.patterns.rated
        summed = np.zeros(len(rows))
        for first, second in combinations(range(self.patterns.coders), PAIR):
            a, b = rows[:, first], rows[:, second]
            differing = np.flatnonzero(rated[:, first] & rated[:, second] & (a != b))
            summed[differing] += 2 * self.distances.between(a[differing], b[differing])
        return np.asarray(summed / (self.patterns.raters - 1))

    @cached_property
    def chance(self) -> Floats:
        """Sum, in each pattern, the distances of its ratings from all ratings."""
        summed = self.distances.summed(self.used)
        rows, rated = self.patterns.rows, self.patterns.rated
        return np.asarray(np.where(rated, summed[np.where(rated, rows, 0)], 0).sum(axis=1))

    @cached_property
    def used(self) -> Floats:
        """How many ratings are of each category."""
        rows, rated = self.patterns.rows, self.patterns.rated
        units = np.broadcast_to(self.patterns.units[:, None], rows.shape)
        return np.bincount(rows[rated], weights=units[rated], minlength=self.categories).astype(np.float64)

    def coefficient(self) -> Coefficient:
        """Give alpha with its standard error."""
        units, raters = self.patterns.units, self.patterns.raters
        n, total, expected = int(units.sum()), int(units @ raters), float(units @ self.chance)
        value = float(alpha_from(self, self.patterns.own, np.array([expected]))[0])
        if np.isnan(value):
            return Coefficient(value, value, n)
        # What each unit takes from alpha. As in Gwet's software, the chance part has alpha's weight before its
        # small-sample term.
        raw = (1 - value) * total / (total - 1)
        share = n * raters / total
        linear = (
            n * self.within * total / expected - (1 - value) * share + 2 * raw * (share - n * self.chance / expected)
        )
        return Coefficient(value, standard_error(mean_variance(linear, float(units @ linear) / n, units)), n)


def alpha(
    ratings: Ratings | Patterns, metric: Metric = "nominal", *, values: npt.NDArray[np.floating] | None = None
) -> Coefficient:
    """Measure agreement of `ratings` (units x coders, category numbers from 0, negative: missing).

    `values` gives the number of each category, for the metrics `interval` and `ratio`; without it, a category's place
    is its number. `ordinal` takes categories as ordered by their numbers.
    """
    paired = paired_of(ratings)
    size = paired.categories
    places = np.arange(size, dtype=np.float64) if values is None else np.asarray(values, np.float64)[:size]
    used = Disagreement(paired, Table(np.zeros((size, size))), size).used
    return Disagreement(paired, Table(_distances(metric, used, places)), size).coefficient()


def alpha_of(patterns: Patterns, weights: Floats) -> Floats:
    """Give nominal alpha under each replicate's weights."""
    paired, kept = patterns.where(patterns.paired), weights[:, patterns.paired]
    apart = Disagreement(paired, Table(1 - np.eye(paired.categories)), paired.categories)
    used = kept @ paired.counts
    return alpha_from(apart, kept, (apart.distances.summed(used) * used).sum(axis=1))


def alpha_from(apart: Disagreement, weights: Floats, expected: Floats) -> Floats:
    """Give alpha under each replicate's weights, from the distances summed over all pairs of ratings."""
    total = weights @ apart.patterns.raters
    return np.asarray(1 - (total - 1) * ratio(weights @ apart.within, expected))


def paired_of(ratings: Ratings | Patterns) -> Patterns:
    """Give the patterns of units with two ratings or more."""
    patterns = patterns_of(ratings)
    return patterns.where(patterns.paired)


def _distances(metric: Metric, used: Floats, values: Floats) -> Floats:
    """Square the differences of all pairs of categories."""
    first, second = values[:, None], values[None, :]
    if metric == "nominal":
        return 1 - np.eye(len(used))
    if metric == "interval":
        return np.asarray((first - second) ** 2)
    if metric == "ratio":
        total = first + second
        return np.asarray(np.divide(first - second, total, out=np.zeros_like(total), where=total != 0) ** 2)
    # The ratings between two ranks, half of each rank's own included.
    middle = np.cumsum(used) - used / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)
