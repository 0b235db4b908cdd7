"""The stage of figures: what each draws and prints, and whether the ledger has it."""

from typing import Any

import pandas as pd

from recount.audit.pages.checks import Check
from recount.audit.pages.study import Study

Json = dict[str, Any]


def figures(study: Study) -> list[Json]:
    """Describe each figure: the estimates that it draws, in drawing order, with the text printed for each."""
    return [_figure(study, name, source) for name, source in study.figures.items()]


def _figure(study: Study, name: str, source: pd.DataFrame) -> Json:
    columns = ("label", "series", "panel", "display", "key")
    return {
        "name": name,
        "alternative": study.alternatives.get(name, ""),
        "rows": {column: study.pool.places(source[column].astype("str")) for column in columns},
        "checks": [each.plain() for each in _checks(study, name, source)],
    }


def _checks(study: Study, name: str, source: pd.DataFrame) -> list[Check]:
    printed = {key for each in study.ledger["numbers"] if each["figure"] == name for key in each["keys"]}
    drawn = list(dict.fromkeys(source["key"].astype("str")))
    values = dict(zip(study.estimates["key"], study.estimates["value"].fillna(-1), strict=True))
    pairs = zip(source["key"].astype("str"), source["value"].fillna(-1), strict=True)
    differing = [key for key, value in pairs if values.get(key) != value]
    return [
        study.checks.none_of(
            "Every estimate drawn is in the ledger", [key for key in drawn if key not in printed], len(drawn)
        ),
        study.checks.none_of("Every value drawn is that of estimates.csv", differing, len(source)),
    ]
