"""The one place where a share is computed, and its rows: counts, shares, nets, nonresponse."""

from typing import Any

import numpy as np

from recount.estimate.intervals import wilson
from recount.estimate.rows import Block, Item, block
from recount.estimate.tabulate import Counts, Floats


def share_columns(of: Item, part: Counts, base: Counts, *, panels: int | None = None) -> dict[str, Any]:
    """Give the columns of shares: value, interval, standard error, numerator and denominator.

    The interval is Wilson's. With weights, Kish's effective sample size stands for n, without a finite population
    correction, which errs on the side of the wider interval. Without weights, where the frame N is known, n is
    replaced by n (N - 1) / (N - n), so that p (1 - p) / n becomes the variance of a share under sampling without
    replacement (Cochran 1977, section 3.2). Where n = N nothing was left to sampling, and there is no interval.
    """
    part = _first(part, panels)
    base = _first(base, panels)
    value = np.divide(part.weighted, base.weighted, out=np.full_like(part.weighted, np.nan), where=base.weighted > 0)
    # Sums of the same weights in another order can miss 1 by the last bit, which would leave a standard error.
    value = np.where((part.n == base.n) & (base.weighted > 0), 1.0, np.minimum(value, 1.0))
    size, method = _effective(of, base, panels)
    low, high = wilson(value, size, of.confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(value * (1 - value) / size)
    return {
        "value": value,
        "low": low,
        "high": high,
        "se": np.where(se > 0, se, np.nan),
        "n": part.n,
        "base": base.n,
        "weighted_n": part.weighted,
        "weighted_base": base.weighted,
        "unit": "share",
        "method": method,
    }


def count_columns(part: Counts, base: Counts) -> dict[str, Any]:
    """Give the columns of counts: `value` is of respondents, never weighted; the weighted sum stands beside it."""
    return {
        "value": part.n,
        "n": part.n,
        "base": base.n,
        "weighted_n": part.weighted,
        "weighted_base": base.weighted,
        "unit": "respondents",
    }


def base_counts(of: Item) -> Counts:
    """Count the respondents that the question's percentages are of, as its `base` says."""
    if of.question.base == "asked":
        return of.asked_counts
    if of.question.base == "respondents":
        return of.sample.everyone
    return of.answered_counts


def every_question(of: Item, silent: Counts) -> list[Block]:
    """Make the rows that every question has: asked, answered, nonresponse.

    Args:
        of: the question.
        silent: those asked who gave no answer at all.
    """
    return [
        block(of, "asked", **count_columns(of.asked_counts, of.sample.everyone)),
        block(of, "answered", **count_columns(of.answered_counts, of.asked_counts)),
        block(of, "nonresponse", **share_columns(of, silent, of.asked_counts)),
    ]


def closed(of: Item, names: list[str], parts: Counts, base: Counts) -> list[Block]:
    """Make the rows `count` and `share` of categories or nets that count; none where there are none."""
    if not names:
        return []
    return [
        block(of, "count", names, **count_columns(parts, base)),
        block(of, "share", names, **share_columns(of, parts, base)),
    ]


def of_asked(of: Item, names: list[str], parts: Counts) -> Block:
    """Make the rows `share_asked`: of those asked, answers that do not count and no answer included."""
    return block(of, "share_asked", names, **share_columns(of, parts, of.asked_counts))


def _effective(of: Item, base: Counts, panels: int | None) -> tuple[Floats, Any]:
    if of.sample.weights is not None:
        return base.effective, "wilson effective n"
    frames = of.frames[:panels]
    with np.errstate(divide="ignore", invalid="ignore"):
        corrected = np.where(base.n < frames, base.n * (frames - 1) / (frames - base.n), np.inf)
    known = ~np.isnan(frames)
    return np.where(known, corrected, base.n), np.where(known, "wilson fpc", "wilson").astype(object)


def _first(counts: Counts, panels: int | None) -> Counts:
    return Counts(counts.n[:panels], counts.weighted[:panels], counts.squared[:panels])
