"""Tests of whether two questions go together, for samples with weights, strata and clusters.

The table of shares, and the covariance of its cells by linearisation, are all that they need.
"""

from dataclasses import dataclass

import numpy as np

from recount.estimate.design.drawing import Codes, Drawing, Floats, summed
from recount.estimate.distributions import chi2_above, f_above


@dataclass(frozen=True)
class Crossed:
    """The weighted totals of a table, of shape (rows, columns), and their covariance, (cells, cells).

    `n` counts respondents; `degrees` are the degrees of freedom of the design among them. `replicated` is the
    covariance of the shares, where replicates tell it.
    """

    totals: Floats
    covariance: Floats
    n: int
    degrees: int
    replicated: Floats | None = None

    @property
    def freedom(self) -> int:
        """The degrees of freedom of independence."""
        rows, columns = int(self.totals.shape[0]), int(self.totals.shape[1])
        return (rows - 1) * (columns - 1)

    @property
    def shares(self) -> Floats:
        """The shares of the cells."""
        shares: Floats = self.totals / self.totals.sum()
        return shares

    @property
    def covariance_of_shares(self) -> Floats:
        """The covariance of the shares, by linearisation or of replicates."""
        if self.replicated is not None:
            return self.replicated
        slopes = np.eye(self.totals.size) - self.shares.ravel()[:, None]
        covariance: Floats = slopes @ self.covariance @ slopes.T / self.totals.sum() ** 2
        return covariance


@dataclass(frozen=True)
class Tested:
    """A statistic, the degrees of freedom of its numerator and (None: chi-squared) denominator, and p."""

    statistic: float
    above: float
    below: float | None
    p: float


def crossed(drawing: Drawing, weights: Floats, rows: Codes, columns: Codes) -> Crossed:
    """Cross two questions; whoever has -1 in either is outside the domain. Categories of nobody are left out."""
    inside = (rows >= 0) & (columns >= 0)
    r, c = (np.unique(codes[inside], return_inverse=True) for codes in (rows, columns))
    shape = (len(r[0]), len(c[0]))
    cells = shape[0] * shape[1]
    codes = np.full(len(weights), cells)
    codes[inside] = r[1] * shape[1] + c[1]
    sums, squares = _sums(drawing, weights, codes, cells)
    totals = sums.sum(axis=0).reshape(shape)
    covariance = drawing.covariance(sums, squares)
    return Crossed(totals, covariance, int(inside.sum()), _degrees(drawing, sums, inside))


def pearson(table: Crossed) -> float:
    """Give Pearson's X^2 of the weighted shares, on n respondents."""
    expected = _expected(table)
    return float(table.n * ((table.shares - expected) ** 2 / expected).sum())


def rao_scott_first(table: Crossed) -> Tested:
    """Test by X^2 over the mean generalised design effect, against chi-squared (Rao and Scott 1984, first order)."""
    effects = design_effects(table)
    freedom = table.freedom
    p = float(chi2_above(freedom, pearson(table) / effects.mean())) if freedom else np.nan
    return Tested(pearson(table), freedom, None, p)


def rao_scott_second(table: Crossed) -> Tested:
    """Test by X^2 with Satterthwaite's correction, as an F (Rao and Scott 1984, second order; Thomas and Rao 1987)."""
    effects = design_effects(table)
    if not table.freedom or not effects.sum() > 0:
        return Tested(np.nan, table.freedom, table.degrees, np.nan)
    above = float(effects.sum() ** 2 / (effects**2).sum())
    f = pearson(table) / float(effects.sum())
    return Tested(f, above, above * table.degrees, float(f_above(above, above * table.degrees, f)))


def wald(table: Crossed) -> Tested:
    """Test that all differences from independence are zero, against F (Koch, Freeman and Freeman 1975)."""
    freedom, below = table.freedom, table.degrees
    w = _wald(table) / freedom if freedom else np.nan
    return Tested(w, freedom, below, float(f_above(freedom, below, w)) if below > 0 else np.nan)


def wald_adjusted(table: Crossed) -> Tested:
    """Test the same with the correction for few clusters (Fellegi 1980; Thomas and Rao 1987)."""
    freedom, below = table.freedom, table.degrees - table.freedom + 1
    w = _wald(table) / freedom * below / table.degrees if freedom and below > 0 else np.nan
    return Tested(w, freedom, below, float(f_above(freedom, below, w)) if below > 0 else np.nan)


def design_effects(table: Crossed) -> Floats:
    """Give the generalised design effects of independence (Rao and Scott 1981, section 3), the largest first."""
    rows, columns = table.shares.shape
    contrasts = _contrasts(rows, columns)
    p = table.shares.ravel()
    inverse = np.divide(1.0, p, out=np.zeros_like(p), where=p > 0)
    simple = contrasts.T @ (inverse[:, None] * contrasts) / table.n
    scaled = inverse[:, None] * contrasts
    if not _regular(simple):
        return np.full(table.freedom, np.nan)
    found = np.linalg.solve(simple, scaled.T @ table.covariance_of_shares @ scaled)
    effects: Floats = np.sort(np.linalg.eigvals(found).real)[::-1]
    return effects


def _contrasts(rows: int, columns: int) -> Floats:
    """The interaction of rows and columns, orthogonal to both."""
    of_rows, of_columns = (np.eye(size)[:, 1:] - np.eye(size)[:, :1] for size in (rows, columns))
    return np.asarray(np.kron(of_rows, of_columns), dtype=np.float64)


def _wald(table: Crossed) -> float:
    """The statistic of the totals' differences from what independence expects, all but the last row and column."""
    rows, columns = table.totals.shape
    expected = _expected(table).ravel()
    of_row, of_column = table.shares.sum(axis=1), table.shares.sum(axis=0)
    row, column = (place.ravel() for place in np.indices((rows, columns)))
    # How each difference N_ij - N_i. N_.j / N.. (in the lines) moves with the total of each cell (in the columns).
    in_row, in_column = row[:, None] == row, column[:, None] == column
    moved = in_row * of_column[column][:, None] + in_column * of_row[row][:, None]
    slopes = np.eye(rows * columns) + expected[:, None] - moved
    kept = np.flatnonzero((row < rows - 1) & (column < columns - 1))
    off = (table.totals.ravel() - expected * table.totals.sum())[kept]
    covariance = (slopes @ table.covariance @ slopes.T)[np.ix_(kept, kept)]
    return float(off @ np.linalg.solve(covariance, off)) if _regular(covariance) else np.nan


def _regular(matrix: Floats) -> bool:
    """Whether a covariance is of full rank: it is not where there are fewer clusters than cells."""
    return bool(np.linalg.matrix_rank(matrix, hermitian=True) == len(matrix))


def _expected(table: Crossed) -> Floats:
    return np.outer(table.shares.sum(axis=1), table.shares.sum(axis=0))


def _sums(drawing: Drawing, weights: Floats, codes: Codes, cells: int) -> tuple[Floats, Floats | None]:
    """The totals of each unit, and the squares where each respondent is one; the last code is outside the domain."""
    index, size = drawing.psus * (cells + 1) + codes, drawing.units * (cells + 1)
    sums, squares = (
        summed(index, each, size).reshape(-1, cells + 1)[:, :cells] for each in (weights, weights * weights)
    )
    return sums, None if drawing.clustered else squares


def _degrees(drawing: Drawing, sums: Floats, inside: np.ndarray) -> int:
    held = sums.sum(axis=1) > 0
    strata = len(np.unique(drawing.strata[held]))
    return (int(held.sum()) if drawing.clustered else int(inside.sum())) - strata
