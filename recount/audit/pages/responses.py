"""The responses of a wave, cell by cell: as the export has them, what cleaning changed, and what was made of them."""

from typing import Any

import numpy as np
import pandas as pd

from recount.audit.pages.pool import Pool, table
from recount.audit.tables import WaveTables
from recount.clean.columns import RESPONDENT, columns_of, stored_questions
from recount.clean.replay import as_texts
from recount.study.instrument import Question

# What the platform records of a response, by which cleaning decides whether it counts.
ROLES = ("status", "finished", "duration", "started", "recorded", "respondent")
LOGGED = ("variable", "column", "before", "after", "rule", "reason")
NONE_TICKED = "none ticked"

Json = dict[str, Any]


def responses(tables: WaveTables, pool: Pool) -> Json:
    """Make the tables of a wave's responses, in the order of the export.

    Of the export they hold the columns that the study reads; what it does not read (addresses, names) stays there.
    """
    return {
        "responses": table(pool, texts=_named(tables), values={"row": tables.received.tolist()}),
        "raw": table(pool, texts={name: _cells(tables, name) for name in read_columns(tables)}),
        "clean": table(pool, texts=_clean(tables)),
        "changes": _changes(tables, pool),
    }


def read_columns(tables: WaveTables) -> list[str]:
    """Name the columns of the export that the study reads, in the export's order."""
    asked = tables.instrument.asked_in(tables.wave)
    read = {name for question in asked for name in tables.export_columns(question.id)}
    read |= {tables.raw.roles.get(role, "") for role in ROLES} | set(tables.changes["column"])
    return [column.name for column in tables.raw.columns if column.name in read]


def _named(tables: WaveTables) -> dict[str, list[str]]:
    """Who each response is of, and where it was left out the reason."""
    names = dict(zip(tables.kept.tolist(), tables.respondents, strict=True))
    out = {int(each["row"]): each for each in tables.excluded.to_dict("records")}
    rows = tables.received.tolist()
    return {
        "respondent": [str(names.get(row) or out.get(row, {}).get(RESPONDENT, "")) for row in rows],
        "reason": [str(out[row]["reason"]) if row in out else "" for row in rows],
        "detail": [str(out[row]["detail"]) if row in out else "" for row in rows],
    }


def _cells(tables: WaveTables, name: str) -> list[str]:
    return [cell or "" for cell in tables.raw.cells[name].to_pylist()]


def _clean(tables: WaveTables) -> dict[str, list[str]]:
    """The clean answer to each question as text; of several categories their ids joined by `;`."""
    texts = as_texts(tables.clean)
    places = pd.Index(tables.kept).get_indexer(pd.Index(tables.received))
    found = {}
    for question in stored_questions(tables.instrument, tables.wave):
        answers = [*_answers(texts, question), ""]  # what was left out has the place -1
        found[question.id] = [answers[place] for place in places]
    return found


def _answers(texts: pd.DataFrame, question: Question) -> list[str]:
    if question.type != "multi":
        return [str(each) for each in texts[question.id]]
    cells = texts[list(columns_of(question))].to_numpy()
    ids = np.array([category.id for category in question.categories])
    return [";".join(ids[row == "true"]) or (NONE_TICKED if (row == "false").any() else "") for row in cells]


def _changes(tables: WaveTables, pool: Pool) -> Json:
    """The log of changes: of every cell that is not just its text read."""
    log = tables.changes
    return table(pool, texts={name: log[name].astype("str") for name in LOGGED}, values={"row": log["row"].tolist()})
