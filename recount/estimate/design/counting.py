"""Sums of weights by sampling unit, panel and code: one pass over the respondents for several groups at once.

Groups are crossed with each other as long as the table of units and crossed levels stays small enough for a
processor's cache; the table is then added up to the levels of each group. All respondents together are the sum of the
first table.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from recount.estimate.design.calibration import Margins, coefficients, residuals
from recount.estimate.design.drawing import Codes, Drawing, Floats, summed
from recount.estimate.design.replicates import Replicates
from recount.estimate.design.spread import Spread

# Units times crossed levels of one table; with six codes it fills three megabytes.
LARGEST = 1 << 16


@dataclass(frozen=True)
class Bundle:
    """Groups that are counted together: the cell and unit of each respondent, and the cells of each level."""

    index: Codes
    cells: int
    members: tuple[Codes, ...]
    _scaled: dict[int, Codes] = field(default_factory=dict)

    def scaled(self, size: int) -> Codes:
        """The index, times how many codes there are; made once for each number of codes."""
        if size not in self._scaled:
            self._scaled[size] = self.index * size
        return self._scaled[size]


@dataclass(frozen=True)
class Counting:
    """What the sums are taken of: the drawing, the weights, and the bundles of groups.

    With replicates, `factors` multiplies the sums of each PSU, of shape (replicates, units), or `replicated` holds
    the weights of each replicate, of shape (replicates, respondents). With `margins`, the weights were made to fit
    them: then sums are taken by PSU, of which each respondent is one where no clusters were drawn.
    """

    drawing: Drawing
    weights: Floats
    bundles: tuple[Bundle, ...]
    replicates: Replicates | None = None
    factors: Floats | None = None
    replicated: Floats | None = None
    margins: Margins | None = None
    levels: tuple[Bundle, ...] = ()

    @property
    def degrees(self) -> int:
        """The degrees of freedom of an estimate of all respondents."""
        return self.drawing.degrees if self.replicates is None else self.replicates.degrees

    def spread(self, codes: NDArray[np.integer], size: int) -> Spread:
        """Sum the weights by panel, unit and code; codes are 0 to size - 1."""
        if self.replicates is not None:
            return Spread(self._replicated(codes, size), None, self.replicates)
        if self.drawing.clustered:
            sums = self._sums(codes, size, self.weights, self.drawing.units)
            return Spread(sums, None, self.drawing, self._explained(codes, size))
        sums, squares = (
            self._sums(codes, size, weights, self.drawing.units) for weights in (self.weights, self.weights**2)
        )
        return Spread(sums, squares, self.drawing)

    def variance_of_mean(self, rows: Codes, values: Floats) -> float:
        """Give the variance of the mean of a value, of the respondents at these positions."""
        weights = self.weights[rows]
        whole = float(weights.sum())
        if not whole > 0:
            return np.nan
        mean = float(weights @ values) / whole
        if self.replicates is not None:
            pairs = [self._by_replicate(rows, part) for part in (values, np.ones(len(rows)))]
            sums = np.stack(pairs, axis=-1)[None]
            both = Spread(sums, None, self.replicates)
            return float(both.pick([0]).variance_of_share(both.pick([1]), np.array([[mean]]))[0, 0])
        influences = np.zeros(len(self.weights))
        influences[rows] = values - mean
        off = self.weights * (influences if self.margins is None else residuals(influences, self.margins))
        parts = [summed(self.drawing.psus, each, self.drawing.units)[:, None] for each in (off, off * off)]
        if self.drawing.clustered:
            parts = [self.drawing.by_stratum(each) for each in (parts[0], parts[0] ** 2)]
        return float(self.drawing.variance(*parts)[0]) / whole**2

    def _explained(self, codes: NDArray[np.integer], size: int) -> Floats | None:
        """What the margins explain of the sums by panel, unit and code (see `recount.estimate.design.calibration`)."""
        if self.margins is None:
            return None
        products = []
        for margin in self.margins.margins:
            count = len(margin.totals)
            both = codes.astype(np.intp) * count + margin.codes
            sums = self._sums(both, size * count, self.margins.before, 1, self.levels)
            products.append(sums.reshape(-1, size, count))
        stacked = np.concatenate(products, axis=-1)
        found = coefficients(self.margins, stacked.reshape(-1, stacked.shape[-1]).T)
        explained: Floats = np.einsum("um,mpk->puk", self._margins_by_unit, found.reshape(-1, len(stacked), size))
        return explained

    @cached_property
    def _margins_by_unit(self) -> Floats:
        """The weights of each PSU by category of the margins, of shape (units, categories)."""
        columns = () if self.margins is None else self.margins.columns.T
        of = self.drawing
        return np.stack([summed(of.psus, self.weights * column, of.units) for column in columns], axis=-1)

    def _by_replicate(self, rows: Codes, values: Floats) -> Floats:
        if self.replicated is not None:
            return np.array([float(weights[rows] @ values) for weights in self.replicated])
        by_unit = summed(self.drawing.psus[rows], self.weights[rows] * values, self.drawing.units)
        by_replicate: Floats = np.einsum("ru,u->r", self._of_units(), by_unit)
        return by_replicate

    def _of_units(self) -> Floats:
        if self.factors is None:
            raise TypeError("there are no replicates of units")
        return self.factors

    def _replicated(self, codes: NDArray[np.integer], size: int) -> Floats:
        if self.replicated is not None:
            each = [self._sums(codes, size, weights, 1) for weights in self.replicated]
            return np.concatenate(each, axis=1)
        sums = self._sums(codes, size, self.weights, self.drawing.units)
        replicated: Floats = np.einsum("ru,puk->prk", self._of_units(), sums)
        return replicated

    def _sums(
        self,
        codes: NDArray[np.integer],
        size: int,
        weights: Floats,
        units: int,
        bundles: tuple[Bundle, ...] | None = None,
    ) -> Floats:
        panels: list[Floats] = []
        for bundle in self.bundles if bundles is None else bundles:
            index = bundle.scaled(size) + codes
            table = summed(index, weights, bundle.cells * units * size)
            cells = table.reshape(bundle.cells, units, size)
            if not panels:
                panels.append(cells.sum(axis=0))
            panels += [cells[each].sum(axis=0) for each in bundle.members]
        return np.stack(panels)


def bundled(units: int, of_respondent: Codes, levels: tuple[Codes, ...], sizes: tuple[int, ...]) -> tuple[Bundle, ...]:
    """Bundle groups in their order, each with the ones before while the table stays small.

    Args:
        units: how many units there are.
        of_respondent: the unit of each respondent.
        levels: of each group, the level of each respondent; -1 for none.
        sizes: of each group, how many levels it has.
    """
    bundles = []
    for first, last in _runs(units, sizes):
        cells, shape = np.zeros(len(of_respondent), dtype=np.intp), [size + 1 for size in sizes[first:last]]
        for each, size in zip(levels[first:last], shape, strict=True):
            cells = cells * size + (each + 1)
        count = int(np.prod(shape, dtype=np.intp))
        # Those of no level come first in their group; they belong to everyone alone.
        of_cell = np.indices(shape).reshape(len(shape), count)
        members = [
            np.flatnonzero(place == level)
            for place, size in zip(of_cell, shape, strict=True)
            for level in range(1, size)
        ]
        bundles.append(Bundle(cells * units + of_respondent, count, tuple(members)))
    return tuple(bundles)


def _runs(units: int, sizes: tuple[int, ...]) -> list[tuple[int, int]]:
    """The first group of each bundle, and the one after its last; one bundle of nothing where there are no groups."""
    runs, first, count = [], 0, units
    for place, size in enumerate(sizes):
        if place > first and count * (size + 1) > LARGEST:
            runs.append((first, place))
            first, count = place, units
        count *= size + 1
    return [*runs, (first, len(sizes))]
