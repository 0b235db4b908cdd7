"""The clean stage: text cells become typed answers, and every difference is logged."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from recount.clean.answers import Answers, matchers_of, read_answers
from recount.clean.changes import changes_of
from recount.clean.columns import RESPONDENT, ROW, column_findings, stored_questions
from recount.clean.context import Context, Files, context_of
from recount.clean.corrections import Corrected, correct
from recount.clean.duration import duration_findings, seconds_taken
from recount.clean.exclusions import Responses, exclude
from recount.clean.findings import unread_findings, unweighted_findings
from recount.clean.frame import identities, labels_of, text_series
from recount.clean.locate import Located, locate
from recount.clean.outside import answered_outside, outside_findings, removed
from recount.clean.reading import Cells
from recount.clean.universe import universe_findings
from recount.clean.wording import wording_findings
from recount.errors import AnswersError, Finding, RecountError, StudyError
from recount.ingest.raw import RawExport
from recount.study.instrument import Instrument
from recount.study.settings import Cleaning, Roles


@dataclass(frozen=True)
class Cleaned:
    """The three tables of the stage, as docs/tables.md describes them."""

    clean: pd.DataFrame
    changes: pd.DataFrame
    excluded: pd.DataFrame


def clean_wave(
    raw: RawExport,
    *,
    instrument: Instrument,
    wave: str,
    cleaning: Cleaning,
    roles: Roles,
    corrections: pd.DataFrame | None = None,
    files: Files | None = None,
) -> Cleaned:
    """Type the answers of one wave, leave responses out by rule, and log every change.

    `corrections` is what `read_corrections` gives. Raise `StudyError` with all that the instrument and the settings
    lack, then `AnswersError` with all corrections that do not fit, then with all answers of kept responses that cannot
    be read: an answer of a response that is left out stops nothing.
    """
    corrected = corrections is not None and not corrections.empty
    context = context_of(raw, instrument, wave, files, corrected=corrected)
    located = locate(context, roles, cleaning.tests)
    matchers, clashes = matchers_of(context, located.questions)
    _stop(StudyError, [*_undeclared(context, located, cleaning), *clashes])
    answers = read_answers(context, located, matchers, _corrected(context, located, corrections))
    responses, findings = _responses(answers, cleaning)
    excluded = exclude(responses, cleaning)
    kept = np.ones(len(responses.rows), dtype=bool)
    kept[excluded["position"].to_numpy()] = False
    outside = answered_outside(answers, kept)
    _stop(AnswersError, [*findings, *_unreadable(answers, kept, cleaning)])
    _stop(AnswersError, outside_findings(outside, answers) if cleaning.outside_universe == "stop" else [])
    clean = removed(answers).loc[kept].reset_index(drop=True)
    return Cleaned(
        clean, changes_of(answers, outside, clean, kept), _excluded(excluded, responses.rows, answers.labels)
    )


def _undeclared(context: Context, located: Located, cleaning: Cleaning) -> list[Finding]:
    """All that the instrument and the settings lack to read this export."""
    file = context.files.instrument
    return [
        *column_findings(context.instrument, context.wave, file),
        *universe_findings(context.instrument, context.wave, file),
        *located.findings,
        *wording_findings(context, located.questions),
        *duration_findings(located.roles, cleaning, context.wave),
    ]


def _corrected(context: Context, located: Located, corrections: pd.DataFrame | None) -> Corrected:
    if corrections is None or corrections.empty:
        return Corrected(context.raw)
    cells = context.raw.cells
    respondents = labels_of(identities(context, located.questions, cells), cells[ROW].to_numpy())
    corrected = correct(context.raw, corrections, respondents, context.files)
    _stop(AnswersError, corrected.findings)
    return corrected


def _responses(answers: Answers, cleaning: Cleaning) -> tuple[Responses, list[Finding]]:
    """Gather what the exclusions are decided on, and tell what of it cannot be read."""
    context, cells = answers.context, answers.corrected.raw.cells
    asked_of, answered, complete = np.zeros((3, len(answers.who)), dtype=np.int32)
    for question in stored_questions(context.instrument, context.wave):
        if question.type in ("weight", "date"):  # a date is mostly the platform's own
            continue
        gave = answers.typed[question.id].answered
        complete += gave
        if question.closed or question.type == "number":
            reached = answers.who[question.id].to_numpy()
            asked_of += reached
            answered += reached & gave
    status = answers.located.roles.get("status")
    seconds, findings = seconds_taken(cells, answers.located.roles, cleaning, context)
    responses = Responses(
        rows=cells[ROW].to_numpy(),
        respondents=answers.respondents,
        identified=context.instrument.of_type("id", context.wave) is not None,
        asked=asked_of,
        answered=answered,
        complete=complete,
        status=Cells.of(cells, status) if status else None,
        seconds=seconds,
        withdrawn=answers.corrected.withdrawn,
    )
    return responses, findings


def _unreadable(answers: Answers, kept: np.ndarray, cleaning: Cleaning) -> list[Finding]:
    """All answers that cannot be read and would be kept."""
    context = answers.context
    found = []
    for question in context.instrument.asked_in(context.wave):
        read = kept if cleaning.outside_universe == "stop" else kept & answers.who[question.id].to_numpy()
        typed = answers.typed[question.id]
        for unread in typed.unread:
            found += unread_findings(unread, read, answers.labels, question, context)
        if question.type == "weight":
            found += unweighted_findings(kept & ~typed.answered, answers.labels, question, context)
    return found


def _excluded(excluded: pd.DataFrame, rows: np.ndarray, labels: pa.Array) -> pd.DataFrame:
    positions = excluded["position"].to_numpy()
    return pd.DataFrame(
        {
            ROW: rows[positions].astype(np.int32),
            RESPONDENT: text_series(labels.take(pa.array(positions))),
            "reason": excluded["reason"],
            "detail": excluded["detail"],
        }
    )


def _stop(kind: type[RecountError], findings: Sequence[Finding]) -> None:
    if findings:
        raise kind(*findings)
