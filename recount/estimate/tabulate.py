"""Count respondents by code for everyone and for each level of each group, in one pass over the answers.

The groups are crossed once into cells; a question is then counted by cell and code with one `numpy.bincount` per power
of the weight, and the small table of cells is added up to the levels of each group. Sums are taken in the order of
the rows, so that two builds agree to the last bit.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recount.estimate.design.counting import Counting
from recount.estimate.design.spread import Spread, beside

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Panel:
    """Everyone (no group), or those of one level of one group."""

    group: str = ""
    level: str = ""


@dataclass(frozen=True)
class Counts:
    """Respondents, sums of their weights and of their squared weights; each of shape (panels, codes).

    `spread` holds the sums by sampling unit, where the wave declares how its respondents were drawn. `squared` is then
    not counted (nan) unless each respondent is a unit.
    """

    n: Floats
    weighted: Floats
    squared: Floats
    spread: Spread | None = None

    def __add__(self, other: "Counts") -> "Counts":
        """Add the counts of other respondents."""
        spread = self.spread + other.spread if self.spread and other.spread else None
        return Counts(self.n + other.n, self.weighted + other.weighted, self.squared + other.squared, spread)

    def pick(self, codes: list[int]) -> "Counts":
        """Keep the codes named, in that order."""
        spread = self.spread.pick(codes) if self.spread else None
        return Counts(self.n[:, codes], self.weighted[:, codes], self.squared[:, codes], spread)

    def sum(self, codes: list[int]) -> "Counts":
        """Add the codes named up to one."""
        kept = self.pick(codes)
        n, weighted, squared = (_across(part) for part in (kept.n, kept.weighted, kept.squared))
        return Counts(n, weighted, squared, kept.spread.sum() if kept.spread else None)

    def first(self, panels: int | None) -> "Counts":
        """Keep the first so many panels; all of them where the number is None."""
        spread = self.spread.panels(panels) if self.spread else None
        return Counts(self.n[:panels], self.weighted[:panels], self.squared[:panels], spread)

    @property
    def effective(self) -> Floats:
        """The effective number of respondents, (sum w)^2 / sum w^2 (Kish 1965, 11.7); 0 where there are none."""
        return np.divide(self.weighted**2, self.squared, out=np.zeros_like(self.squared), where=self.squared > 0)


@dataclass(frozen=True)
class Sample:
    """The respondents of one wave, ready to be counted.

    `levels[g]` is the level of each respondent in group g, -1 for none; `cells` the crossing of all groups, and
    `cell_levels[g]` the level of each cell. `weights` is None where the wave has none. `counting` takes sums by
    sampling unit, where the wave declares how its respondents were drawn. `counted` counts everyone, where these
    are a piece of them.
    """

    panels: tuple[Panel, ...]
    sizes: tuple[int, ...]
    levels: tuple[Codes, ...]
    cells: Codes
    cell_levels: tuple[Codes, ...]
    weights: Floats | None
    squares: Floats | None
    counting: Counting | None = None
    counted: Counts | None = None
    _scaled: dict[int, Codes] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.cells) if self.counted is None else int(self.counted.n[0, 0])

    def count(self, codes: NDArray[np.integer], size: int) -> Counts:
        """Count by panel and code.

        Args:
            codes: one per respondent, 0 to size - 1.
            size: how many codes there are.
        """
        if size not in self._scaled:
            self._scaled[size] = self.cells * size
        index = self._scaled[size] + codes
        n = self._by_panel(index, size, None)
        if self.counting is not None:
            return self._drawn(n, index, codes, size)
        if self.weights is None or self.squares is None:
            return Counts(n, n, n)
        return Counts(n, self._by_panel(index, size, self.weights), self._by_panel(index, size, self.squares))

    def _drawn(self, n: Floats, index: Codes, codes: NDArray[np.integer], size: int) -> Counts:
        """The same with the sums by sampling unit, from which the weighted ones follow but for replicates."""
        if self.counting is None:
            raise TypeError("there is no drawing to count by")
        spread = self.counting.spread(codes, size)
        replicated = self.counting.replicates is not None
        weighted = self._by_panel(index, size, self.weights) if replicated else spread.sums.sum(axis=1)
        squared = np.full_like(n, np.nan) if spread.squares is None else spread.squares.sum(axis=1)
        return Counts(n, weighted, squared, spread)

    def count_flag(self, flag: Flags) -> Counts:
        """Count those for whom the flag is true; shape (panels, 1)."""
        if flag.all():
            return self.everyone
        return self.count(flag.view(np.int8), 2).pick([1])

    @cached_property
    def everyone(self) -> Counts:
        """All respondents, whatever they were asked; shape (panels, 1)."""
        return self.counted or self.count(np.zeros(len(self), dtype=np.int8), 1)

    @cached_property
    def members(self) -> list[Codes]:
        """The positions of the respondents of each panel, in the order of `panels`."""
        found = [np.arange(len(self))]
        for levels, size in zip(self.levels, self.sizes, strict=True):
            order = np.argsort(levels.astype(np.int32), kind="stable")
            bounds = np.searchsorted(levels[order], np.arange(size + 1))
            found += [order[bounds[level] : bounds[level + 1]] for level in range(size)]
        return found

    def _by_panel(self, index: Codes, size: int, weights: Floats | None) -> Floats:
        cells = len(self.cell_levels[0]) if self.cell_levels else 1
        table = np.bincount(index, weights=weights, minlength=cells * size).astype(np.float64).reshape(cells, size)
        parts = [_added(table, np.zeros(cells, dtype=np.intp), 1)]
        for levels, levels_here in zip(self.cell_levels, self.sizes, strict=True):
            # Those of no level are added into a row of their own, which is dropped.
            parts.append(_added(table, np.where(levels < 0, levels_here, levels), levels_here + 1)[:-1])
        return np.vstack(parts)


def joined(columns: list[Counts]) -> Counts:
    """Put counts beside each other."""
    spreads = [each.spread for each in columns if each.spread is not None]
    return Counts(
        np.hstack([each.n for each in columns]),
        np.hstack([each.weighted for each in columns]),
        np.hstack([each.squared for each in columns]),
        beside(spreads) if spreads else None,
    )


def sample(groups: dict[str, tuple[tuple[str, ...], Codes]], weights: Floats | None, size: int) -> Sample:
    """Make the sample of `size` respondents from each group's level ids and each respondent's level (-1: none)."""
    panels = [Panel()]
    for group, (ids, _) in groups.items():
        panels += [Panel(group, level) for level in ids]
    levels = tuple(codes.astype(np.intp) for _, codes in groups.values())
    sizes = tuple(len(ids) for ids, _ in groups.values())
    cells, cell_levels = _crossed(levels, sizes, size)
    squares = weights * weights if weights is not None else None
    return Sample(tuple(panels), sizes, levels, cells, cell_levels, weights, squares)


def _crossed(levels: tuple[Codes, ...], sizes: tuple[int, ...], size: int) -> tuple[Codes, tuple[Codes, ...]]:
    """Number the combinations of levels that occur; renumbered after each group, so that no product overflows."""
    cells = np.zeros(size, dtype=np.intp)
    kept: list[Codes] = []
    for codes, count in zip(levels, sizes, strict=True):
        joint = cells * (count + 1) + (codes + 1)
        distinct, cells = _renumbered(joint, (int(cells.max(initial=0)) + 1) * (count + 1))
        kept = [earlier[distinct // (count + 1)] for earlier in kept] + [distinct % (count + 1) - 1]
    return cells, tuple(kept)


def _renumbered(codes: Codes, bound: int) -> tuple[Codes, Codes]:
    """The distinct codes in order, and each code's place among them; without sorting where the bound is small."""
    if bound > max(4 * len(codes), 1 << 16):
        distinct, places = np.unique(codes, return_inverse=True)
        return distinct, places
    distinct = np.flatnonzero(np.bincount(codes, minlength=bound))
    places = np.zeros(bound, dtype=np.intp)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[codes]


def _added(table: Floats, rows: Codes, size: int) -> Floats:
    """Add the rows of the table that share a number; by bincount, whose order of adding is fixed."""
    codes = table.shape[1]
    index = (rows[:, None] * codes + np.arange(codes)).ravel()
    added = np.bincount(index, weights=table.ravel(), minlength=size * codes)
    return added.astype(np.float64).reshape(size, codes)


def _across(part: Floats) -> Floats:
    total = np.zeros((part.shape[0], 1))
    for column in range(part.shape[1]):
        total[:, 0] += part[:, column]
    return total
