"""Qualtrics: three header rows (names, wording, import ids), or two in the legacy export (V1, V2, ...)."""

import json
import re
from collections.abc import Sequence

from recount.ingest.layout import Head, Layout
from recount.ingest.names import Keys, columns_of, compact, roles_by, row_of
from recount.ingest.raw import Column

LEGACY_NAME = re.compile(r"V\d+")
LEGACY_FIRST = ("responseid", "responseset")
# Names that no other platform gives together: they tell an export whose further header rows somebody removed.
OWN_NAMES = {"responseid", "recordeddate", "finished"}

ROLES: Keys = {
    "status": ("status",),
    "finished": ("finished",),
    "duration": ("duration", "durationinseconds"),
    "started": ("startdate",),
    "recorded": ("recordeddate", "enddate"),
    "respondent": ("recordid", "responseid"),
}


def recognised(head: Head) -> Layout | None:
    """Tell a Qualtrics export by its row of import ids, its V-columns, or its own column names."""
    for place, row in enumerate(head[:3]):
        if place and _are_import_ids(row):
            return Layout("qualtrics", place + 1, f"row {place + 1} of the header holds Qualtrics' import ids")
    if _legacy(head):
        return Layout("qualtrics-legacy", 2, "the columns V1, V2, ... have Qualtrics' names in the second header row")
    if head and {compact(name) for name in head[0]} >= OWN_NAMES:
        reason = "the columns ResponseId, RecordedDate and Finished are Qualtrics' own"
        return Layout("qualtrics", 2 if _words_questions(head) else 1, reason)
    return None


def has_import_ids(head: Head) -> bool:
    """Tell whether one of the first rows, below the names, holds import ids."""
    return any(_are_import_ids(row) for row in head[1:3])


def columns(header: Head) -> tuple[Column, ...]:
    """Name the columns by the first header row; the second words the questions."""
    wording = row_of(header, 1)
    return columns_of(header, row_of(header, 0), [] if _are_import_ids(wording) else wording)


def roles(found: tuple[Column, ...]) -> dict[str, str]:
    """Find the platform's columns by import id, which no language changes, else by name.

    In the legacy export it is the second header row that names them, for V-columns only: the others are questions.
    """
    by_id = [(compact(_import_id(text)), column.name) for column in found for text in column.texts[1:]]
    by_name = [(compact(column.name), column.name) for column in found]
    legacy = [(compact(column.label), column.name) for column in found if LEGACY_NAME.fullmatch(column.name)]
    return roles_by([(key, name) for key, name in (*by_id, *by_name, *legacy) if key], ROLES)


def _legacy(head: Head) -> bool:
    if len(head) < 2 or not head[0] or not LEGACY_NAME.fullmatch(head[0][0].strip()):  # noqa: PLR2004 - two rows
        return False
    return any(compact(name) in LEGACY_FIRST for name in head[1])


def _words_questions(head: Head) -> bool:
    """Whether the second row, in an export without import ids, words the questions: a response has a date there."""
    recorded = next(place for place, name in enumerate(head[0]) if compact(name) == "recordeddate")
    text = row_of(head, 1)[recorded]
    return bool(text.strip()) and not any(letter.isdigit() for letter in text)


def _are_import_ids(row: Sequence[str]) -> bool:
    filled = [text for text in row if text.strip()]
    return bool(filled) and all(_import_id(text) for text in filled)


def _import_id(text: str) -> str:
    """The import id that a header cell holds as JSON; empty where it holds none."""
    if not text.lstrip().startswith("{"):
        return ""
    try:
        content = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return ""
    return str(content.get("ImportId", "")) if isinstance(content, dict) else ""
