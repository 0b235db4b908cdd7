"""Kappa pooled over codes: how far coders agree on a question, or a whole wave, as one number.

The mean over codes of the agreement observed, beyond the mean of that expected by chance (De Vries, Elliott, Kanouse
and Teleki 2008, "Using pooled kappa to summarize interrater agreement across many items"). A code that nobody gave adds
nothing. It is steadier than the mean of the codes' kappas, of which those of rare codes swing widely.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from recount.coding.coefficient import Coefficient, ratio
from recount.coding.patterns import PAIR, Floats, Patterns
from recount.coding.set_alpha import Members


@dataclass(frozen=True)
class Sums:
    """What is divided for percent agreement on whole sets, and for pooled kappa, in each replicate."""

    alike: Floats
    units: Floats
    above: Floats
    below: Floats

    @property
    def percent(self) -> Floats:
        """The share of answers with the same set of codes, of pairs of coders where there are more than two."""
        return ratio(self.alike, self.units)

    @property
    def kappa(self) -> Floats:
        """Kappa pooled over the codes."""
        return ratio(self.above, self.below)


@dataclass(frozen=True)
class Given:
    """Which codes each coder gave: numbers of sets (patterns x coders), and the members of the sets (sets x codes)."""

    patterns: Patterns
    members: Members

    def sums(self, weights: Floats) -> Sums:
        """Add up over codes, under each replicate's weights of the patterns."""
        units = weights @ self.patterns.paired
        expected = self._expected(weights.astype(np.float32))
        observed = ratio(weights @ self._alike, units)
        codes = self.members.shape[1]
        return Sums(weights @ self.patterns.alike, units, observed - expected, codes - expected)

    @cached_property
    def _alike(self) -> Floats:
        """The number of codes on which a pair of coders agrees, whether given or not; averaged over the pairs."""
        rows, rated = self.patterns.rows, self.patterns.rated
        summed = np.zeros(len(rows))
        for first, second in combinations(range(self.patterns.coders), PAIR):
            both = rated[:, first] & rated[:, second]
            same = self.members[rows[:, first]] == self.members[rows[:, second]]
            summed += np.where(both, same.sum(axis=1), 0)
        raters = self.patterns.raters
        return np.asarray(summed / np.maximum(raters * (raters - 1) / 2, 1))

    @cached_property
    def _by_coder(self) -> list[np.ndarray]:
        """For each coder, which codes each pattern has (patterns x codes), as 0 and 1."""
        coders = zip(self.patterns.rows.T, self.patterns.rated.T, strict=True)
        return [(self.members[rows] & rated[:, None]).astype(np.float32) for rows, rated in coders]

    def _expected(self, weights: np.ndarray) -> Floats:
        """The agreement expected by chance, summed over codes, averaged over the pairs of coders who rated anything."""
        rated = weights @ self.patterns.rated.astype(np.float32)
        shares = [(weights @ each).astype(np.float64) / np.maximum(n, 1)[:, None] for each, n in self._counted(rated)]
        pairs, summed = np.zeros(len(weights)), np.zeros(len(weights))
        for (first, a), (second, b) in combinations(enumerate(shares), PAIR):
            busy = (rated[:, first] > 0) & (rated[:, second] > 0)
            summed += busy * (a * b + (1 - a) * (1 - b)).sum(axis=1)
            pairs += busy
        return ratio(summed, pairs)

    def _counted(self, rated: np.ndarray) -> Iterable[tuple[np.ndarray, Floats]]:
        return zip(self._by_coder, rated.astype(np.float64).T, strict=True)


def below(blocks: list[Sums]) -> Sums:
    """Put the replicates of several blocks one below the other."""
    columns = ([np.empty(0), *(getattr(each, name) for each in blocks)] for name in Sums.__dataclass_fields__)
    return Sums(*map(np.concatenate, columns))


def joined(several: Iterable[Sums]) -> Sums:
    """Add the sums of several questions: each code counts once, each answer once; without answers none."""
    found = [each for each in several if each.units.any()]
    columns = (np.sum([getattr(each, name) for each in found], axis=0) for name in Sums.__dataclass_fields__)
    return Sums(*(np.atleast_1d(column).astype(np.float64) for column in columns))


def coefficients(own: Sums, drawn: Sums) -> dict[str, Coefficient]:
    """Give percent agreement and pooled kappa; neither has a formula for its standard error that is in use."""
    n = int(own.units.sum())
    return {
        name: Coefficient(float(getattr(own, name)[0]), float("nan"), n, getattr(drawn, name))
        for name in ("percent", "kappa")
    }
