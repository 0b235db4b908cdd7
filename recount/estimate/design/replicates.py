"""Replicate weights: the estimate is made again with each, and how far those lie apart is its variance.

Given in the export, or made here from the drawing. A replicate in which a group has nobody has no estimate there; it is
left out, as its like is in R's `survey` with `na.rm`.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from recount.errors import EstimateError, Finding
from recount.estimate.design.drawing import Drawing, Floats

Method = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]


@dataclass(frozen=True, kw_only=True)
class Replicates:
    """What each replicate's squared deviation counts, of shape (replicates,), and the degrees of freedom.

    `centre` is the middle of the deviations: the mean of the replicates, or the estimate of the whole sample.
    """

    scales: Floats
    degrees: int
    centre: Literal["replicates", "estimate"] = "replicates"

    def variance(self, found: Floats, estimate: Floats) -> Floats:
        """Give the variance (Wolter 2007, chapters 3 to 5).

        Args:
            found: the estimate made with each replicate, of shape (..., replicates, columns).
            estimate: the estimate of the whole sample, of shape (..., columns).
        """
        known = ~np.isnan(found)
        filled = np.where(known, found, 0.0)
        counted = known.sum(axis=-2)
        middle = estimate if self.centre == "estimate" else filled.sum(axis=-2) / np.maximum(counted, 1)
        apart = np.where(known, (filled - middle[..., None, :]) ** 2, 0.0)
        spread: Floats = np.einsum("r,...rk->...k", self.scales, apart)
        return np.where(counted > 0, spread, np.nan)

    def covariance(self, found: Floats, estimate: Floats) -> Floats:
        """Give the covariance of several totals, made with each replicate; shapes (replicates, columns), (columns,)."""
        off = found - (estimate if self.centre == "estimate" else found.mean(axis=0))
        spread: Floats = np.einsum("r,ri,rj->ij", self.scales, off, off)
        return spread


def made(
    drawing: Drawing, method: Method, *, rho: float = 0.5, count: int = 500, seed: int = 1
) -> tuple[Floats, Replicates]:
    """Make replicates of a drawing with clusters: by what each multiplies the weights of each PSU.

    - `JK1`, the jackknife without strata: leaves out a PSU at a time (Wolter 2007, section 4.3).
    - `JKn`, the same within strata (section 4.5).
    - `BRR`, balanced repeated replication: half samples of strata with two PSUs each (McCarthy 1969), by the
      Hadamard matrix. `Fay` gives the other half `rho` in place of 0 (Judkins 1990).
    - `bootstrap`: n - 1 of the n PSUs of a stratum, drawn with replacement (Rao and Wu 1988; Rao, Wu and Yue 1992).

    Returns:
        The factors, of shape (replicates, psus), and how their deviations count.
    """
    if method == "JK1":
        return _jackknife(drawing, np.zeros(drawing.units, dtype=np.intp))
    if method == "JKn":
        return _jackknife(drawing, drawing.strata)
    if method == "bootstrap":
        return _bootstrap(drawing, count, seed)
    return _halves(drawing, rho if method == "Fay" else 0.0)


def scales_of(method: Method, count: int, rho: float = 0.5) -> Floats:
    """Say how much the squared deviation of each of `count` given replicates counts; for JKn they must be given too."""
    each = {"JK1": (count - 1) / count, "BRR": 1 / count, "Fay": 1 / (count * (1 - rho) ** 2), "bootstrap": 1 / count}
    return np.full(count, each.get(method, 1.0))


def _jackknife(drawing: Drawing, strata: np.ndarray) -> tuple[Floats, Replicates]:
    sizes = np.bincount(strata).astype(np.float64)
    n = sizes[strata]
    factors = np.where(strata[:, None] == strata[None, :], (n / np.maximum(n - 1, 1))[:, None], 1.0)
    np.fill_diagonal(factors, 0.0)
    several = n > 1
    # The whole stratum of a single PSU would go with it: it adds nothing.
    factors = factors[several]
    scales = ((n - 1) / n * (1 - drawing.rates[drawing.strata]))[several]
    return factors, Replicates(scales=scales, degrees=int(drawing.units - len(sizes)))


def _halves(drawing: Drawing, rho: float) -> tuple[Floats, Replicates]:
    if not (drawing.sizes == 2).all():  # noqa: PLR2004 - a pair
        raise EstimateError(
            Finding(
                problem="half samples need two sampling units in every stratum",
                key="replicates",
                value=f"{drawing.sizes.min():g} to {drawing.sizes.max():g}",
                expected="JKn or bootstrap, which take any number",
            )
        )
    strata = len(drawing.sizes)
    signs = _hadamard(strata)
    order = len(signs)
    first = np.r_[True, np.diff(drawing.strata) > 0]
    turned = signs[:, 1 : strata + 1][:, drawing.strata] * np.where(first, 1.0, -1.0)
    factors = np.where(turned > 0, 2.0 - rho, rho)
    return factors, Replicates(scales=np.full(order, 1 / (order * (1 - rho) ** 2)), degrees=strata, centre="estimate")


def _bootstrap(drawing: Drawing, count: int, seed: int) -> tuple[Floats, Replicates]:
    random = np.random.default_rng(seed)
    factors = np.ones((count, drawing.units))
    for stratum, size in enumerate(drawing.sizes.astype(int).tolist()):
        if size > 1:
            times = random.multinomial(size - 1, np.full(size, 1 / size), size=count)
            factors[:, drawing.strata == stratum] = times * size / (size - 1)
    return factors, Replicates(scales=np.full(count, 1 / count), degrees=drawing.degrees)


def _hadamard(strata: int) -> Floats:
    """The smallest of Sylvester's matrices with a column of both signs for each stratum."""
    matrix = np.ones((1, 1))
    while len(matrix) <= strata:
        matrix = np.block([[matrix, matrix], [matrix, -matrix]])
    return matrix
