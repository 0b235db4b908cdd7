"""What was estimated and never quoted: the reverse of the ledger."""

from typing import Any

import pandas as pd

QUOTABLE = ("share", "mean", "median", "net", "response_rate", "respondents", "nonresponse")


def unused(estimates: pd.DataFrame, numbers: dict[str, Any], *, wave: str | None = None) -> pd.DataFrame:
    """List the estimates of a wave, of everyone and not hidden, that no number of the paper rests on.

    Args:
        estimates: as `recount.estimate.io.read_estimates` gives them.
        numbers: the content of numbers.json.
        wave: the paper's own where None.

    Returns:
        Rows of `estimates`, in their order, of the statistics in `QUOTABLE`. A share counts as quoted where the count
        of the same category is.
    """
    used = set(numbers["estimates"])
    used |= {key.replace("/count/", "/share/") for key in used}
    chosen = (
        (estimates["wave"] == (numbers["wave"] if wave is None else wave))
        & estimates["statistic"].isin(QUOTABLE)
        & (estimates["group"] == "")
        & (estimates["hidden"] == "")
        & ~estimates["key"].isin(used)
    )
    return estimates[chosen]
