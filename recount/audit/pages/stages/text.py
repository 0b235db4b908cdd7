"""The stage of the text: numbers printed, claims made, digits that are none of the data's."""

from collections import Counter
from typing import Any

from recount.audit.pages.checks import Check
from recount.audit.pages.study import Study

Json = dict[str, Any]


def text(study: Study, main: str) -> Json:
    """Count what the paper says; `main` is its page, in which every number must be found."""
    numbers, claims = study.ledger["numbers"], study.claims["claims"]
    return {
        "in": len(study.ledger["estimates"]),
        "out": len(numbers),
        "parts": dict(Counter(each["part"] for each in numbers)),
        "claims": dict(sorted(Counter(each["status"] for each in claims).items())),
        "checks": [each.plain() for each in _checks(study, main)],
    }


def _checks(study: Study, main: str) -> list[Check]:
    numbers, claims = study.ledger["numbers"], study.claims["claims"]
    in_text = [each["id"] for each in numbers if not each["figure"]]
    missing = [number for number in in_text if f'id="{number}"' not in main]
    unknown = [key for each in numbers for key in each["keys"] if key not in study.ledger["estimates"]]
    untrue = [f"{each['id']} “{each['phrase']}”" for each in claims if not each["holds"]]
    return [
        study.checks.none_of("Every number of the ledger stands in the paper", missing, len(in_text)),
        study.checks.none_of("Every number leads to estimates", unknown, len(numbers)),
        study.checks.none_of("Every claim holds on the data", untrue, len(claims)),
    ]
