"""Weighted sums by sampling unit: what a linearised variance is made from.

A share, a mean or a net is a ratio of two weighted sums. Its linearised variable, of one unit, is the unit's part less
the ratio times the unit's base, over the whole base (Woodruff 1971; Särndal, Swensson and Wretman 1992, section 5.6);
its variance that of the total of this variable. So a table of sums by unit, panel and code is all that is needed of
the respondents; where each respondent is a unit, the sums of weights and squared weights by stratum are as good.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from recount.estimate.design.drawing import Drawing, Floats
from recount.estimate.design.replicates import Replicates


@dataclass(frozen=True)
class Spread:
    """Sums of the weights by unit, panel and code, of shape (panels, units, codes).

    Units are PSUs; strata where no clusters were drawn, with the sums of the squared weights beside; or replicates.
    Codes that are picked from one `Spread` are disjoint: a respondent has one code. `explained`, of the same shape, is
    the part of the sums that margins explain which the weights were made to fit: it does not vary.
    """

    sums: Floats
    squares: Floats | None
    design: Drawing | Replicates
    explained: Floats | None = None

    def __add__(self, other: "Spread") -> "Spread":
        """Add the sums of other respondents who were drawn in the same way; not where margins explain a part."""
        squares = None if self.squares is None or other.squares is None else self.squares + other.squares
        return Spread(self.sums + other.sums, squares, self.design)

    @property
    def varying(self) -> Floats:
        """The part of the sums that varies from sample to sample."""
        return self.sums if self.explained is None else self.sums - self.explained

    def pick(self, codes: list[int]) -> "Spread":
        """Keep the codes named, in that order."""
        return self._each(lambda sums: sums[..., codes])

    def sum(self) -> "Spread":
        """Add all codes up to one."""
        return self._each(lambda sums: np.asarray(sums.sum(axis=-1, keepdims=True)))

    def panels(self, count: int | None) -> "Spread":
        """Keep the first so many panels."""
        return self._each(lambda sums: sums[:count])

    def at(self, places: list[int]) -> "Spread":
        """Keep the panels at these places, in that order."""
        return self._each(lambda sums: sums[places])

    def together(self) -> "Spread":
        """Add panels that have no respondent in common, and their codes, up to one."""
        return self._each(lambda sums: np.asarray(sums.sum(axis=(0, 2), keepdims=True)[0][None]))

    def variance_of_share(self, base: "Spread", share: Floats) -> Floats:
        """Give the variance of each code's share of a base that its respondents belong to.

        Args:
            base: the sums of the base, one code.
            share: the shares, of shape (panels, codes).
        """
        if isinstance(self.design, Replicates):
            return self.design.variance(_ratio(self.sums, base.sums), share)
        whole, p = _whole(base), share[:, None, :]
        off = self.varying - p * base.varying
        if self.squares is None or base.squares is None:
            return _of_units(self.design, off) / whole**2
        squared = self.squares * (1 - 2 * p) + p**2 * base.squares
        return self.design.variance(off, squared) / whole**2

    def variance_of_difference(self, base: "Spread", share: Floats, first: list[int], second: list[int]) -> Floats:
        """Give the variance of the shares of some panels less those of others that share no respondent with them.

        The linearised variables of both shares, one less the other, unit by unit: what the panels have in common by
        their clusters, strata or margins is in it (Särndal, Swensson and Wretman 1992, section 5.6).

        Args:
            base: the sums of the base, one code.
            share: the shares, of shape (panels, codes).
            first: the places of the panels that are subtracted from.
            second: the places of those that are subtracted; of each pair one.

        Returns:
            Shape (pairs, codes).
        """
        if isinstance(self.design, Replicates):
            each = _ratio(self.sums, base.sums)
            return self.design.variance(each[first] - each[second], share[first] - share[second])
        whole, p = _whole(base)[:, None, :], share[:, None, :]
        off = (self.varying - p * base.varying) / whole
        apart = off[first] - off[second]
        if self.squares is None or base.squares is None:
            return _of_units(self.design, apart)
        squared = (self.squares * (1 - 2 * p) + p**2 * base.squares) / whole**2
        return self.design.variance(apart, squared[first] + squared[second])

    def variance_of_mean(self, values: Floats, mean: Floats) -> Floats:
        """Give the variance of the mean of a value that each code stands for; shape (panels, 1).

        Args:
            values: of shape (codes,), or (panels, codes) where they differ.
            mean: of shape (panels, 1).
        """
        if isinstance(self.design, Replicates):
            each = np.broadcast_to(values, (len(self.sums), self.sums.shape[-1]))[:, None, :]
            above, below = ((self.sums * factor).sum(axis=-1, keepdims=True) for factor in (each, 1.0))
            return self.design.variance(_ratio(above, below), mean)
        from_mean = (values - mean)[:, None, :]
        off = (from_mean * self.varying).sum(axis=-1, keepdims=True)
        whole = _whole(self.sum())
        if self.squares is None:
            return _of_units(self.design, off) / whole**2
        squared = (from_mean**2 * self.squares).sum(axis=-1, keepdims=True)
        return self.design.variance(off, squared) / whole**2

    def degrees(self, n: Floats) -> Floats:
        """Give the degrees of freedom of each panel: PSUs less strata that have anybody in it; shape (panels, 1).

        `n` counts the respondents of each panel, which are the PSUs where no clusters were drawn.
        """
        if isinstance(self.design, Replicates):
            return np.full(n.shape, float(self.design.degrees))
        held = self.sums.sum(axis=-1) > 0
        strata = (self.design.by_stratum(held.astype(np.float64)[..., None]) > 0).sum(axis=1)
        units = held.sum(axis=1)[:, None] if self.design.clustered else n
        return np.asarray(units - strata, dtype=np.float64)

    def _each(self, kept: Callable[[Floats], Floats]) -> "Spread":
        squares, explained = (None if each is None else kept(each) for each in (self.squares, self.explained))
        return Spread(kept(self.sums), squares, self.design, explained)


def beside(spreads: list[Spread]) -> Spread:
    """Put the codes of several spreads beside each other."""
    squares = [each.squares for each in spreads if each.squares is not None]
    explained = [each.explained for each in spreads if each.explained is not None]
    return Spread(
        np.concatenate([each.sums for each in spreads], axis=-1),
        np.concatenate(squares, axis=-1) if squares else None,
        spreads[0].design,
        np.concatenate(explained, axis=-1) if explained else None,
    )


def _of_units(design: Drawing, off: Floats) -> Floats:
    return design.variance(design.by_stratum(off), design.by_stratum(off * off))


def _whole(base: Spread) -> Floats:
    whole: Floats = base.sums.sum(axis=1)
    return np.where(whole > 0, whole, np.nan)


def _ratio(part: Floats, base: Floats) -> Floats:
    ratio: Floats = np.divide(part, base, out=np.full(np.broadcast(part, base).shape, np.nan), where=base > 0)
    return ratio
