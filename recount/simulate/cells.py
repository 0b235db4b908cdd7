"""Answers as the text of an export's cells, in the way of its platform."""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from recount.simulate.play import Answers
from recount.study.instrument import Fielding, Question
from recount.study.simulation import Form

# How the platforms write a date with its time.
DATE: Mapping[str, str] = {"surveymonkey": "%m/%d/%Y %I:%M:%S %p"}
ISO = "%Y-%m-%d %H:%M:%S"
# How they mark an option in a column of its own: None is the option's label.
MARKS: Mapping[str, tuple[str | None, str]] = {
    "limesurvey": ("Y", ""),
    "surveymonkey": (None, ""),
    "qualtrics": (None, ""),
}


def category_text(question: Question, wave: str, place: int) -> str:
    """How the export of a wave writes a category: the first of the wave's own texts for it, else the label."""
    category = question.categories[place]
    written = dict(question.waves[wave].values)
    return next((text for text, meant in written.items() if meant == category.id), category.label)


def answer_cells(question: Question, wave: str, answers: Answers, form: Form) -> Iterator[tuple[str, np.ndarray]]:
    """Give the columns of one question, each with a text for every respondent ("" where there is none)."""
    fielding = question.waves[wave]
    if question.id in answers.chosen and fielding.column is not None:
        texts = [category_text(question, wave, place) for place in range(len(question.categories))]
        yield fielding.column, np.array([*texts, ""], dtype=object)[answers.chosen[question.id]]
    elif question.id in answers.ticks:
        yield from _ticks(question, wave, answers.ticks[question.id], form)
    elif question.id in answers.numbers and fielding.column is not None:
        yield fielding.column, number_texts(answers.numbers[question.id])
    elif question.id in answers.texts and fielding.column is not None:
        yield fielding.column, answers.texts[question.id]


def number_texts(numbers: np.ndarray) -> np.ndarray:
    """Write numbers without needless decimals; "" for nan."""
    known, which = np.unique(numbers, return_inverse=True, equal_nan=True)
    return np.array(["" if np.isnan(number) else f"{number:.10g}" for number in known], dtype=object)[which]


def moments(times: pd.Series, form: Form) -> np.ndarray:
    """Write moments as the platform does."""
    if form in DATE:
        return np.asarray(times.dt.strftime(DATE[form]), dtype=object)
    text = np.datetime_as_string(times.to_numpy().astype("datetime64[s]"))
    return np.char.replace(text, "T", " ").astype(object)


def _ticks(question: Question, wave: str, ticks: np.ndarray, form: Form) -> Iterator[tuple[str, np.ndarray]]:
    fielding = question.waves[wave]
    offered = {category.id for category in question.offered_in(wave)}
    if fielding.column is not None:
        yield fielding.column, _joined(question, wave, ticks, fielding)
        return
    answered = ticks.any(axis=1)
    for place, category in enumerate(question.categories):
        if category.id in fielding.columns and category.id in offered:
            yes, no = MARKS.get(form, ("1", "0"))
            mark = category_text(question, wave, place) if yes is None else yes
            blank = np.where(answered, no, "").astype(object)
            yield fielding.columns[category.id], np.where(ticks[:, place], mark, blank).astype(object)


def _joined(question: Question, wave: str, ticks: np.ndarray, fielding: Fielding) -> np.ndarray:
    """All ticked options in one cell; each distinct set is written once."""
    bits = ticks @ (1 << np.arange(ticks.shape[1], dtype=np.int64))
    known, first, which = np.unique(bits, return_index=True, return_inverse=True)
    del known
    labels = [category_text(question, wave, place) for place in range(ticks.shape[1])]
    mark = {"space": " ", "newline": "\n", "csv": ","}.get(fielding.separator or ",", fielding.separator or ",")
    written = [
        mark.join(_quoted(label, fielding) for label, given in zip(labels, ticks[row], strict=True) if given)
        for row in first
    ]
    return np.array(written, dtype=object)[which]


def _quoted(label: str, fielding: Fielding) -> str:
    return '"' + label.replace('"', '""') + '"' if fielding.separator == "csv" and set(label) & {",", '"'} else label
