"""The stage of estimates: how many were made of how many respondents, and what was hidden."""

from typing import Any

from recount.audit.pages.checks import Check
from recount.audit.pages.study import Study

Json = dict[str, Any]


def estimating(study: Study, wave: str) -> Json:
    """Count a wave's estimates by statistic, overall and by group, and those that are not shown."""
    frame = study.estimates[study.estimates["wave"] == wave]
    counted = frame.groupby("statistic", sort=False)
    return {
        "in": len(study.tables[wave].kept),
        "out": len(frame),
        "statistics": [
            {
                "statistic": str(name),
                "n": len(part),
                "groups": int((part["group"] != "").sum()),
                "hidden": int((part["hidden"] != "").sum()),
            }
            for name, part in counted
        ],
        "checks": [each.plain() for each in _checks(study, wave)],
    }


def _checks(study: Study, wave: str) -> list[Check]:
    frame = study.estimates[study.estimates["wave"] == wave]
    printed = [key for key, row in study.ledger["estimates"].items() if row["wave"] == wave]
    over = frame.loc[(frame["n"] > frame["base"]).fillna(value=False), "key"]
    twice = frame.loc[frame["key"].duplicated(), "key"]
    shown = frame.loc[(frame["hidden"] != "") & frame["value"].notna(), "key"]
    checks = [
        study.checks.none_of("Every estimate has a key of its own", list(twice), len(frame)),
        study.checks.none_of("No numerator is larger than its base", list(over), len(frame)),
        study.checks.none_of("What is hidden has no value", list(shown), int((frame["hidden"] != "").sum())),
    ]
    # That the rows are as many is what `members` makes sure of: without that, there would be no page.
    again = "The rows of the paper's estimates are found again in the clean table and the codes, as many as counted"
    return [*checks, study.checks.that(again, len(printed), "estimates")]
