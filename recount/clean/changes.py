"""The wave's log of changes, from all that rules and people did to its cells."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa

from recount.clean.answers import Answers
from recount.clean.columns import RESPONDENT, columns_of, ticked_column
from recount.clean.log import log_of
from recount.clean.outside import Outside
from recount.clean.reading import Marks
from recount.clean.values import texts_of, ticked_texts


def changes_of(answers: Answers, outside: Sequence[Outside], clean: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    """Write the log of the wave: `clean` is the finished clean table of the responses that are `kept`."""
    context = answers.context
    lists = {
        question.id: question
        for question in context.instrument.asked_in(context.wave)
        if question.type == "multi" and not question.waves[context.wave].columns
    }

    def after(variable: str, places: np.ndarray) -> pa.Array:
        if variable in lists:
            return ticked_texts(clean[list(columns_of(lists[variable]))].iloc[places], lists[variable])
        return texts_of(clean[variable].iloc[places])

    return log_of(
        _marks(answers, outside),
        answers.corrected.cells,
        order=_variables(answers),
        kept=kept,
        raw=context.raw.cells,
        labels=answers.labels,
        after=after,
    )


def _variables(answers: Answers) -> list[tuple[str, str]]:
    """All variables with their column of the export, in order; then corrected columns that no question reads."""
    context = answers.context
    identity = context.instrument.of_type("id", context.wave)
    found = []
    for question in context.instrument.asked_in(context.wave):
        for category, column in answers.located.questions[question.id].items():
            variable = ticked_column(question.id, category) if category else question.id
            found.append((RESPONDENT if question is identity else variable, column.name))
    read = {column for _, column in found}
    corrected = dict.fromkeys(cell.column for cell in answers.corrected.cells)
    return found + [("", column) for column in corrected if column not in read]


def _marks(answers: Answers, outside: Sequence[Outside]) -> list[Marks]:
    """All that rules marked; the id's variable is `respondent`."""
    identity = answers.context.instrument.of_type("id", answers.context.wave)
    marks: list[Marks] = []
    for name, typed in answers.typed.items():
        own = identity is not None and name == identity.id
        marks += [replace(each, variable=RESPONDENT) for each in typed.marks] if own else typed.marks
    return marks + [each for one in outside for each in one.marks]
