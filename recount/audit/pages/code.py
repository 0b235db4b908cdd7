"""The code behind the numbers: which function computed them, to be read beside them."""

from collections.abc import Iterator
from typing import Any

from recount.audit.pages.source import function_at
from recount.audit.pages.study import Study


def functions(study: Study) -> dict[str, str]:
    """Give the text of each function that the ledger names, by file and line: `recount/estimate/shares.py:14`."""
    found = {}
    for place in _named(study):
        name = f"{place['file']}:{place['line']}"
        if name not in found and place["file"] in study.code:
            found[name] = function_at(study.code[place["file"]], place["line"])
    return dict(sorted(found.items()))


def rules(study: Study) -> dict[str, Any]:
    """Name the script of each rule, and how many modules of the library it runs."""
    named = study.ledger["code"].items()
    return {rule: {"script": each["script"], "modules": len(each["modules"])} for rule, each in named}


def _named(study: Study) -> Iterator[dict[str, Any]]:
    for row in study.ledger["estimates"].values():
        yield row["provenance"]["code"]
        if row["provenance"].get("interval_code"):
            yield row["provenance"]["interval_code"]
