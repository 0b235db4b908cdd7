"""Exact counts, given to respondents by chance and by what their answers follow."""

import numpy as np


def in_order(scores: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Give the first count's number to the lowest scores, and so on; `counts` sums to the number of scores."""
    given = np.empty(len(scores), dtype=np.int16)
    given[np.argsort(scores, kind="stable")] = np.repeat(np.arange(len(counts), dtype=np.int16), counts)
    return given


def ticked(scores: np.ndarray, counts: np.ndarray, *, most: int) -> np.ndarray:
    """Tick each category for as many respondents as its count says.

    `scores` has a row a respondent and a column a category; the highest are ticked. Then ticks move between respondents
    until everybody has at least one and, where that can be, nobody more than `most`. The counts stay.
    """
    ticks = np.zeros(scores.shape, dtype=bool)
    for category, count in enumerate(counts):
        ticks[np.argsort(-scores[:, category], kind="stable")[:count], category] = True
    _moved(ticks, above=1, below=1)
    _moved(ticks, above=most, below=most - 1)
    return ticks


def _moved(ticks: np.ndarray, *, above: int, below: int) -> None:
    """Move ticks, within their category, from those who have more than `above` to those who have fewer than `below`."""
    while True:
        moves = 0
        for category in range(ticks.shape[1]):
            total = ticks.sum(axis=1)
            givers = np.flatnonzero(ticks[:, category] & (total > above))
            takers = np.flatnonzero(~ticks[:, category] & (total < below))
            number = min(len(givers), len(takers))
            ticks[givers[:number], category] = False
            ticks[takers[:number], category] = True
            moves += number
        if not moves:
            return
