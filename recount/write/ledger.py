"""The ledger: every number that the paper prints, in order, with its trace; and every claim, with its margin."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from recount.display.rounding import as_decimal
from recount.study.settings import Settings
from recount.write.assemble import Assembler, ClaimEntry, Entry, QuotationEntry
from recount.write.claims import amount, in_unit_of, reach_of, shown
from recount.write.floats import PREFIX
from recount.write.margin import Margin, margin
from recount.write.number import Constant, Declared, Estimate, Number, described
from recount.write.page import Allowed, Place
from recount.write.respondents import respondents_to_turn
from recount.write.truth import comparisons, formula, tests

NUMBERS_VERSION, CLAIMS_VERSION = 3, 2
FIELDS = [
    each.name
    for each in fields(Estimate)
    if each.name not in ("key", "se", "df", "exclusive", "decimals", "drawn_together")
]


def numbers(assembler: Assembler, settings: Settings) -> dict[str, Any]:
    """Make the content of printed.json: that of numbers.json but for the provenance, which the audit stage adds."""
    used = {leaf.key: leaf for entry in assembler.numbers for leaf in entry.number.estimates()}
    return {
        "version": NUMBERS_VERSION,
        "title": settings.title,
        "wave": settings.paper.wave,
        "simulated": list(settings.simulated),
        "floats": {kind: [name for each, name in assembler.floats if each == kind] for kind in PREFIX},
        "numbers": [_number(entry) for entry in assembler.numbers],
        "estimates": {key: _estimate(used[key]) for key in sorted(used)},
        "quotations": [_quotation(entry) for entry in assembler.quotations],
        "allowed": [_allowed(each) for each in assembler.page.allowed],
    }


def claims(assembler: Assembler, settings: Settings) -> dict[str, Any]:
    """Make the content of claims.json, as docs/claims.schema.json describes it."""
    return {
        "version": CLAIMS_VERSION,
        "title": settings.title,
        "simulated": list(settings.simulated),
        "claims": [_claim(entry, assembler) for entry in assembler.claims],
    }


def trace_of(number: Number) -> dict[str, Any]:
    """Write a trace as a tree: what was done, to what, and what came out."""
    trace = number.trace
    made: dict[str, Any] = {"value": rounded(number.value), "unit": number.unit}
    if isinstance(trace, Estimate):
        return {"kind": "estimate", "key": trace.key, **made}
    if isinstance(trace, Constant):
        return {"kind": "constant", **made}
    if isinstance(trace, Declared):
        return {"kind": "declared", "file": trace.file, "key": trace.key, **made}
    return {"kind": "operation", "name": trace.name, **made, "of": [trace_of(each) for each in trace.of]}


def rounded(value: float | None) -> float | None:
    """Leave the noise of arithmetic out of the ledger: 12 significant digits, as all that is printed is read at."""
    return None if value is None else float(as_decimal(value))


def _number(entry: Entry) -> dict[str, Any]:
    number = entry.number
    return {
        "id": entry.id,
        "entry": entry.entry,
        "kind": "name" if entry.printed.kind == "name" else "number",
        "display": entry.printed.text,
        "written_as": number.style.method,
        "value": rounded(number.value),
        "unit": number.unit,
        "low": rounded(number.low),
        "high": rounded(number.high),
        "keys": [leaf.key for leaf in number.estimates()],
        "formula": described(number),
        "trace": trace_of(number),
        "part": entry.part,
        "figure": entry.figure,
        "sentence": entry.sentence,
        **_place(entry.printed.place),
    }


def _estimate(row: Estimate) -> dict[str, Any]:
    """An estimate as it stands in its row; what is hidden there has no value here either."""
    return {name: getattr(row, name) for name in FIELDS}


def _quotation(entry: QuotationEntry) -> dict[str, Any]:
    return {"id": entry.id, **asdict(entry.quotation), **_place(entry.printed.place)}


def _allowed(each: Allowed) -> dict[str, Any]:
    return {"text": each.text, "kind": each.kind, "why": each.why, **_place(each.place)}


def _claim(entry: ClaimEntry, assembler: Assembler) -> dict[str, Any]:
    claim = entry.claim
    keys = {
        leaf.key: None
        for each in comparisons(claim.condition)
        for side in (each.left, each.right)
        for leaf in side.estimates()
    }
    return {
        "id": entry.id,
        "phrase": entry.phrase,
        "sentence": entry.sentence,
        "condition": formula(claim.condition),
        "tests": list(dict.fromkeys(tests(claim.condition))),
        "holds": claim.holds,
        "status": entry.status,
        "margin": {
            "respondents": respondents_to_turn(claim.condition),
            "comparisons": [_margin(margin(each), assembler) for each in comparisons(claim.condition)],
        },
        "keys": list(keys),
        "part": entry.part,
        **_place(claim.place),
    }


def _margin(found: Margin, assembler: Assembler) -> dict[str, Any]:
    left, right = found.comparison.left, found.comparison.right
    return {
        "left": described(left),
        "left_display": shown(in_unit_of(left, right), assembler.formatter),
        "comparison": found.comparison.symbol,
        "right": described(right),
        "right_display": shown(in_unit_of(right, left), assembler.formatter),
        "difference": rounded(found.difference),
        "difference_display": amount(found.difference, left.unit or right.unit, assembler.formatter),
        "unit": left.unit or right.unit,
        "interval_reaches_over": found.reaches_over,
        "interval_reach": rounded(found.reach),
        "interval_reach_display": reach_of(found, assembler.formatter),
    }


def _place(place: Place) -> Mapping[str, Any]:
    return {"file": place.file, "line": place.line, "declared_at": place.key}
