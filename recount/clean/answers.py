"""Every question of a wave, read by its type."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd
import pyarrow as pa

from recount.clean.closed import read_closed
from recount.clean.context import Context
from recount.clean.corrections import Corrected
from recount.clean.dates import read_dates
from recount.clean.findings import clash_findings
from recount.clean.frame import everyone_of, labels_of
from recount.clean.locate import Located
from recount.clean.match import Matcher, matcher_of, plain
from recount.clean.multi import read_list, read_ticks
from recount.clean.numbers import read_numbers
from recount.clean.reading import Cells, Typed
from recount.clean.texts import read_texts
from recount.clean.universe import asked
from recount.errors import Finding
from recount.ingest.raw import Column
from recount.study.instrument import Question

Matchers = Mapping[str, Mapping[str, Matcher]]


@dataclass(frozen=True)
class Answers:
    """All responses of a wave, read and not yet judged.

    `respondents` holds ids, null where blank; `labels` names every response; `everyone` is the clean table before any
    response is left out, `who` tells who was asked what.
    """

    context: Context
    located: Located
    corrected: Corrected
    typed: Mapping[str, Typed]
    respondents: pa.Array
    labels: pa.Array
    everyone: pd.DataFrame
    who: pd.DataFrame


def read_answers(context: Context, located: Located, matchers: Matchers, corrected: Corrected) -> Answers:
    """Read all questions of the wave from the corrected cells."""
    instrument, wave, cells = context.instrument, context.wave, corrected.raw.cells
    typed = {
        question.id: read_question(
            question, cells, located.questions[question.id], context=context, matchers=matchers.get(question.id, {})
        )
        for question in instrument.asked_in(wave)
    }
    identity = instrument.of_type("id", wave)
    respondents = typed[identity.id].columns[identity.id] if identity else pa.nulls(len(cells), pa.large_string())
    labels = labels_of(respondents, cells["row"].to_numpy())
    everyone = everyone_of(context, typed, labels)
    who = asked(everyone, instrument, wave)
    return Answers(context, located, corrected, typed, respondents, labels, everyone, who)


def read_question(
    question: Question,
    table: pa.Table,
    columns: Mapping[str, Column],
    *,
    context: Context,
    matchers: Mapping[str, Matcher],
) -> Typed:
    """Read the cells of one question for all responses."""
    cells = {category: Cells.of(table, column) for category, column in columns.items()}
    missing = frozenset(plain(text) for text in (*context.instrument.missing, *question.missing)) - {""}
    fielding = question.waves[context.wave]
    if question.type == "multi" and fielding.columns:
        return read_ticks(cells, question, matchers, _written_in(context))
    if question.type == "multi":
        offered = frozenset(category.id for category in question.offered_in(context.wave))
        return read_list(cells[""], question, matchers[""], fielding.separator or "csv", offered=offered)
    if question.closed:
        return read_closed(cells[""], question, matchers[""])
    if question.type in ("number", "weight"):
        return read_numbers(cells[""], question, missing)
    if question.type == "date":
        return read_dates(cells[""], question, missing, fielding.dates)
    return read_texts(cells[""], question, missing)


def matchers_of(
    context: Context, columns: Mapping[str, Mapping[str, Column]]
) -> tuple[dict[str, dict[str, Matcher]], list[Finding]]:
    """Collect what each closed question's texts mean, by question and by category (or "" for its one column).

    A text that could mean two categories is a finding.
    """
    found: dict[str, dict[str, Matcher]] = {}
    findings: list[Finding] = []
    for question in context.instrument.asked_in(context.wave):
        if question.closed:
            found[question.id] = {}
            for category, column in columns[question.id].items():
                missing = (*context.instrument.missing, *question.missing)
                # A category's own column knows only that category: its codes say ticked or not.
                about = _only(question, category) if category else question
                matcher, clashes = matcher_of(about, context.wave, column, missing)
                found[question.id][category] = matcher
                findings += clash_findings(clashes, question, column.name, context)
    return found, findings


def _written_in(context: Context) -> frozenset[str]:
    """The columns that a text question reads: as a category's column, too, any text in them ticks it."""
    asked_in = context.instrument.asked_in(context.wave)
    return frozenset(
        column for question in asked_in if question.type == "text" for column in question.columns_in(context.wave)
    )


def _only(question: Question, category: str) -> Question:
    """The question as if it had but one category; a plain copy, since the whole was checked when it was read."""
    return question.model_copy(update={"categories": (question.category(category),)})
