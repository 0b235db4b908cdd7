"""Shares of mentions: of all categories that respondents ticked, or codes that they got, how many are this one.

Several of the mentions are one respondent's, so that a share of mentions is no share of respondents: it has a unit and
a base of its own, and is a ratio of two totals that both vary (Särndal, Swensson and Wretman 1992, section 5.6). Its
linearised variable, of one respondent, is (mentions of the category - share * all mentions) / all mentions there are.
"""

from typing import Any

import numpy as np

from recount.estimate.design.share_intervals import METHODS
from recount.estimate.rows import Block, Item, block
from recount.estimate.tabulate import Counts, Flags, Floats

ALL, SHARE = "mentions", "mention_share"
STATISTICS = (ALL, SHARE)
UNIT_OF_SHARE = "share of mentions"
SEVERAL = 2


def mention_rows(of: Item, flags: dict[str, Flags], within: Flags) -> list[Block]:
    """Make the rows `mentions` and, category by category, `mention_share`.

    Args:
        of: the question.
        flags: who mentioned each category; those that mean "none of these" are no mentions, and not among them.
        within: who could: who gave an answer.
    """
    number = np.zeros(len(of.sample), dtype=np.intp)
    for flag in flags.values():
        number += flag & within
    most = len(flags)
    joint = {name: _joint(of, flag & within, number, most) for name, flag in flags.items()}
    if not joint:
        return []
    everyone = next(iter(joint.values()))
    mentions, weighted = (_times(part, _numbers(most)) for part in (everyone.n, everyone.weighted))
    base: dict[str, Any] = {"base": mentions, "weighted_base": weighted}
    rows = [block(of, ALL, value=mentions, n=mentions, weighted_n=weighted, unit="mentions", **base)]
    columns = [_share(of, each, most, weighted) for each in joint.values()]
    stacked: dict[str, Any] = {name: np.hstack([each[name] for each in columns]) for name in columns[0]}
    method = f"{of.interval} design"
    return [*rows, block(of, SHARE, list(flags), unit=UNIT_OF_SHARE, method=method, **stacked, **base)]


def _joint(of: Item, flag: Flags, number: np.ndarray, most: int) -> Counts:
    """Count respondents by whether they mentioned the category and how many they mentioned in all."""
    codes = flag.astype(np.intp) * (most + 1) + number
    return of.sample.count(codes, SEVERAL * (most + 1))


def _numbers(most: int) -> Floats:
    """How many mentions each code of `_joint` stands for."""
    return np.tile(np.arange(most + 1, dtype=np.float64), SEVERAL)


def _share(of: Item, counts: Counts, most: int, mentions: Floats) -> dict[str, Floats]:
    """The columns of one category's share; each of shape (panels, 1)."""
    named = np.repeat([0.0, 1.0], most + 1)
    n, weighted = (_times(part, named) for part in (counts.n, counts.weighted))
    share = np.divide(weighted, mentions, out=np.full_like(weighted, np.nan), where=mentions > 0)
    se, degrees = _error(counts, named - share * _numbers(most), mentions)
    respondents = counts.n.sum(axis=1, keepdims=True)
    low, high = METHODS[of.interval](share, se, degrees, respondents, of.confidence)
    return {"value": share, "n": n, "weighted_n": weighted, "low": low, "high": high, "se": se, "df": degrees}


def _error(counts: Counts, off: Floats, mentions: Floats) -> tuple[Floats, Floats]:
    """The standard error of a share whose respondents are so far off it, and the degrees of freedom.

    Where the wave does not say how respondents were drawn: one by one, with replacement.
    """
    n = counts.n.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        if counts.spread is not None:
            whole = counts.weighted.sum(axis=1, keepdims=True)
            degrees = counts.spread.degrees(n)
            variance = counts.spread.variance_of_mean(off, np.zeros_like(whole)) * whole**2 / mentions**2
        else:
            degrees = n - 1
            squares = (counts.squared * off**2).sum(axis=1, keepdims=True)
            variance = squares * n / np.where(degrees > 0, degrees, np.nan) / mentions**2
        se: Floats = np.sqrt(variance)
    return np.where((se > 0) & (degrees > 0), se, np.nan), degrees


def _times(part: Floats, values: Floats) -> Floats:
    return np.asarray((part * values).sum(axis=1, keepdims=True))
