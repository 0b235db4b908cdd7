"""A wave as it would look if its respondents were composed as those of another: standardised shares and means."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from recount.clean.universe import asked
from recount.errors import EstimateError, Finding
from recount.estimate import answers
from recount.estimate.coded import Coding
from recount.estimate.design.calibration import Margin, raked
from recount.estimate.dominance import Amounts
from recount.estimate.estimate import Fielded, question_rows
from recount.estimate.hide import hide
from recount.estimate.intervals import Numbers
from recount.estimate.rows import table, typed, wave_row
from recount.estimate.tabulate import Codes, sample
from recount.study.instrument import Instrument, Question
from recount.study.settings import Settings

STANDARDISED = {"share": "standardised_share", "mean": "standardised_mean"}
EFFECTIVE = "effective_n"

# By group: the ids of its levels, and the level of each respondent; -1 for none.
Levels = dict[str, tuple[tuple[str, ...], Codes]]


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The responses of one wave: its clean table, and what the coding stage wrote."""

    wave: str
    clean: pd.DataFrame
    coding: Coding


def standardised_rows(waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings) -> pd.DataFrame:
    """Estimate each wave with the composition that config.yaml asks for; an empty table where it asks for none."""
    if settings.comparison is None:
        return table([wave_row("", "", 0.0)]).iloc[:0]
    weights = common_weights(waves, instrument=instrument, settings=settings)
    return pd.concat(
        [rows_with(weights[wave], waves[wave], instrument=instrument, settings=settings) for wave in waves],
        ignore_index=True,
    )


def common_weights(
    waves: Mapping[str, Answered], *, instrument: Instrument, settings: Settings
) -> dict[str, NDArray[np.float64]]:
    """Rake each wave's weights to the margins of the wave that config.yaml names.

    Who gave no answer to a question of the composition keeps the part of the wave that such respondents are.

    Raises:
        EstimateError: with every level that the other wave has and a wave has nobody of, and every question that a wave
            did not ask.
    """
    declared = settings.comparison
    if declared is None:
        return {}
    questions = [instrument.question(name) for name in declared.by]
    _check_asked(questions, waves, declared.weight_to)
    own = {wave: own_weights(each, instrument) for wave, each in waves.items()}
    margins = {
        wave: [
            _margin(each, question, own[wave], waves[declared.weight_to], own[declared.weight_to])
            for question in questions
        ]
        for wave, each in waves.items()
    }
    _check_anybody(margins, questions)
    return {wave: raked(own[wave], margins[wave]) for wave in waves}


def own_weights(answered: Answered, instrument: Instrument) -> Numbers:
    """Give the weights that the wave came with; 1 for each respondent where it came with none."""
    given = answers.weights(answered.clean, instrument, answered.wave)
    return np.ones(len(answered.clean)) if given is None else given


def _margin(
    answered: Answered, question: Question, weights: Numbers, target: Answered, target_weights: Numbers
) -> Margin:
    """The levels of a wave's respondents, the silent last, and what their weights are to add up to."""
    levels, wanted = (_levels(each.clean, question) for each in (answered, target))
    silent = len(question.categories)
    shares = np.bincount(wanted, weights=target_weights, minlength=silent + 1)
    shares[silent] = 0.0
    held = float(weights[levels == silent].sum() / weights.sum())
    shares = shares / shares.sum() * (1 - held)
    shares[silent] = held
    return Margin(f"comparison.by.{question.id}", levels, shares * weights.sum())


def _levels(clean: pd.DataFrame, question: Question) -> NDArray[np.intp]:
    codes = answers.chosen(clean, question)
    missing = np.array([each.missing for each in question.categories])
    return np.where((codes < 0) | missing[codes], len(question.categories), codes)


def rows_with(
    weights: Numbers, answered: Answered, *, instrument: Instrument, settings: Settings, levels: Levels | None = None
) -> pd.DataFrame:
    """Estimate the shares and means of a wave with these weights, of all respondents and of the levels of groups."""
    fielded = Fielded(
        clean=answered.clean,
        wave=answered.wave,
        sample=sample(levels or {}, weights, len(answered.clean)),
        asked=asked(answered.clean, instrument, answered.wave),
        settings=settings.estimates,
        declared=settings.waves[answered.wave],
        coding=answered.coding,
    )
    size = float(weights.sum() ** 2 / (weights**2).sum())
    blocks = [wave_row(answered.wave, EFFECTIVE, size, base=len(weights))]
    questions = instrument.asked_in(answered.wave)
    for question in questions:
        blocks += question_rows(fielded, question)
    amounts = Amounts(answered.clean, questions, sample=fielded.sample, rules=settings.estimates)
    frame = hide(table(blocks), settings.estimates, amounts)
    kept = frame[frame["statistic"].isin([*STANDARDISED, EFFECTIVE])]
    return typed(kept.assign(key=_renamed(kept), statistic=kept["statistic"].replace(STANDARDISED)))


def _renamed(frame: pd.DataFrame) -> list[str]:
    return [
        key.replace(f"/{name}", f"/{STANDARDISED.get(name, name)}", 1)
        for key, name in zip(frame["key"], frame["statistic"], strict=True)
    ]


def _check_asked(questions: list[Question], waves: Mapping[str, Answered], target: str) -> None:
    wrong = [
        Finding(
            problem=problem,
            file="config.yaml",
            key="comparison.by",
            value=question.id,
            expected="a question of type single or scale that every wave asked",
        )
        for question in questions
        for problem in _problems(question, list(waves), target)
    ]
    if wrong:
        raise EstimateError(*wrong)


def _problems(question: Question, waves: list[str], target: str) -> list[str]:
    if question.type not in ("single", "scale"):
        return [f"a question of type {question.type} says no composition"]
    silent = [wave for wave in (target, *waves) if wave not in question.waves]
    return [f"wave {wave} did not ask it" for wave in dict.fromkeys(silent)]


def _check_anybody(margins: Mapping[str, list[Margin]], questions: list[Question]) -> None:
    wrong = [
        Finding(
            problem=f"nobody of wave {wave} is of this level, so that it cannot be weighted to it",
            file="config.yaml",
            key=margin.name,
            value=question.categories[level].id,
            mend="leave the question out",
        )
        for wave, of_wave in margins.items()
        for question, margin in zip(questions, of_wave, strict=True)
        for level in np.flatnonzero(
            (margin.totals > 0) & (np.bincount(margin.codes, minlength=len(margin.totals)) == 0)
        )
    ]
    if wrong:
        raise EstimateError(*wrong)
