"""The audit cards: a page that says of every number of the paper where it comes from, and needs nothing but itself."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, StrictUndefined

from recount.audit.printable import printable
from recount.audit.trace import Chain
from recount.display.formatter import Formatter
from recount.study.instrument import Instrument

Json = Mapping[str, Any]


def cards(ledger: Json, *, instrument: Instrument, formatter: Formatter, template: str, style: str) -> str:
    """Write a card an entry of the ledger, in the order of the paper; each number's id leads to its own.

    Args:
        ledger: numbers.json, with its provenance.
        instrument: the questionnaire, for the wording of each wave.
        formatter: writes the values.
        template: the page, in Jinja2 with everything escaped.
        style: its style sheet, the only thing that the page's policy admits besides text.
    """
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    entries: dict[str, list[Json]] = {}
    for number in ledger["numbers"]:
        entries.setdefault(number["entry"], []).append(number)
    chain = Chain(ledger, instrument, formatter)
    return environment.from_string(template).render(
        title=printable(ledger["title"]),
        simulated=ledger["simulated"],
        policy=f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{_seal(style)}'",
        entries=[_entry(entry, numbers, ledger, chain) for entry, numbers in entries.items()],
    )


def _entry(entry: str, numbers: list[Json], ledger: Json, chain: Chain) -> Json:
    first = numbers[0]
    return {
        "id": entry,
        "printed": list(dict.fromkeys(printable(each["display"]) for each in numbers)),
        "formula": printable(first["formula"]) if first["formula"] not in first["keys"] else "",
        "places": [_place(each) for each in numbers],
        "estimates": [_estimate(key, ledger["estimates"][key], chain) for key in first["keys"]],
    }


def _place(number: Json) -> Json:
    line = f", line {number['line']}" if number["line"] else ""
    key = f", {number['declared_at']}" if number["declared_at"] else ""
    return {
        "id": number["id"],
        "display": printable(number["display"]),
        "where": printable(f"{number['part']}: {number['file']}{line}{key}"),
        "sentence": printable(number["sentence"]),
        "in_page": number["part"] not in ("figure label", "alt text"),
    }


def _estimate(key: str, row: Json, chain: Chain) -> Json:
    return {"key": printable(key), "parts": [(name, printable(text)) for name, text in chain.parts(key, row)]}


def _seal(text: str) -> str:
    """Name an inline style in a Content-Security-Policy (CSP Level 3, section 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
