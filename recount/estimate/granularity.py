"""Which bases can give a published percentage at all: the GRIM test of Brown and Heathers (2017).

On so many respondents only so many percentages exist. With whole numbers alone: no rounding of floats decides anything.
"""

from collections.abc import Iterable
from decimal import Decimal
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from recount.study.published import Rounding

Ints = NDArray[np.int64]
PERCENT = 100


def bases(
    value: float,
    up_to: int,
    *,
    decimals: int = 0,
    rounding: Rounding | None = None,
    exact: bool = False,
    per: int = PERCENT,
    most: int = 1,
) -> Ints:
    """Give the bases from 1 to `up_to` on which some whole number of respondents gives a printed value, in order.

    How a published figure was rounded is seldom known. Where it is not, a tie may have gone either way, as Brown and
    Heathers have it: no base is ruled out that some usual rule would allow.

    Args:
        value: as printed; 86 for 86%.
        up_to: the largest base to try.
        decimals: how many were printed.
        rounding: the rule for ties, where it is known.
        exact: whether the value was printed without rounding.
        per: what the value is printed per; 100 for a percentage, 1 for a mean of whole numbers.
        most: the most that one respondent adds; 1 for a percentage, the top of the scale for a mean.

    Raises:
        ValueError: the value has more digits than `decimals`.
    """
    steps, whole = _in_steps(value, decimals), per * 10**decimals
    base = np.arange(1, up_to + 1, dtype=np.int64)
    if exact:
        least, greatest = -(-base * steps // whole), base * steps // whole
    else:
        # A base n fits where n (2 steps - 1) <= 2 whole k <= n (2 steps + 1) for some k; a tie that the rule sends
        # elsewhere does not count.
        low, high = base * (2 * steps - 1), base * (2 * steps + 1)
        tie_below, tie_above = _ties(steps, rounding)
        least = -(-low // (2 * whole)) if tie_below else low // (2 * whole) + 1
        greatest = high // (2 * whole) if tie_above else -(-high // (2 * whole)) - 1
    found: Ints = base[np.maximum(least, 0) <= np.minimum(greatest, most * base)]
    return found


def bases_of_all(several: Iterable[Ints]) -> Ints:
    """Give the bases that are in each of several sets: those on which all figures can stand together."""
    return reduce(lambda one, other: np.intersect1d(one, other, assume_unique=True), several)


def neighbours(value: float, base: int, *, decimals: int = 0) -> tuple[int, int]:
    """Give the counts of a base whose percentages come nearest to a percentage from below and from above."""
    below = base * _in_steps(value, decimals) // (PERCENT * 10**decimals)
    return below, below + 1


def runs(found: Ints) -> list[tuple[int, int]]:
    """Give the first and the last of each run of neighbouring bases: 7, 21 and 22 are (7, 7) and (21, 22)."""
    parts = np.split(found, np.flatnonzero(np.diff(found) > 1) + 1) if len(found) else []
    return [(int(part[0]), int(part[-1])) for part in parts]


def _ties(steps: int, rounding: Rounding | None) -> tuple[bool, bool]:
    """Whether a tie half a step below the value is rounded to it, and one half a step above."""
    if rounding is None:
        return True, True
    even = steps % 2 == 0
    return (True, False) if rounding == "half up" else (even, even)


def _in_steps(value: float, decimals: int) -> int:
    """The value in units of its last printed digit."""
    scaled = Decimal(repr(float(value))).scaleb(decimals)
    if scaled != int(scaled):
        raise ValueError(f"{value} has more than {decimals} decimals")
    return int(scaled)
