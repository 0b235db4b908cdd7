"""The estimates of the audit pages: each with its value as written and exactly, its counts, its rows and its SQL."""

from collections.abc import Iterable
from typing import Any

from recount.audit.members import members
from recount.audit.pages.chosen import chosen, full
from recount.audit.pages.counted import flags
from recount.audit.pages.exact import exact, whole
from recount.audit.pages.origins import places_of
from recount.audit.pages.pool import table
from recount.audit.pages.queries import query
from recount.audit.pages.study import Study
from recount.write.number import Estimate

NAMES = ("key", "wave", "question", "statistic", "category", "group", "level", "unit", "method", "hidden")
NUMBERS = ("value", "low", "high", "se", "weighted_n", "weighted_base")
COUNTS = ("n", "base", "asked", "answered", "row")
PARTS = ("numerator", "base")


def estimates(study: Study) -> dict[str, Any]:
    """Make the table of estimates, in the order of estimates.csv; `row` is the one there."""
    found = [study.estimate(key) for key in study.estimates.loc[chosen(study), "key"]]
    whole_trace = set(study.estimates.loc[full(study), "key"])
    texts = {name: [getattr(each, name) for each in found] for name in NAMES}
    texts |= {name: [exact(getattr(each, name)) for each in found] for name in NUMBERS}
    texts |= {
        "display": [_display(study, each) for each in found],
        "interval": [_interval(study, each) for each in found],
    }
    texts |= _rows(study, found, whole_trace) | _digests(study, found)
    made = table(
        study.pool,
        texts=texts,
        values={name: [whole(getattr(each, name)) for each in found] for name in COUNTS},
    )
    made["values"]["sql"] = [query(study, each) if each.key in whole_trace else [] for each in found]
    made["values"]["origin"] = places_of(study, found)
    return made


def written_counts(study: Study, counts: Iterable[int | None]) -> dict[str, str]:
    """Write the counts that digits alone would not write as the paper does: 1615 is 1,615 there."""
    known = sorted({each for each in counts if each is not None})
    return {str(each): text for each in known if (text := study.formatter.count(each)) != str(each)}


def _display(study: Study, estimate: Estimate) -> str:
    return study.formatter.value(estimate.value, estimate.unit, hidden=estimate.hidden, decimals=estimate.decimals)


def _interval(study: Study, estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None or estimate.hidden:
        return ""
    return study.formatter.interval(estimate.low, estimate.high, estimate.unit, decimals=estimate.decimals)


def _rows(study: Study, found: list[Estimate], traced: set[str]) -> dict[str, list[str]]:
    """Who is in numerator and base, as flags; blank where the pages show no respondents.

    Who is counted in a hidden estimate is as hidden as how many they are.
    """
    columns: dict[str, list[str]] = {"in_numerator": [], "in_base": []}
    for each in found:
        tables = study.tables[each.wave]
        shown = members(each, tables) if study.with_rows and each.key in traced and not each.hidden else None
        columns["in_numerator"].append(flags(shown.numerator, tables) if shown else "")
        columns["in_base"].append(flags(shown.base, tables) if shown else "")
    return columns


def _digests(study: Study, found: list[Estimate]) -> dict[str, list[str]]:
    """The digests of those rows, as the ledger has them."""
    traced = [study.ledger["estimates"].get(each.key, {}).get("provenance", {}).get("rows", {}) for each in found]
    return {f"{part}_sha256": [(rows.get(part) or {}).get("sha256", "") for rows in traced] for part in PARTS}
