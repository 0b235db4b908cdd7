"""Whether a question goes together with a group: the table of both, and the tests that the design allows."""

from collections.abc import Callable, Sequence

import numpy as np

from recount.estimate.design.drawing import drawn
from recount.estimate.design.independence import (
    Crossed,
    Tested,
    rao_scott_first,
    rao_scott_second,
    wald,
    wald_adjusted,
)
from recount.estimate.design.mean_ranks import PAIR, several_groups, two_groups
from recount.estimate.design.replicates import Replicates
from recount.estimate.design.spread import Spread
from recount.estimate.distributions import chi2_above
from recount.estimate.ranks import kruskal_wallis, mann_whitney
from recount.estimate.significance import fisher_exact
from recount.estimate.tabulate import Counts, Floats

# The fewest respondents that independence may expect in a cell for Pearson's test to be near its distribution.
EXPECTED = 5.0
Tests = dict[str, Tested]


def pearson(counts: Floats) -> Tested:
    """Test by Pearson's (1900) chi-squared, from unweighted respondents by level and answer.

    Not estimable where independence expects fewer than five in a cell (Fisher 1925).
    """
    if min(counts.shape) < PAIR:
        return Tested(np.nan, np.nan, None, np.nan)
    n = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    freedom = (counts.shape[0] - 1) * (counts.shape[1] - 1)
    if expected.min() < EXPECTED:
        return Tested(np.nan, freedom, None, np.nan)
    statistic = float(((counts - expected) ** 2 / expected).sum())
    return Tested(statistic, freedom, None, float(chi2_above(freedom, statistic)))


def fisher(counts: Floats) -> Tested:
    """Test a table of two by two exactly (Fisher 1935); a larger one is not estimable."""
    if counts.shape != (PAIR, PAIR):
        return Tested(np.nan, np.nan, None, np.nan)
    (first, _), (second, _) = counts.tolist()
    sizes = counts.sum(axis=1).tolist()
    return Tested(np.nan, np.nan, None, fisher_exact(first, sizes[0], second, sizes[1]))


def rank_test(counts: Floats) -> Tests:
    """Test mean ranks of respondents drawn one by one: by Mann and Whitney, of more than two levels by Kruskal's."""
    if len(counts) == PAIR:
        u, p = mann_whitney(*counts)
        return {"mann_whitney": Tested(u, np.nan, None, p)}
    h, freedom, p = kruskal_wallis(counts)
    return {"kruskal_wallis": Tested(h, freedom, None, p)}


OF_DRAWN: dict[str, Callable[[Crossed], Tested]] = {
    "rao_scott_second": rao_scott_second,
    "rao_scott_first": rao_scott_first,
    "wald": wald,
    "wald_adjusted": wald_adjusted,
}
OF_SIMPLE: dict[str, Callable[[Floats], Tested]] = {"pearson": pearson, "fisher": fisher}


def independence_of(counts: Counts, places: Sequence[int], *, simple: bool) -> Tests:
    """Test whether answers and levels go together; the first test is the one for whoever asks for none by name.

    Args:
        counts: by panel and answer.
        places: the panels of the levels.
        simple: whether respondents were drawn one by one and count the same.
    """
    if simple:
        table = respondents_in(counts, places)
        return {name: test(table) for name, test in OF_SIMPLE.items()}
    crossed = crossed_by(counts, places)
    return {name: test(crossed) if _varies(crossed) else _nothing(crossed) for name, test in OF_DRAWN.items()}


def ranks_of(counts: Counts, places: Sequence[int], *, simple: bool) -> Tests:
    """Test whether the levels differ in the rank of their answers, which stand in order."""
    if simple:
        return rank_test(respondents_in(counts, places))
    table = crossed_by(counts, places)
    if len(table.totals) == PAIR:
        return {"mann_whitney": two_groups(table)}
    return {"kruskal_wallis": several_groups(table) if len(table.totals) > PAIR else _nothing(table)}


def respondents_in(counts: Counts, places: Sequence[int]) -> Floats:
    """Give respondents by level and answer, without levels and answers of nobody."""
    table = counts.n[list(places)]
    kept: Floats = table[table.sum(axis=1) > 0][:, table.sum(axis=0) > 0]
    return kept


def crossed_by(counts: Counts, places: Sequence[int]) -> Crossed:
    """Cross levels (rows) and answers (columns), with the covariance of the cells; without those of nobody."""
    of = list(places)
    weighted = counts.weighted[of]
    rows, columns = (np.flatnonzero(weighted.sum(axis=axis) > 0) for axis in (1, 0))
    n_kept, totals, squares = (part[of][rows][:, columns] for part in (counts.n, counts.weighted, counts.squared))
    n = float(n_kept.sum())
    if counts.spread is None:
        alone = drawn(max(int(n), 1), lonely="certainty")
        covariance = alone.covariance(totals.reshape(1, -1), squares.reshape(1, -1))
        return Crossed(totals, covariance, int(n), max(int(n) - 1, 0))
    inside = counts.spread.at([of[row] for row in rows]).pick(columns.tolist())
    degrees = inside.together().degrees(np.array([[n]]))[0, 0]
    covariance, replicated = _covariances(inside, totals)
    return Crossed(totals, covariance, int(n), int(degrees), replicated)


def _covariances(cells: Spread, totals: Floats) -> tuple[Floats, Floats | None]:
    """The covariance of the totals of all cells, level by level; of replicates also that of the shares."""
    varying = _by_unit(cells.varying)
    if isinstance(cells.design, Replicates):
        shares = varying / varying.sum(axis=1, keepdims=True)
        of_totals = cells.design.covariance(varying, totals.ravel())
        return of_totals, cells.design.covariance(shares, totals.ravel() / totals.sum())
    squares = None if cells.squares is None else _by_unit(cells.squares)
    return cells.design.covariance(varying, squares), None


def _by_unit(sums: Floats) -> Floats:
    flat: Floats = sums.swapaxes(0, 1).reshape(sums.shape[1], -1)
    return flat


def _varies(table: Crossed) -> bool:
    return bool(table.freedom > 0 and table.degrees > 0)


def _nothing(table: Crossed) -> Tested:
    return Tested(np.nan, table.freedom, table.degrees, np.nan)
