"""How the respondents were drawn, and the variance that follows from it.

One stage, or the ultimate clusters of several (Kalton 1979): what was drawn below the first stage adds to the variance
between primary sampling units (PSUs), which is all that is looked at. Where no clusters were drawn, each respondent is
a PSU. PSUs are numbered stratum by stratum, so that a stratum is a run of them.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from recount.errors import EstimateError, Finding

Floats = NDArray[np.float64]
Codes = NDArray[np.intp]
Lonely = Literal["fail", "certainty", "adjust", "average"]


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """The PSU of each respondent, the stratum of each PSU, and the share of each stratum that was drawn.

    `psus` is of shape (respondents,) and `strata` of shape (psus,); both count from 0, and `strata` never falls.
    `rates` are of shape (strata,), 0 where the population is not known or is large. `clustered` is false where each
    respondent is a PSU of its own: then `psus` holds the stratum of each respondent, which is all that is needed.
    """

    psus: Codes
    strata: Codes
    sizes: Floats
    rates: Floats
    lonely: Lonely
    clustered: bool

    @property
    def units(self) -> int:
        """How many units the sums are taken by: PSUs, or strata where there are no clusters."""
        return len(self.strata)

    @property
    def degrees(self) -> int:
        """The degrees of freedom, PSUs less strata (Korn and Graubard 1999, section 5.2)."""
        return int(self.sizes.sum()) - len(self.sizes)

    @property
    def census(self) -> bool:
        """Whether all of every stratum was drawn, so that nothing was left to sampling."""
        return bool((self.rates >= 1).all())

    def by_stratum(self, sums: Floats) -> Floats:
        """Add the sums of units, of shape (..., units, columns), up to strata."""
        if not self.clustered:
            return sums
        starts = np.flatnonzero(np.r_[True, np.diff(self.strata) > 0])
        added: Floats = np.add.reduceat(sums, starts, axis=-2)
        return added

    def variance(self, sums: Floats, squares: Floats) -> Floats:
        """Give the variance of a total (Cochran 1977, equation 11.24, first term; Wolter 2007, equation 1.4.1).

        The sum over strata of (1 - f) n / (n - 1) sum (z - mean z)^2, z being the total of a PSU.

        Args:
            sums: the sum of z in each stratum, of shape (..., strata, columns).
            squares: the sum of z squared in each stratum, of the same shape.

        Returns:
            Shape (..., columns).
        """
        n, scale = self.sizes, self._scale
        found = _over_strata(scale, squares) - _over_strata(scale / n, sums * sums)
        if self._adjusts:
            off = self._from_middle(sums)
            found = found + _over_strata((1 - self.rates)[n == 1], off * off)
        return np.maximum(found, 0.0)

    def covariance(self, sums: Floats, squares: Floats | None = None) -> Floats:
        """Give the covariance of several totals, as `variance` does for each; shape (columns, columns).

        Args:
            sums: the totals of each unit, of shape (units, columns).
            squares: where each respondent is a PSU, the sum of z squared in each stratum; columns are then disjoint.
        """
        n, scale = self.sizes, self._scale
        strata = self.by_stratum(sums)
        within = _products(scale[self.strata], sums) if squares is None else np.diag(_over_strata(scale, squares))
        found = within - _products(scale / n, strata)
        return found + _products((1 - self.rates)[n == 1], self._from_middle(strata)) if self._adjusts else found

    @property
    def _scale(self) -> Floats:
        """What the spread of each stratum counts."""
        n, several = self.sizes, self.sizes > 1
        scale: Floats = (1 - self.rates) * np.where(several, n / np.maximum(n - 1, 1), 0.0)
        return scale * len(n) / several.sum() if self.lonely == "average" and several.any() else scale

    @property
    def _adjusts(self) -> bool:
        return self.lonely == "adjust" and bool((self.sizes == 1).any())

    def _from_middle(self, sums: Floats) -> Floats:
        """How far a lonely PSU lies from the mean of all, which stands in for the spread that it has not."""
        off: Floats = sums[..., self.sizes == 1, :] - sums.sum(axis=-2, keepdims=True) / self.sizes.sum()
        return off


def drawn(
    size: int,
    *,
    strata: NDArray[np.integer] | None = None,
    clusters: NDArray[np.integer] | None = None,
    population: Floats | None = None,
    lonely: Lonely = "fail",
    counts: Floats | None = None,
) -> Drawing:
    """Describe how `size` respondents were drawn.

    Args:
        size: how many respondents there are.
        strata: the stratum of each, any whole numbers; None where there was one.
        clusters: the cluster of each; the same number in two strata means two clusters.
        population: of each respondent's stratum, how many PSUs there are to draw from, or up to 1, which share of them
            was drawn (the finite population correction).
        lonely: what a stratum of one PSU adds to the variance: nothing, since it was certain to be drawn (`certainty`);
            how far it lies from the mean of all PSUs (`adjust`); as much as other strata do (`average`); or the build
            fails.
        counts: how many respondents each of them stands for; None where each is one.

    Raises:
        EstimateError: a stratum has one PSU and `lonely` is `fail`, or `population` contradicts the sample or itself.
    """
    of_respondent = _numbered(np.zeros(size, dtype=np.intp) if strata is None else strata)
    if clusters is None:
        psus, of_psu = of_respondent, np.arange(int(of_respondent.max(initial=-1)) + 1)
        sizes = np.bincount(of_respondent, weights=counts).astype(np.float64)
    else:
        inner = _numbered(clusters)
        psus = _numbered(of_respondent * (inner.max(initial=0) + 1) + inner)
        of_psu = np.zeros(int(psus.max(initial=-1)) + 1, dtype=np.intp)
        of_psu[psus] = of_respondent
        sizes = np.bincount(of_psu).astype(np.float64)
    rates = np.zeros(len(sizes)) if population is None else _rates(population, of_respondent, sizes)
    _check_lonely(sizes, rates, lonely)
    return Drawing(psus=psus, strata=of_psu, sizes=sizes, rates=rates, lonely=lonely, clustered=clusters is not None)


def summed(codes: NDArray[np.integer], weights: Floats, size: int) -> Floats:
    """Add the weights of each code, 0 to size - 1, in the order of the rows."""
    return np.bincount(codes, weights=weights, minlength=size).astype(np.float64, copy=False)


def _over_strata(scale: Floats, parts: Floats) -> Floats:
    # Not a product of matrices: its order of adding depends on the machine.
    added: Floats = np.einsum("h,...hk->...k", scale, parts)
    return added


def _products(scale: Floats, parts: Floats) -> Floats:
    # Not a product of matrices either.
    added: Floats = np.einsum("h,hi,hj->ij", scale, parts, parts)
    return added


def _numbered(codes: NDArray[np.integer]) -> Codes:
    """Number the codes that occur from 0, in their order."""
    least = int(codes.min(initial=0))
    span = int(codes.max(initial=0)) - least + 1
    if span > max(4 * len(codes), 1 << 16):
        return np.asarray(np.unique(codes, return_inverse=True)[1], dtype=np.intp)
    # Few enough to count: without sorting.
    held = np.bincount(codes - least, minlength=span) > 0
    return np.asarray((np.cumsum(held) - 1)[codes - least], dtype=np.intp)


def _rates(population: Floats, strata: Codes, sizes: Floats) -> Floats:
    """The share of each stratum that was drawn."""
    smallest, largest = np.full(len(sizes), np.inf), np.full(len(sizes), -np.inf)
    np.minimum.at(smallest, strata, population)
    np.maximum.at(largest, strata, population)
    findings = []
    for low, high, drawn_here in zip(smallest.tolist(), largest.tolist(), sizes.tolist(), strict=True):
        said = f"{low:g}" if low == high else f"{low:g} and {high:g}"
        if not low > 0 or low != high:
            problem = "the population of a stratum is one number above 0, the same for all who were drawn from it"
            findings.append(Finding(problem=problem, key="fpc", value=said))
        elif low > 1 and low < drawn_here:
            problem = f"{drawn_here:g} units were drawn from a stratum of fewer"
            findings.append(Finding(problem=problem, key="fpc", value=said, expected=f"{drawn_here:g} or more"))
    if findings:
        raise EstimateError(*findings)
    return np.where(smallest <= 1, smallest, sizes / smallest)


def _check_lonely(sizes: Floats, rates: Floats, lonely: Lonely) -> None:
    alone = int(((sizes == 1) & (rates < 1)).sum())
    if alone and lonely == "fail":
        raise EstimateError(
            Finding(
                problem=f"{alone} of {len(sizes)} strata have a single sampling unit, whose variance nobody can tell",
                key="lonely_psu",
                value=lonely,
                expected="certainty, adjust or average, whichever the sampling bears out",
                mend="say so in the wave's sampling in config.yaml, or join the stratum with its like",
            )
        )
