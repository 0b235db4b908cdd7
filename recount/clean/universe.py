"""Who was asked a question, by the instrument."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from recount.clean.columns import ticked_column
from recount.errors import Finding, StudyError
from recount.study.instrument import Instrument, Question


def asked(clean: pd.DataFrame, instrument: Instrument, wave: str) -> pd.DataFrame:
    """Tell who was asked each question of the wave: a boolean column a question, a row a response.

    A question is asked of those for whom all parts of its universe hold: they were asked the question that the universe
    names, and gave (or, where several may be ticked, ticked any) of its categories. No universe: everyone. Raise
    `StudyError` where a universe names a question that the wave did not ask, or itself.
    """
    questions = {question.id: question for question in instrument.asked_in(wave)}
    if findings := universe_findings(instrument, wave):
        raise StudyError(*findings)
    found: dict[str, np.ndarray] = {}
    for question in questions.values():
        _resolve(question, questions, wave, clean, found)
    return pd.DataFrame({name: found[name] for name in questions}, index=clean.index)


def universe_findings(instrument: Instrument, wave: str, file: str = "data/instrument.yaml") -> list[Finding]:
    """Find universes that name a question which the wave did not ask, or which come back to themselves."""
    questions = {question.id: question for question in instrument.asked_in(wave)}
    findings = []
    for question in questions.values():
        for name in question.universe_in(wave):
            problem = ""
            if name not in questions:
                problem = f"the universe names a question that the wave {wave!r} did not ask"
            elif question.id in _behind(name, questions, wave):
                problem = "the universe comes back to the question itself"
            elif not questions[name].closed:
                problem = "the universe names a question without categories"
            if problem:
                findings.append(Finding(problem=problem, file=file, key=f"{question.id}.universe", value=name))
    return findings


def _behind(question: str, questions: dict[str, Question], wave: str) -> set[str]:
    """The question and all that its universe rests on."""
    found: set[str] = set()
    waiting = [question]
    while waiting:
        name = waiting.pop()
        if name not in found and name in questions:
            found.add(name)
            waiting += questions[name].universe_in(wave)
    return found


def _resolve(
    question: Question, questions: dict[str, Question], wave: str, clean: pd.DataFrame, found: dict[str, np.ndarray]
) -> np.ndarray:
    if question.id not in found:
        everyone = np.ones(len(clean), dtype=bool)
        for name, categories in question.universe_in(wave).items():
            before = _resolve(questions[name], questions, wave, clean, found)
            everyone &= before & _gave(clean, questions[name], categories)
        found[question.id] = everyone
    return found[question.id]


def _gave(clean: pd.DataFrame, question: Question, categories: Iterable[str]) -> np.ndarray:
    if question.type == "multi":
        ticked = [
            clean[ticked_column(question.id, category)].to_numpy(dtype=bool, na_value=False) for category in categories
        ]
        return np.any(ticked, axis=0) if ticked else np.zeros(len(clean), dtype=bool)
    return clean[question.id].isin(list(categories)).to_numpy(dtype=bool)
