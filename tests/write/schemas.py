"""The schemas in docs/, for what the write stage makes."""

import json
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parents[2] / "docs"
# What the audit stage adds to the ledger: in it all, in each number, in each estimate.
ADDED = {"waves", "codebook", "code"}, {"settings"}, {"provenance"}


def claims_schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((DOCS / "claims.schema.json").read_text(encoding="utf-8"))
    return schema


def printed_schema() -> dict[str, Any]:
    """The ledger's schema before provenance is added: the rest of it holds for printed.json too."""
    schema: dict[str, Any] = json.loads((DOCS / "numbers.schema.json").read_text(encoding="utf-8"))
    parts = (schema, schema["$defs"]["number"], schema["$defs"]["estimate"])
    for part, added in zip(parts, ADDED, strict=True):
        part["required"] = [name for name in part["required"] if name not in added]
    return schema
