"""The weights of a wave: those of its question of type weight, raked where config.yaml says what is known."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from recount.errors import EstimateError, Finding
from recount.estimate import answers
from recount.estimate.design.calibration import Margin, raked
from recount.estimate.design.linear import effective_size
from recount.estimate.rows import Block, wave_row
from recount.estimate.tabulate import Floats
from recount.study.instrument import Instrument, Question
from recount.study.settings import Wave

KISH, BEFORE, TARGET = "kish_n", "margin_before", "margin_target"


@dataclass(frozen=True)
class Weighted:
    """The weights of the respondents, before and after raking; both None where the wave has none."""

    before: Floats | None
    after: Floats | None
    margins: tuple[Margin, ...] = ()


def weighted(clean: pd.DataFrame, instrument: Instrument, wave: str, declared: Wave) -> Weighted:
    """Take the weights of a wave, and rake them to the margins that config.yaml declares.

    Raises:
        EstimateError: a response has no usable weight, a margin is of no closed question that the wave asked, or no
            weights fit the margins.
    """
    before = answers.weights(clean, instrument, wave)
    raking = declared.sampling.raking if declared.sampling else None
    if raking is None:
        return Weighted(before, before)
    start = np.ones(len(clean)) if before is None else before
    questions = {name: instrument.question(name) for name in raking.margins}
    _check(questions, raking.margins, wave)
    margins = tuple(_margin(clean, questions[name], targets, start) for name, targets in raking.margins.items())
    return Weighted(start, raked(start, margins, cap=raking.cap), margins)


def weighting_rows(everyone: int, weights: Weighted, *, declared: Wave, wave: str) -> list[Block]:
    """Make the rows that tell what raking did: margins before it and as they are known, and what it does to n.

    `kish_n` is as many respondents as the weights are worth, (sum w)^2 / sum w^2 (Kish 1965, section 11.7), with
    `before` as category for the weights before; `margin_before` and `margin_target` are shares of all respondents, with
    `QUESTION.CATEGORY` as category. After raking a margin is its target.
    """
    if declared.sampling is None or weights.after is None or weights.before is None:
        return []
    rows = [wave_row(wave, KISH, effective_size(weights.after), base=everyone)]
    if declared.sampling.raking is None:
        return rows
    rows.append(wave_row(wave, KISH, effective_size(weights.before), category="before", base=everyone))
    for margin, targets in zip(weights.margins, declared.sampling.raking.margins.values(), strict=True):
        n = np.bincount(margin.codes, minlength=len(margin.totals))
        held = np.bincount(margin.codes, weights=weights.before, minlength=len(margin.totals)) / weights.before.sum()
        known = margin.totals / margin.totals.sum()
        for place, category in enumerate(targets):
            about: dict[str, Any] = {"category": f"{margin.name}.{category}", "base": everyone, "unit": "share"}
            rows.append(wave_row(wave, BEFORE, held[place], n=int(n[place]), **about))
            rows.append(wave_row(wave, TARGET, known[place], **about))
    return rows


def _margin(clean: pd.DataFrame, question: Question, targets: dict[str, float], weights: Floats) -> Margin:
    """The margin of a question; those who gave no answer that it names are a category whose share is the sample's."""
    other = len(targets)
    order = {category: code for code, category in enumerate(targets)}
    places = np.array([*(order.get(category.id, other) for category in question.categories), other])
    codes = places[answers.chosen(clean, question)]
    left = float(weights[codes == other].sum())
    shares = np.array(list(targets.values())) / sum(targets.values())
    return Margin(question.id, codes, np.append(shares * (weights.sum() - left), left))


def _check(questions: dict[str, Question], margins: dict[str, dict[str, float]], wave: str) -> None:
    findings = []
    for name, question in questions.items():
        known = [category.id for category in question.categories]
        unknown = [category for category in margins[name] if category not in known]
        if wave not in question.waves or question.type not in ("single", "scale") or unknown:
            findings.append(
                Finding(
                    problem="a margin is of a question of type single or scale that the wave asked, by its categories",
                    file="config.yaml",
                    key=f"waves.{wave}.sampling.raking.margins.{name}",
                    value=", ".join(unknown) or question.type,
                    expected=", ".join(known),
                )
            )
    if findings:
        raise EstimateError(*findings)
