"""The one place where a share is computed, and its rows: counts, shares, nets, nonresponse."""

from typing import Any

import numpy as np

from recount.estimate.compared import difference_rows
from recount.estimate.design.share_intervals import METHODS
from recount.estimate.intervals import wilson
from recount.estimate.rows import Block, Item, block
from recount.estimate.tabulate import Counts, Floats

# A design effect below this is rounding: the units do not differ.
NO_VARIANCE = 1e-12


def share_columns(of: Item, part: Counts, base: Counts, *, panels: int | None = None) -> dict[str, Any]:
    """Give the columns of shares: value, interval, standard error, numerator and denominator.

    Interval and error are those of `drawn_columns` where the wave declares how its respondents were drawn, else those
    of `simple_columns`.
    """
    part, base = part.first(panels), base.first(panels)
    value = np.divide(part.weighted, base.weighted, out=np.full_like(part.weighted, np.nan), where=base.weighted > 0)
    # Sums of the same weights in another order can miss 1 by the last bit, which would leave a standard error.
    value = np.where((part.n == base.n) & (base.weighted > 0), 1.0, np.minimum(value, 1.0))
    shared = {
        "value": value,
        "n": part.n,
        "base": base.n,
        "weighted_n": part.weighted,
        "weighted_base": base.weighted,
        "unit": "share",
    }
    return shared | (drawn_columns(of, value, part, base) if part.spread else simple_columns(of, value, base, panels))


def drawn_columns(of: Item, value: Floats, part: Counts, base: Counts) -> dict[str, Any]:
    """Give interval, standard error, degrees of freedom and design effect of shares, as the respondents were drawn.

    The variance is linearised, or of replicates. The design effect is over the variance p (1 - p) / n of as many drawn
    one by one, with replacement (Kish 1965, section 8.2); the effective sample size is n over it.
    """
    if part.spread is None or base.spread is None:
        raise TypeError("shares of a drawn sample need the sums by sampling unit")
    degrees = base.spread.degrees(base.n)
    variance = part.spread.variance_of_share(base.spread, value)
    with np.errstate(divide="ignore", invalid="ignore"):
        effect = variance * base.n / (value * (1 - value))
        known = (effect > NO_VARIANCE) & (degrees > 0) & (value > 0) & (value < 1)
        se, effect = np.where(known, np.sqrt(variance), np.nan), np.where(known, effect, np.nan)
        low, high = METHODS[of.interval](value, se, degrees, base.n, of.confidence)
        effective = base.n / effect
    method = f"{of.interval} design"
    return {
        "low": low,
        "high": high,
        "se": se,
        "df": degrees,
        "deff": effect,
        "effective_n": effective,
        "method": method,
    }


def simple_columns(of: Item, value: Floats, base: Counts, panels: int | None) -> dict[str, Any]:
    """Give interval, standard error, design effect and effective sample size of shares, respondents drawn one by one.

    The interval is Wilson's. With weights, Kish's effective sample size stands for n, without a finite population
    correction, which errs on the side of the wider interval. Without weights, where the frame N is known, n is
    replaced by n (N - 1) / (N - n), so that p (1 - p) / n becomes the variance of a share under sampling without
    replacement (Cochran 1977, section 3.2). Where n = N nothing was left to sampling, and there is no interval.
    """
    size, method = _effective(of, base, panels)
    low, high = wilson(value, size, of.confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.sqrt(value * (1 - value) / size)
    known = (size > 0) & np.isfinite(size)
    return {
        "low": low,
        "high": high,
        "se": np.where(se > 0, se, np.nan),
        "deff": np.divide(base.n, size, out=np.full_like(size, np.nan), where=known),
        "effective_n": np.where(known, size, np.nan),
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
    columns = share_columns(of, parts, base)
    return [
        block(of, "count", names, **count_columns(parts, base)),
        block(of, "share", names, **columns),
        *difference_rows(of, names, columns["value"], parts, base),
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
