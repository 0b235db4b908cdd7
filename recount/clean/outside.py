"""Answers by people whom the instrument did not ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from recount.clean.answers import Answers
from recount.clean.columns import columns_of, stored_questions, ticked_column
from recount.clean.findings import where
from recount.clean.reading import NUMBER_OF, Marks, Typed
from recount.errors import Finding
from recount.ingest.raw import Column
from recount.study.instrument import Question


@dataclass(frozen=True)
class Outside:
    """Who answered a question without being asked (by position), and the cells that go with it."""

    question: Question
    positions: np.ndarray
    marks: tuple[Marks, ...]


def answered_outside(answers: Answers, kept: np.ndarray) -> list[Outside]:
    """Find the answers of kept responses to questions that they were not asked.

    A multi-select question of which nothing is ticked is no answer: platforms write "not selected" for those, too,
    who never saw the question.
    """
    context = answers.context
    found = []
    for question in stored_questions(context.instrument, context.wave):
        beside = kept & ~answers.who[question.id].to_numpy()
        if question.universe_in(context.wave) and beside.any():
            filled = _filled(question, answers.located.questions[question.id], answers.typed[question.id])
            marks = [_marks(variable, column.name, cells & beside) for variable, column, cells in filled]
            positions = np.unique(np.concatenate([each.positions for each in marks]))
            if len(positions):
                found.append(Outside(question, positions, tuple(marks)))
    return found


def removed(answers: Answers) -> pd.DataFrame:
    """Take away all that stands in questions which the respondent was not asked."""
    context = answers.context
    columns: dict[str, pd.Series] = {}
    for question in stored_questions(context.instrument, context.wave):
        if question.universe_in(context.wave):
            beside = ~answers.who[question.id]
            columns |= {name: answers.everyone[name].mask(beside) for name in columns_of(question)}
    return answers.everyone.assign(**columns)


def outside_findings(outside: Sequence[Outside], answers: Answers) -> list[Finding]:
    """Tell, question by question, who answered without being asked."""
    context = answers.context
    findings = []
    for each in outside:
        rows = context.raw.cells["row"].take(pa.array(each.positions)).to_pylist()
        respondents = answers.labels.take(pa.array(each.positions)).to_pylist()
        universe = each.question.universe_in(context.wave)
        condition = " and ".join(f"{name} is {' or '.join(categories)}" for name, categories in universe.items())
        mend = "or set cleaning.outside_universe: remove in config.yaml"
        findings.append(
            Finding(
                problem="answered by somebody who was not asked" + where(rows, respondents),
                file=context.files.export,
                row=rows[0],
                key=each.question.id,
                expected=f"answers only where {condition}",
                mend=f"correct the cells in {context.files.corrections}, {mend}",
            )
        )
    return findings


def _filled(question: Question, columns: Mapping[str, Column], typed: Typed) -> list[tuple[str, Column, np.ndarray]]:
    """Each variable of a question with its column, and the responses that say something in it."""
    if "" in columns:
        return [(question.id, columns[""], typed.answered)]
    filled = []
    for category, column in columns.items():
        variable = ticked_column(question.id, category)
        cells = typed.columns[variable].to_numpy(dtype=bool, na_value=False).copy()
        for unread in typed.unread:
            if unread.column == column.name:
                cells[unread.positions] = True
        filled.append((variable, column, cells))
    return filled


def _marks(variable: str, column: str, cells: np.ndarray) -> Marks:
    positions = np.flatnonzero(cells).astype(np.int32)
    return Marks(variable, column, positions, np.full(len(positions), NUMBER_OF["outside universe"], dtype=np.int8))
