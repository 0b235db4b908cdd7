"""Krippendorff's alpha: for categories, ranks, intervals, ratios, and for sets of codes.

Alpha is 1 less the ratio of the disagreement observed within units to the one expected if the ratings were dealt out by
chance (Krippendorff 2011, "Computing Krippendorff's alpha-reliability"). Any number of coders, any ratings may be
missing; a unit with one rating tells nothing and is left out. Alpha is not a number where no two ratings differ.

The standard error is the linearised one over units of Gwet (2014, Handbook of Inter-Rater Reliability, 4th ed., ch. 5),
written in distances: the units are a sample of the answers that could have been coded twice.
"""

from collections.abc import Callable
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from recount.coding.agreement import (
    NOT_ESTIMABLE,
    PAIR,
    Coefficient,
    Floats,
    Ratings,
    Whole,
    mean_variance,
    standard_error,
)

Metric = Literal["nominal", "ordinal", "interval", "ratio"]
SetDistance = Literal["masi", "jaccard"]
Members = npt.NDArray[np.bool_]
Between = Callable[[Ratings, Ratings], Floats]

# Distances between all sets are computed for this many sets at a time, so that memory stays small.
BLOCK = 512


def alpha(ratings: Ratings, metric: Metric = "nominal", *, values: Floats | None = None) -> Coefficient:
    """Measure agreement of `ratings` (units x coders, category numbers from 0, negative: missing).

    `values` gives the number of each category, for the metrics `interval` and `ratio`; without it, a category's place
    is its number. `ordinal` takes categories as ordered by their numbers.
    """
    paired = _paired(ratings)
    used = np.bincount(paired[paired >= 0])
    places = np.arange(len(used), dtype=np.float64) if values is None else np.asarray(values, np.float64)[: len(used)]
    distances = _distances(metric, used, places)
    return _alpha(paired, used, lambda a, b: distances[a, b], (distances * used).sum(axis=1))


def alpha_of_sets(ratings: Ratings, members: Members, distance: SetDistance = "masi") -> Coefficient:
    """Measure agreement on sets of codes: alpha with MASI (Passonneau 2006) or the Jaccard distance.

    `ratings` holds numbers of sets (units x coders, negative: missing), `members` says which codes are in a set (sets x
    codes); no set is empty.
    """
    paired = _paired(ratings)
    used = np.bincount(paired[paired >= 0], minlength=len(members))
    between = masi if distance == "masi" else jaccard

    def of_numbers(a: Ratings, b: Ratings) -> Floats:
        return between(*_overlap(members, a, b))

    return _alpha(paired, used, of_numbers, _expected_of_sets(members, used, between))


def masi(shared: Floats, first: Floats, second: Floats) -> Floats:
    """Give MASI's distance of sets from the sizes of their intersection and of each (Passonneau 2006).

    1 less Jaccard's index, which is weighted by 1 for equal sets, 2/3 for one within the other, 1/3 for an overlap, and
    0 for none. The weights are thirds; rounded to .67 and .33 they gave other distances in older software.
    """
    within = (shared == first) | (shared == second)
    equal = (shared == first) & (shared == second)
    return np.asarray(1 - shared / (first + second - shared) * (1 + within + equal) / 3)


def jaccard(shared: Floats, first: Floats, second: Floats) -> Floats:
    """Give Jaccard's distance of sets from the sizes of their intersection and of each."""
    return 1 - shared / (first + second - shared)


def _paired(ratings: Ratings) -> Ratings:
    paired: Ratings = ratings[(ratings >= 0).sum(axis=1) >= PAIR]
    return paired


def _alpha(paired: Ratings, used: Whole, between: Between, expected: Floats) -> Coefficient:
    """Compute alpha from the distances within units and, for each category, its distance summed over all ratings."""
    rated = paired >= 0
    everything = float((used * expected).sum())
    if not everything:
        return Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, len(paired))
    raters = rated.sum(axis=1)
    within = _within(paired, rated, between) / (raters - 1)
    total = int(raters.sum())
    ratio = float(within.sum()) * (total - 1) / everything
    units = len(paired)
    share = units * raters / total
    chance = units * np.where(rated, expected[np.where(rated, paired, 0)], 0).sum(axis=1) / everything
    # What each unit takes from alpha. As in Gwet's software, the chance part has alpha's weight before its small-sample
    # term.
    raw = ratio * total / (total - 1)
    linear = units * within * total / everything - ratio * share + 2 * raw * (share - chance)
    return Coefficient(1 - ratio, standard_error(mean_variance(linear, float(linear.mean()))), units)


def _within(paired: Ratings, rated: npt.NDArray[np.bool_], between: Between) -> Floats:
    """Sum, in each unit, the distances over all ordered pairs of coders."""
    summed = np.zeros(len(paired))
    for first, second in combinations(range(paired.shape[1]), PAIR):
        a, b = paired[:, first], paired[:, second]
        differing = np.flatnonzero(rated[:, first] & rated[:, second] & (a != b))
        summed[differing] += 2 * between(a[differing], b[differing])
    return summed


def _distances(metric: Metric, used: Whole, values: Floats) -> Floats:
    """Square the differences of all pairs of categories."""
    first, second = values[:, None], values[None, :]
    if metric == "nominal":
        return np.not_equal(np.arange(len(used))[:, None], np.arange(len(used))).astype(np.float64)
    if metric == "interval":
        return np.asarray((first - second) ** 2)
    if metric == "ratio":
        total = first + second
        return np.asarray(np.divide(first - second, total, out=np.zeros_like(total), where=total != 0) ** 2)
    # The ratings between two ranks, half of each rank's own included.
    middle = np.cumsum(used) - used / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _overlap(members: Members, a: Ratings, b: Ratings) -> tuple[Floats, Floats, Floats]:
    """The sizes of the intersection and of each set, for many pairs of which few are distinct."""
    pairs, places = np.unique(a.astype(np.int64) * len(members) + b, return_inverse=True)
    first, second = members[pairs // len(members)], members[pairs % len(members)]
    sizes = ((first & second).sum(axis=1), first.sum(axis=1), second.sum(axis=1))
    shared, one, other = (size.astype(np.float64)[places] for size in sizes)
    return shared, one, other


def _expected_of_sets(members: Members, used: Whole, between: Callable[[Floats, Floats, Floats], Floats]) -> Floats:
    """Sum each used set's distances over all ratings. Counts below 2**24 are exact in float32, in whatever order."""
    present = np.flatnonzero(used)
    codes = members[present].astype(np.float32)
    sizes = codes.sum(axis=1).astype(np.float64)
    summed = np.zeros(len(members))
    for start in range(0, len(present), BLOCK):
        part = slice(start, start + BLOCK)
        shared = (codes[part] @ codes.T).astype(np.float64)
        distances = between(shared, sizes[part, None], sizes[None, :])
        summed[present[part]] = (distances * used[present]).sum(axis=1)
    return summed
