"""Krippendorff's alpha for sets of codes: the distances between sets, and alpha's bootstrap at any number of sets."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import numpy.typing as npt

from recount.coding.alpha import Disagreement, alpha_from, paired_of
from recount.coding.coefficient import Coefficient
from recount.coding.patterns import Floats, Patterns, Ratings

SetDistance = Literal["masi", "jaccard"]
Members = npt.NDArray[np.bool_]
Between = Callable[[Floats, Floats, Floats], Floats]

# Distances between all sets are computed for so many by so many at a time: a tile stays in the processor's cache.
BLOCK = 256
# Up to so many sets the bootstrap takes the expected disagreement as it is, in each replicate.
EXACT = 2_000
# A table of patterns and sets as large as this is not made: each replicate is counted by itself.
DENSE = 1_000_000


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


DISTANCES: dict[SetDistance, Between] = {"masi": masi, "jaccard": jaccard}


@dataclass(frozen=True)
class OfSets:
    """Distances between sets, whose `members` (sets x codes) say which codes are in each."""

    members: Members
    distance: Between

    def between(self, first: Ratings, second: Ratings) -> Floats:
        """Give the distances of many pairs of sets, of which few are distinct."""
        pairs, places = np.unique(first.astype(np.int64) * len(self.members) + second, return_inverse=True)
        one, other = self.members[pairs // len(self.members)], self.members[pairs % len(self.members)]
        sizes = ((one & other).sum(axis=1), one.sum(axis=1), other.sum(axis=1))
        return np.asarray(self.distance(*(size.astype(np.float64) for size in sizes))[places])

    def summed(self, used: Floats) -> Floats:
        """Sum each used set's distances over all ratings."""
        present = np.flatnonzero(used)
        tiles = [present[start : start + BLOCK] for start in range(0, len(present), BLOCK)]
        summed = np.zeros(len(self.members))
        for place, rows in enumerate(tiles):
            summed[rows] += self.table(rows, rows) @ used[rows]
            # A distance is the same in both directions, so each pair of tiles is computed once.
            for columns in tiles[place + 1 :]:
                table = self.table(rows, columns)
                summed[rows] += table @ used[columns]
                summed[columns] += used[rows] @ table
        return summed

    def table(self, rows: npt.NDArray[np.intp], columns: npt.NDArray[np.intp]) -> Floats:
        """Give the distances of some sets from others. Counts below 2**24 are exact in float32, in whatever order."""
        one, other = (self.members[places].astype(np.float32) for places in (rows, columns))
        sizes = (each.sum(axis=1, dtype=np.float64) for each in (one, other))
        first, second = sizes
        return self.distance((one @ other.T).astype(np.float64), first[:, None], second[None, :])


@dataclass(frozen=True)
class SetAgreement:
    """Agreement on sets of codes: alpha with MASI (Passonneau 2006) or the Jaccard distance.

    `patterns` holds numbers of sets (patterns x coders, negative: missing), each of two ratings or more; `members` says
    which codes are in a set (sets x codes); no set is empty.
    """

    patterns: Patterns
    members: Members
    distance: SetDistance = "masi"

    @cached_property
    def apart(self) -> Disagreement:
        """The distances within units and between all."""
        return Disagreement(self.patterns, OfSets(self.members, DISTANCES[self.distance]), len(self.members))

    def drawn(self, weights: Floats) -> Floats:
        """Give alpha under each replicate's weights of the patterns.

        Where there are very many sets, the disagreement expected by chance is taken to the first order in what was
        drawn: the rest is smaller by the number of ratings.
        """
        if len(self._present) > EXACT:
            own = float(self.patterns.units @ self.apart.chance)
            return alpha_from(self.apart, weights, 2 * (weights @ self.apart.chance) - own)
        used = self._used(weights)
        return alpha_from(self.apart, weights, ((used @ self._table) * used).sum(axis=1))

    @cached_property
    def _present(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self.apart.used)

    @cached_property
    def _table(self) -> Floats:
        return OfSets(self.members, DISTANCES[self.distance]).table(self._present, self._present)

    @cached_property
    def _numbered(self) -> tuple[Ratings, npt.NDArray[np.intp]]:
        """For each rating its set, by its place among those present, and its pattern."""
        patterns, coders = np.nonzero(self.patterns.rated)
        return np.searchsorted(self._present, self.patterns.rows[patterns, coders]), patterns

    def _used(self, weights: Floats) -> Floats:
        """How often each set was given, in each replicate."""
        sets, patterns = self._numbered
        size = len(self._present)
        if size * len(self.patterns.units) > DENSE:
            counted = [np.bincount(sets, weights=each[patterns], minlength=size) for each in weights]
            return np.stack(counted).astype(np.float64)
        table = np.zeros((len(self.patterns.units), size))
        np.add.at(table, (patterns, sets), 1)
        return np.asarray(weights @ table)


def alpha_of_sets(ratings: Ratings | Patterns, members: Members, distance: SetDistance = "masi") -> Coefficient:
    """Measure agreement of `ratings` (units x coders, numbers of sets, negative: missing) on sets of codes."""
    return SetAgreement(paired_of(ratings), members, distance).apart.coefficient()
