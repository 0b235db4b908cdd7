"""What was estimated and never quoted: the reverse of the ledger."""

from typing import Any

import pandas as pd

from recount.write.quoted import quoted

QUOTABLE = ("share", "mean", "median", "net", "chosen_mean", "response_rate", "respondents", "nonresponse")
# Whoever reads one of these has read the share of the same category.
AS_GOOD = ("/count/", "/share_asked/")


def unused(
    estimates: pd.DataFrame, numbers: dict[str, Any], *, wave: str | None = None, groups: bool = False
) -> pd.DataFrame:
    """List the estimates of a wave, known and not hidden, that no number of the paper says.

    An estimate that was only compared with others, as all are for the largest to be found, is not said; nor is one of
    which the paper prints no more than the base. A share counts as said where the count of the same category is, or its
    share of those asked.

    Args:
        estimates: as `recount.estimate.io.read_estimates` gives them.
        numbers: the content of numbers.json.
        wave: the paper's own where None.
        groups: whether to list those by group, too.

    Returns:
        Rows of `estimates`, in their order, of the statistics in `QUOTABLE`.
    """
    chosen = (
        (estimates["wave"] == (numbers["wave"] if wave is None else wave))
        & estimates["statistic"].isin(QUOTABLE)
        & (groups | (estimates["group"] == ""))
        & (estimates["hidden"] == "")
        & estimates["value"].notna()
        & ~estimates["key"].isin(said(numbers))
    )
    return estimates[chosen]


def said(numbers: dict[str, Any]) -> set[str]:
    """Give the keys of all estimates that the paper says, by their value or in a way that is as good."""
    keys = {key for number in numbers["numbers"] for key in quoted(number["trace"], bases=False)}
    return keys | {key.replace(other, "/share/") for key in keys for other in AS_GOOD}


def touched(numbers: dict[str, Any]) -> set[str]:
    """Give the questions of which the paper says anything at all, be it a base, in any wave."""
    keys = {key for number in numbers["numbers"] for key in quoted(number["trace"])}
    return {numbers["estimates"][key]["question"] for key in keys}
