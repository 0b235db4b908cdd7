"""Where estimates come from, as the ledger has it: columns, changes, coding, code, settings. Many share one origin."""

import json
from collections.abc import Mapping
from typing import Any

from recount.audit.pages.study import Study
from recount.write.number import Estimate


def origins(study: Study) -> list[Any]:
    """List the origins of the ledger's estimates, each once; the digests of their rows stand with the estimates."""
    return list(_by_content(study).values())


def places_of(study: Study, found: list[Estimate]) -> list[int | None]:
    """Give the place of each estimate's origin in that list; None for one that the paper does not print."""
    places = {content: place for place, content in enumerate(_by_content(study))}
    printed = study.ledger["estimates"]
    return [places[_content(printed[each.key])] if each.key in printed else None for each in found]


def _by_content(study: Study) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in study.ledger["estimates"].values():
        found.setdefault(_content(row), _without_rows(row))
    return found


def _content(row: Mapping[str, Any]) -> str:
    return json.dumps(_without_rows(row), sort_keys=True)


def _without_rows(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in row["provenance"].items() if name != "rows"}
