"""What must not be shown is taken out here and in complementary.py, and nowhere else: disclosure control, and more."""

import numpy as np
import pandas as pd

from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.rows import WAVE

TAKEN_OUT = ("value", "low", "high", "se", "n", "weighted_n", "df", "deff", "effective_n")

# What speaks of the chance of drawing other respondents.
SAMPLING = ("low", "high", "se", "df", "deff", "effective_n")

# How many were asked and answered says nothing about anyone's answer; agreement is about coders.
AGREEMENT = ("percent", "kappa", "ac1", "alpha")
ALWAYS_SHOWN = ("asked", "answered", "double_coded", "adjudicated", "by_rule", "uncoded", *AGREEMENT)


def hide(estimates: pd.DataFrame, minimum_base: int) -> pd.DataFrame:
    """Take out every estimate whose unweighted base is under the minimum; base, asked and answered stay.

    Rows about the wave as a whole stay too, but for those of indices, which are of answers.
    """
    of_wave = (estimates["question"] == WAVE) & ~estimates["statistic"].isin(INDICES)
    exempt = of_wave | estimates["statistic"].isin(ALWAYS_SHOWN)
    small = ~exempt & (estimates["base"] < minimum_base).fillna(value=False).astype(bool)
    shown: dict[str, pd.Series] = {name: estimates[name].mask(small) for name in TAKEN_OUT}
    reason = pd.Series(np.where(small, f"base under {minimum_base}", ""), index=estimates.index, dtype="str")
    return estimates.assign(**shown, hidden=reason)


def without_sampling(estimates: pd.DataFrame) -> pd.DataFrame:
    """Take out the intervals and errors of a census: its finite population correction is zero (Cochran 1977, 2.6).

    Who did not respond was not left out by chance. Agreement between coders keeps its intervals.
    """
    out = ~estimates["statistic"].isin(AGREEMENT) & (estimates["method"] != "")
    taken: dict[str, pd.Series] = {name: estimates[name].mask(out) for name in SAMPLING}
    return estimates.assign(**taken, method=estimates["method"].mask(out, "census").astype("str"))
