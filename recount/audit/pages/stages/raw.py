"""The stage of raw data: each export as it was admitted."""

from typing import Any

from recount.audit.pages.checks import Check
from recount.audit.pages.responses import read_columns
from recount.audit.pages.study import Study

Json = dict[str, Any]


def raw(study: Study, wave: str) -> Json:
    """Describe an export: its seal, its form, its columns, and those that the study does not read."""
    tables, ledger = study.tables[wave], study.ledger["waves"].get(wave, {})
    export, read = tables.raw, read_columns(tables)
    ignored = study.instrument.ignored.get(wave, {})
    return {
        "in": len(export.header),
        "out": len(tables.received),
        "file": study.settings.waves[wave].export,
        "sha256": ledger.get("sha256", ""),
        "format": export.format,
        "encoding": export.encoding,
        "delimiter": export.delimiter,
        "columns": {
            "read": [{"name": column.name, "text": column.label} for column in export.columns if column.name in read],
            "left": [
                {"name": column.name, "why": ignored.get(column.name, "a column of the platform's")}
                for column in export.columns
                if column.name not in read
            ],
        },
        "checks": [each.plain() for each in _checks(study, wave)],
    }


def _checks(study: Study, wave: str) -> list[Check]:
    tables = study.tables[wave]
    rows, make = tables.received.tolist(), study.checks
    said = study.ledger["waves"].get(wave, {}).get("received", len(rows))
    return [
        make.that(
            "Every response has a row of its own in the export", len(rows), "rows", holds=len(set(rows)) == len(rows)
        ),
        make.adds_up("The ledger counts as many responses as there are", {"responses": len(rows)}, {"ledger": said}),
    ]
