"""What must not be shown is taken out here and in complementary.py, and nowhere else: disclosure control, and more."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from recount.estimate.answers import NO_ANSWER
from recount.estimate.dominance import EXTREMES, OF_AMOUNTS, Amounts, Panel
from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.rows import WAVE
from recount.study.settings import Estimation

TAKEN_OUT = ("value", "low", "high", "se", "n", "weighted_n", "df", "deff", "effective_n")

# What speaks of the chance of drawing other respondents.
SAMPLING = ("low", "high", "se", "df", "deff", "effective_n")

# How many were asked and answered says nothing about anyone's answer; agreement is about coders.
AGREEMENT = ("percent", "kappa", "ac1", "alpha")
ALWAYS_SHOWN = ("asked", "answered", "double_coded", "adjudicated", "by_rule", "uncoded", *AGREEMENT)

# The counts and shares that the minimum cell is about; how many gave no answer follows from what is always shown.
CELLS = ("count", "share", "share_asked", "combination", "standardised_share", "returning", "gained", "lost")


def hide(estimates: pd.DataFrame, rules: Estimation, amounts: Amounts | None = None) -> pd.DataFrame:
    """Take out every estimate that a rule forbids, and say which; base, asked and answered stay.

    Rows about the wave as a whole stay too, but for those of indices, which are of answers.

    Args:
        estimates: the table, with all its numbers.
        rules: the minimum base, the minimum cell and whether zeros are shown, dominance.
        amounts: the answers of type number, where the table has means of them.
    """
    of_wave = (estimates["question"] == WAVE) & ~estimates["statistic"].isin(INDICES)
    exempt = of_wave | estimates["statistic"].isin(ALWAYS_SHOWN)
    reasons = {
        f"base under {rules.minimum_base}": ~exempt & _known(estimates["base"] < rules.minimum_base),
        f"cell under {rules.minimum_cell}": ~exempt & is_cell(estimates) & _few(estimates["n"], rules),
        **(_of_amounts(estimates, amounts) if amounts and amounts.of else {}),
    }
    reason = np.select([flags.to_numpy() for flags in reasons.values()], list(reasons), "")
    shown: dict[str, pd.Series] = {name: estimates[name].mask(reason != "") for name in TAKEN_OUT}
    return estimates.assign(**shown, hidden=pd.Series(reason, index=estimates.index, dtype="str"))


def is_cell(estimates: pd.DataFrame) -> pd.Series:
    """Tell which rows count the respondents who gave one answer."""
    return estimates["statistic"].isin(CELLS) & (estimates["category"] != NO_ANSWER)


def _few(n: pd.Series, rules: Estimation) -> pd.Series:
    return _known((n < rules.minimum_cell) & ((n > 0) | (not rules.show_zeros)))


def _of_amounts(estimates: pd.DataFrame, amounts: Amounts) -> dict[str, pd.Series]:
    """Which rows few respondents dominate; which are the answer of one (Brandt and others 2010, on maxima)."""
    about = estimates["question"].isin(list(amounts.of)) & estimates["statistic"].isin(OF_AMOUNTS)
    return {
        "dominance": about & _inside(estimates, amounts.dominated()),
        "answer of one": about & estimates["statistic"].isin(EXTREMES),
    }


def _inside(estimates: pd.DataFrame, panels: Sequence[Panel]) -> pd.Series:
    places = pd.MultiIndex.from_frame(estimates[["question", "group", "level"]])
    return pd.Series(places.isin(panels) if panels else np.zeros(len(places), dtype=np.bool_), index=estimates.index)


def _known(flags: pd.Series) -> pd.Series:
    return flags.fillna(value=False).astype(bool)


def without_sampling(estimates: pd.DataFrame) -> pd.DataFrame:
    """Take out the intervals and errors of a census: its finite population correction is zero (Cochran 1977, 2.6).

    Who did not respond was not left out by chance. Agreement between coders keeps its intervals.
    """
    out = ~estimates["statistic"].isin(AGREEMENT) & (estimates["method"] != "")
    taken: dict[str, pd.Series] = {name: estimates[name].mask(out) for name in SAMPLING}
    return estimates.assign(**taken, method=estimates["method"].mask(out, "census").astype("str"))
