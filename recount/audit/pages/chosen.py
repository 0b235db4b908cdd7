"""Which estimates stand on the audit pages: those that the paper prints, and those that they are read beside."""

import pandas as pd

from recount.audit.pages.study import Study

# What a number of a group is read beside: its question's other answers and other levels, and who was asked.
BESIDE = ("share", "share_asked", "asked")


def printed(study: Study) -> pd.Series:
    """Flag the rows of estimates.csv that the paper prints, or that went into what it prints."""
    return study.estimates["key"].isin(list(study.ledger["estimates"]))


def full(study: Study) -> pd.Series:
    """Flag those that have rows and SQL of their own: what is printed, and every question overall."""
    frame = study.estimates
    # A count says no more than its share, which has the same numerator.
    return printed(study) | ((frame["group"] == "") & (frame["statistic"] != "count"))


def chosen(study: Study) -> pd.Series:
    """Flag all rows that stand on the pages."""
    frame = study.estimates
    used = frame[printed(study) & (frame["group"] != "")]
    asked = pd.MultiIndex.from_frame(used[["question", "group"]].drop_duplicates())
    beside = pd.MultiIndex.from_frame(frame[["question", "group"]]).isin(asked) & frame["statistic"].isin(BESIDE)
    return full(study) | beside
