"""The numbers and the claims of the paper, in its order."""

from collections.abc import Mapping
from typing import Any

from recount.audit.pages.exact import exact
from recount.audit.pages.pool import of_records
from recount.audit.pages.study import Study

Json = dict[str, Any]
TEXTS = ("id", "entry", "kind", "display", "written_as", "unit", "formula", "part", "figure", "sentence", "file")
PLACES = ("line",)


def numbers(study: Study) -> Json:
    """Make the table of numbers: where each is printed, as what, and of which estimates.

    `calculation` is there for those that arithmetic made: a tree of operations, each with what came out.
    """
    found = study.ledger["numbers"]
    made = of_records(study.pool, found, texts=(*TEXTS, "declared_at"), values=PLACES)
    made["texts"]["exact"] = study.pool.places(exact(each["value"]) for each in found)
    made["texts"]["interval"] = study.pool.places(_interval(study, each) for each in found)
    made["values"]["keys"] = [study.pool.places(each["keys"]) for each in found]
    made["values"]["settings"] = [study.pool.places(each.get("settings", ())) for each in found]
    made["values"]["calculation"] = [_calculation(study, each["trace"]) for each in found]
    return made


def claims(study: Study) -> list[Any]:
    """List the claims as claims.json has them."""
    return list(study.claims["claims"])


def allowed(study: Study) -> Json:
    """Make the table of the digits that stand in the text and are none of the data's, each with its reason."""
    return of_records(
        study.pool, study.ledger["allowed"], texts=("text", "kind", "why", "file", "declared_at"), values=PLACES
    )


def quotations(study: Study) -> Json:
    """Make the table of the answers that the paper quotes: who gave them, who cleared them, the cell of the export."""
    named = (
        "id",
        "text",
        "question",
        "code",
        "wave",
        "respondent",
        "language",
        "cleared_by",
        "answer_sha256",
        "column",
    )
    found = study.ledger["quotations"]
    return of_records(study.pool, found, texts=(*named, "file"), values=("line", "row", "redactions"))


def _interval(study: Study, number: Mapping[str, Any]) -> str:
    if number["low"] is None or number["high"] is None:
        return ""
    return study.formatter.interval(number["low"], number["high"], number["unit"] or "ratio")


def _calculation(study: Study, trace: Mapping[str, Any] | None) -> Json | None:
    """The tree of what was calculated; None where the number is an estimate as it stands."""
    return _node(study, trace) if trace and trace["kind"] != "estimate" else None


def _node(study: Study, trace: Mapping[str, Any]) -> Json:
    value, unit = trace.get("value"), trace.get("unit") or "ratio"
    node = {"kind": trace["kind"], "value": exact(value), "display": study.formatter.value(value, unit)}
    node |= {name: trace[name] for name in ("name", "key", "file") if trace.get(name)}
    return node | ({"of": [_node(study, each) for each in trace["of"]]} if trace.get("of") else {})
