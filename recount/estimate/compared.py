"""The rows that hold the levels of a group against each other: differences of shares, and tests.

Only of groups that config.yaml lists under `estimates.compared`. Levels of a group that were drawn one by one, or each
as a stratum, are independent samples: their difference needs no row, for the paper makes it from both shares. Where a
cluster or raked weights span them, it is estimated here. In `level` stand both levels, `asia:africa`, the first less
the second; of a test `*`, all levels.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import isnan
from typing import Any

import numpy as np

from recount.estimate.association import independence_of, ranks_of
from recount.estimate.design.independence import Tested
from recount.estimate.intervals import t_interval
from recount.estimate.rows import Block, Item, block_of_several, sums_of
from recount.estimate.tabulate import Counts, Floats, Panel

DIFFERENCE, INDEPENDENCE, RANKS = "difference", "independence", "ranks"
STATISTICS = (DIFFERENCE, INDEPENDENCE, RANKS)
APART, ALL = ":", "*"
# What is said of a test, as the end of its rows' category, and in which unit.
PARTS = {"statistic": "coefficient", "df": "number", "df_below": "number", "p": "p-value"}


def difference_rows(of: Item, names: Sequence[str], share: Floats, part: Counts, base: Counts) -> list[Block]:
    """Make the rows of the differences of any two levels that were drawn together.

    Args:
        of: the question.
        names: the categories.
        share: their shares, of shape (panels, categories).
        part: the respondents of each category.
        base: those whom the shares are of.
    """
    return [_differences(of, group, names, share, (part, base)) for group in of.together if places_of(of, group)]


def tested_rows(of: Item, counts: Counts) -> list[Block]:
    """Make the rows of all tests of a question of one answer: with which groups it goes together.

    Args:
        of: the question.
        counts: by panel and answer, the answers in their order.
    """
    simple = of.sample.weights is None and of.sample.counting is None
    rows = []
    for group in of.compared:
        if places := places_of(of, group):
            rows.append(_tests(of, group, INDEPENDENCE, counts, independence_of(counts, places, simple=simple)))
            if of.question.type == "scale":
                rows.append(_tests(of, group, RANKS, counts, ranks_of(counts, places, simple=simple)))
    return rows


def places_of(of: Item, group: str) -> list[int]:
    """Find the panels of a group's levels; none where the wave did not ask it."""
    return [place for place, panel in enumerate(of.sample.panels) if panel.group == group]


def levels_of(level: str) -> tuple[str, ...]:
    """Take the levels of a difference apart."""
    return tuple(level.split(APART))


def _differences(of: Item, group: str, names: Sequence[str], share: Floats, counts: tuple[Counts, Counts]) -> Block:
    pairs = list(combinations(places_of(of, group), 2))
    first, second = ([pair[side] for pair in pairs] for side in (0, 1))
    ids = [panel.level for panel in of.sample.panels]
    levels = {Panel(group, f"{ids[one]}{APART}{ids[other]}"): (one, other) for one, other in pairs}
    base = counts[1]
    value = share[first] - share[second]
    low, high, se, degrees = _errors(of, value, share, counts, (first, second))
    return block_of_several(
        of,
        DIFFERENCE,
        names,
        levels,
        value=value,
        low=low,
        high=high,
        se=se,
        df=degrees,
        base=sums_of(base.n, levels.values()),
        weighted_base=sums_of(base.weighted, levels.values()),
        unit="difference of shares",
        method="t",
    )


def _errors(
    of: Item, value: Floats, share: Floats, counts: tuple[Counts, Counts], pairs: tuple[list[int], list[int]]
) -> tuple[Floats, ...]:
    """Both ends of the t interval, cut at -1 and 1, the standard error and the degrees of freedom.

    One degree of freedom goes with the second share, as in R's `svyttest`.
    """
    part, base = (each.spread for each in counts)
    if part is None or base is None:
        raise TypeError("levels that were drawn together need the sums by sampling unit")
    variance = part.variance_of_difference(base, share, *pairs)
    n = counts[1].n
    degrees = [
        base.at(list(pair)).together().degrees(n[list(pair)].sum(axis=0))[0] for pair in zip(*pairs, strict=True)
    ]
    freedom = np.array(degrees).reshape(len(degrees), 1) - 1
    se = np.where((variance > 0) & (freedom > 0), np.sqrt(variance), np.nan)
    low, high = t_interval(value, se, freedom, of.confidence)
    return np.maximum(low, -1.0), np.minimum(high, 1.0), se, freedom


def _tests(of: Item, group: str, statistic: str, counts: Counts, tests: dict[str, Tested]) -> Block:
    said = [(f"{name}.{part}", PARTS[part], value) for name, test in tests.items() for part, value in _parts(test)]
    names, units, values = zip(*said, strict=True)
    places = places_of(of, group)
    base, weighted = (float(each[places].sum()) for each in (counts.n, counts.weighted))
    simple = of.sample.weights is None and of.sample.counting is None
    form = "" if simple or statistic == INDEPENDENCE else " design"
    methods = [name.partition(".")[0].replace("_", " ") + form for name in names]
    columns: dict[str, Any] = {
        "value": np.array([values]),
        "base": base,
        "weighted_base": weighted,
        "unit": np.array([units], dtype=object),
        "method": np.array([methods], dtype=object),
    }
    return block_of_several(of, statistic, names, {Panel(group, ALL): places}, **columns)


def _parts(test: Tested) -> Iterator[tuple[str, float]]:
    """What there is to say of a test: p always, which is nan where nothing can be tested."""
    found = dict(zip(PARTS, (test.statistic, test.above, test.below, test.p), strict=True))
    yield from ((name, each) for name, each in found.items() if each is not None and (name == "p" or not isnan(each)))
