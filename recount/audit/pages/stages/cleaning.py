"""The stage of cleaning: which responses count, and which cells were read otherwise than they stand."""

from typing import Any

import pandas as pd

from recount.audit.pages.checks import Check
from recount.audit.pages.study import Study
from recount.audit.replays import replay_findings
from recount.display import terms

Json = dict[str, Any]


def cleaning(study: Study, wave: str) -> Json:
    """Tell what cleaning did to a wave: responses left out by reason, cells changed by rule."""
    tables = study.tables[wave]
    reasons = tables.excluded["reason"].astype("str")
    return {
        "in": len(tables.received),
        "out": len(tables.kept),
        "excluded": [
            {"reason": name, "label": terms.reason(name), "n": int((reasons == name).sum())}
            for name in terms.in_order(reasons)
        ],
        "changed": _rules(tables.changes),
        "corrections": (study.ledger["waves"].get(wave, {}) or {}).get("corrections"),
        "checks": [each.plain() for each in _checks(study, wave)],
    }


def _rules(changes: pd.DataFrame) -> list[Json]:
    """The rules that fired, most often first."""
    counted = changes["rule"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return [{"rule": str(rule), "n": int(n)} for rule, n in counted.items()]


def _checks(study: Study, wave: str) -> list[Check]:
    tables, make = study.tables[wave], study.checks
    kept, out = len(tables.kept), len(tables.excluded)
    both = sorted(set(tables.kept.tolist()) & set(tables.excluded["row"].astype(int)))
    findings = replay_findings(tables)
    return [
        make.adds_up("No response is lost", {"kept": kept, "left out": out}, {"received": len(tables.received)}),
        make.none_of("No response is both kept and left out", [f"row {row}" for row in both], kept + out),
        make.that(
            "Raw cells, the log of changes and the rows left out give the clean table once more, cell by cell",
            len(findings) or int(tables.clean.size),
            "findings; run `recount verify`" if findings else "cells",
            holds=not findings,
        ),
    ]
