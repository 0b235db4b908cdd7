"""The distinct rows of a table of ratings, and how many units have each: all that a coefficient of agreement needs.

Coefficients are functions of `weights` (replicates x patterns): how many units have each pattern. The units' own
numbers give the value, those of resampled units its bootstrap distribution, both by the same code. A hundred thousand
answers with a code given or not by three coders are 27 patterns at most: a thousand replicates cost next to nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
import numpy.typing as npt

Ratings = npt.NDArray[np.integer]
Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

PAIR = 2
# Weights are made for as many replicates at a time as fill a table of this size.
CELLS = 4_000_000
# With more patterns than this, drawing units is faster than drawing how often each pattern comes.
MANY = 5_000


@dataclass(frozen=True)
class Patterns:
    """Distinct `rows` of ratings (patterns x coders, negative: missing), and the `units` that have each."""

    rows: Ratings
    units: Whole

    @property
    def own(self) -> Floats:
        """The weights of the units themselves: one replicate."""
        return self.units[None, :].astype(np.float64)

    @property
    def coders(self) -> int:
        """How many coders there are."""
        return int(self.rows.shape[1])

    @property
    def categories(self) -> int:
        """One more than the largest number of a category."""
        return int(self.rows.max(initial=-1)) + 1

    @cached_property
    def rated(self) -> Flags:
        """Whether each coder rated the units of each pattern."""
        return np.asarray(self.rows >= 0)

    @cached_property
    def raters(self) -> Whole:
        """How many coders rated the units of each pattern."""
        return np.asarray(self.rated.sum(axis=1), dtype=np.int64)

    @cached_property
    def paired(self) -> Flags:
        """Whether two coders or more rated the units of each pattern."""
        return np.asarray(self.raters >= PAIR)

    @property
    def pairs(self) -> int:
        """How many units two coders or more rated."""
        return int(self.units[self.paired].sum())

    @cached_property
    def alike(self) -> Floats:
        """The share of pairs of coders that agree, for each pattern; 0 where there is no pair."""
        same = np.zeros(len(self.rows), dtype=np.int64)
        # Pair by pair: sets of codes are many categories, and a table of them would not fit into memory.
        for first, second in combinations(range(self.coders), PAIR):
            same += (self.rows[:, first] == self.rows[:, second]) & self.rated[:, first]
        return np.asarray(same / np.maximum(self.raters * (self.raters - 1) / 2, 1))

    @cached_property
    def counts(self) -> Floats:
        """How many coders gave each category to the units of each pattern."""
        return np.asarray(self.given.sum(axis=1))

    @cached_property
    def given(self) -> Floats:
        """Whether a coder gave a category (patterns x coders x categories), as 0 and 1."""
        return np.asarray(self.rows[:, :, None] == np.arange(self.categories), dtype=np.float64)

    def where(self, chosen: Flags) -> "Patterns":
        """Keep some of the patterns."""
        return Patterns(self.rows[chosen], self.units[chosen])


def patterns_of(ratings: "Ratings | Patterns") -> Patterns:
    """Count the distinct rows of ratings (units x coders); rows that nobody rated are left out."""
    if isinstance(ratings, Patterns):
        return ratings
    rated = ratings[(ratings >= 0).any(axis=1)]
    base, coders = int(rated.max(initial=-1)) + 2, rated.shape[1]
    if base**coders > np.iinfo(np.int64).max:
        rows, units = np.unique(rated, axis=0, return_counts=True)
        return Patterns(rows, units.astype(np.int64))
    # A row as one number, of which its ratings are the digits: sorting numbers is much faster than sorting rows.
    places = base ** np.arange(coders, dtype=np.int64)
    numbers, units = _distinct((np.maximum(rated, -1) + 1) @ places, base**coders)
    return Patterns(numbers[:, None] // places % base - 1, units)


def _distinct(numbers: Whole, limit: int) -> tuple[Whole, Whole]:
    """Distinct numbers below a limit, ascending, and how often each occurs."""
    if limit <= max(len(numbers), 1):
        counted = np.bincount(numbers, minlength=limit)
        return np.flatnonzero(counted), counted[counted > 0]
    return np.unique(numbers, return_counts=True)


def resampled(patterns: Patterns, replicates: int, random: np.random.Generator) -> Iterator[Floats]:
    """Draw units with replacement, as many as there are, and count the patterns drawn; in blocks of replicates."""
    n, size = int(patterns.units.sum()), len(patterns.units)
    step = max(CELLS // max(size, 1), 1)
    for start in range(0, replicates, step):
        block = min(step, replicates - start)
        if size <= MANY:
            yield random.multinomial(n, patterns.units / n, size=block).astype(np.float64)
        else:
            of_units = np.repeat(np.arange(size), patterns.units)
            yield np.stack([_drawn(of_units, size, random) for _ in range(block)])


def _drawn(of_units: Whole, size: int, random: np.random.Generator) -> Floats:
    return np.bincount(of_units[random.integers(len(of_units), size=len(of_units))], minlength=size).astype(np.float64)
