"""Chance that repeats: one stream of random numbers for each thing that is decided, so that none disturbs another."""

from collections.abc import Mapping
from zlib import crc32

import numpy as np


def stream(seed: int, *names: str) -> np.random.Generator:
    """Give the random numbers of one decision; the same seed and names give the same numbers."""
    return np.random.default_rng([seed, *(crc32(name.encode()) for name in names)])


def scaled(counts: Mapping[str, int], total: int) -> dict[str, int]:
    """Scale counts to another total by largest remainders; equal shares where all counts are zero."""
    weights = np.array(list(counts.values()), dtype=float)
    if not weights.sum():
        weights = np.ones(len(weights))
    exact = weights * total / weights.sum()
    whole = np.floor(exact).astype(int)
    # Stable, so that equal remainders go to the first.
    first = np.argsort(whole - exact, kind="stable")[: total - whole.sum()]
    whole[first] += 1
    return dict(zip(counts, whole.tolist(), strict=True))


def proportional(count: int, *, of: int, to: int) -> int:
    """Scale one count, rounded to the nearest whole."""
    return count if of == to else round(count * to / of)
