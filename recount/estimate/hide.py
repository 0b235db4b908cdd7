"""What must not be shown is taken out here and in complementary.py, and nowhere else: disclosure control, and more."""

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pandas as pd

from recount.estimate.answers import NO_ANSWER
from recount.estimate.compared import ALL, levels_of
from recount.estimate.compared import STATISTICS as COMPARED
from recount.estimate.dominance import EXTREMES, OF_AMOUNTS, Amounts, Panel
from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.mentions import SHARE as MENTION_SHARE
from recount.estimate.mentions import STATISTICS as MENTIONS
from recount.estimate.rows import WAVE
from recount.study.settings import Estimation

TAKEN_OUT = ("value", "low", "high", "se", "n", "weighted_n", "df", "deff", "effective_n")

# What speaks of the chance of drawing other respondents.
SAMPLING = ("low", "high", "se", "df", "deff", "effective_n")

# How many were asked and answered says nothing about anyone's answer; agreement is about coders.
AGREEMENT = ("percent", "kappa", "ac1", "alpha")
ALWAYS_SHOWN = ("asked", "answered", "double_coded", "adjudicated", "by_rule", "uncoded", *AGREEMENT)

# The counts and shares that the minimum cell is about; how many gave no answer follows from what is always shown.
CELLS = (
    "count",
    "share",
    MENTION_SHARE,
    "share_asked",
    "combination",
    "standardised_share",
    "returning",
    "gained",
    "lost",
)


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
        f"base under {rules.minimum_base}": ~exempt & _known(_respondents(estimates) < rules.minimum_base),
        f"cell under {rules.minimum_cell}": ~exempt & is_cell(estimates) & _few(estimates["n"], rules),
        **(_of_amounts(estimates, amounts) if amounts and amounts.of else {}),
    }
    reason = np.select([flags.to_numpy() for flags in reasons.values()], list(reasons), "")
    shown: dict[str, pd.Series] = {name: estimates[name].mask(reason != "") for name in TAKEN_OUT}
    return estimates.assign(**shown, hidden=pd.Series(reason, index=estimates.index, dtype="str"))


def hide_compared(estimates: pd.DataFrame, rules: Estimation) -> pd.DataFrame:
    """Take out what is said of several levels at once where a share in one of them is hidden.

    A difference with one of its shares gives the other. A test of a small table, with its margins, gives the cells:
    that is no matter where readers alone are protected.
    """
    compared = estimates[estimates["statistic"].isin(COMPARED)]
    shares = estimates[(estimates["statistic"] == "share") & (estimates["hidden"] != "")]
    reasons: dict[tuple[str, ...], str] = {}
    for row in _texts(shares):
        reasons[row["question"], row["group"], row["level"], row["category"]] = row["hidden"]
        if rules.protect == "respondents":
            reasons.setdefault((row["question"], row["group"], ALL), row["hidden"])
    found = [next((reasons[key] for key in _shares_behind(row) if key in reasons), "") for row in _texts(compared)]
    reason = pd.Series(found, index=compared.index, dtype="str").reindex(estimates.index, fill_value="")
    out = reason != ""
    taken: dict[str, pd.Series] = {name: estimates[name].mask(out) for name in (*TAKEN_OUT, "base", "weighted_base")}
    return estimates.assign(**taken, hidden=estimates["hidden"].mask(out, reason).astype("str"))


def hide_mentions(estimates: pd.DataFrame) -> pd.DataFrame:
    """Take out all shares of mentions of a panel where one count in it is hidden: they add up to the whole."""
    place = ["question", "group", "level"]
    counts = estimates[(estimates["statistic"] == "share") & (estimates["hidden"] != "")]
    reasons: dict[tuple[str, ...], str] = {}
    for row in _texts(counts):
        reasons.setdefault((row["question"], row["group"], row["level"]), row["hidden"])
    about = estimates["statistic"].isin(MENTIONS)
    named = [tuple(row[name] for name in place) for row in _texts(estimates[about])]
    found = pd.Series([reasons.get(each, "") for each in named], index=estimates.index[about], dtype="str")
    reason = found.reindex(estimates.index, fill_value="")
    taken: dict[str, pd.Series] = {
        name: estimates[name].mask(reason != "") for name in (*TAKEN_OUT, "base", "weighted_base")
    }
    return estimates.assign(**taken, hidden=estimates["hidden"].mask(reason != "", reason).astype("str"))


def hide_changes(changes: pd.DataFrame, parts: Collection[str]) -> pd.DataFrame:
    """Take out a change of returning respondents where one of its parts is hidden: with the other it would give it.

    Args:
        changes: rows of two waves, hidden as the rules say.
        parts: the statistics that a change is the difference of; every other one with their place is the change.
    """
    place = ["wave", "question", "category", "group", "level"]
    behind = changes[changes["statistic"].isin(parts) & (changes["hidden"] != "")]
    reasons = dict(zip(behind[place].itertuples(index=False, name=None), behind["hidden"], strict=True))
    about = ~changes["statistic"].isin(parts) & (changes["hidden"] == "")
    named = changes[place].itertuples(index=False, name=None)
    reason = pd.Series([reasons.get(each, "") for each in named], index=changes.index, dtype="str").where(about, "")
    taken: dict[str, pd.Series] = {name: changes[name].mask(reason != "") for name in TAKEN_OUT}
    return changes.assign(**taken, hidden=changes["hidden"].mask(reason != "", reason).astype("str"))


def _texts(rows: pd.DataFrame) -> list[dict[str, str]]:
    columns = ["question", "group", "level", "category", "hidden"]
    return [{str(name): str(text) for name, text in row.items()} for row in rows[columns].to_dict("records")]


def _shares_behind(row: Mapping[str, str]) -> list[tuple[str, ...]]:
    if row["level"] == ALL:
        return [(row["question"], row["group"], ALL)]
    return [(row["question"], row["group"], level, row["category"]) for level in levels_of(row["level"])]


def is_cell(estimates: pd.DataFrame) -> pd.Series:
    """Tell which rows count the respondents who gave one answer."""
    return estimates["statistic"].isin(CELLS) & (estimates["category"] != NO_ANSWER)


def _respondents(estimates: pd.DataFrame) -> pd.Series:
    """How many respondents an estimate is of; mentions, which are no respondents, hide with their shares."""
    return estimates["base"].mask(estimates["statistic"].isin(MENTIONS))


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
