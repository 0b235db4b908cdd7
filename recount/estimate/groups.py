"""The groups by which everything is broken down, taken from the clean table."""

from dataclasses import replace

import pandas as pd

from recount.errors import EstimateError, Finding
from recount.estimate import answers
from recount.estimate.design.drawing import Drawing
from recount.estimate.sampling import Drawn
from recount.estimate.tabulate import Codes, Sample, sample
from recount.estimate.weighting import Weighted
from recount.study.instrument import Instrument, Question
from recount.study.settings import Wave


def sample_of(
    clean: pd.DataFrame,
    *,
    instrument: Instrument,
    wave: str,
    groups: tuple[str, ...],
    declared: Wave,
    weights: Weighted,
    drawing: Drawing | None = None,
) -> Sample:
    """Make the sample of a wave: its groups that the wave asked, its weights, and how it was drawn.

    `drawing` tells how these respondents were drawn, where they are a piece of all.

    Raises:
        StudyError: a group is no question of the instrument.
        EstimateError: a group is not of type single or scale, or how respondents were drawn cannot be told.
    """
    asked = [question for name in groups if wave in (question := instrument.question(name)).waves]
    _check(asked)
    levels = {question.id: codes_of_levels(clean, question, wave) for question in asked}
    made = sample(levels, weights.after, len(clean))
    if declared.drawn is None:
        return made
    how = Drawn(
        clean=clean, instrument=instrument, wave=wave, frame=declared.frame, how=declared.drawn, weights=weights
    )
    return replace(made, counting=how.counting(made, drawing))


def _check(groups: list[Question]) -> None:
    wrong = [question for question in groups if question.type not in ("single", "scale")]
    if wrong:
        raise EstimateError(
            *(
                Finding(
                    problem=f"a question of type {question.type} cannot be a group",
                    file="config.yaml",
                    key="estimates.groups",
                    value=question.id,
                    expected="a question of type single or scale",
                )
                for question in wrong
            )
        )


def codes_of_levels(clean: pd.DataFrame, question: Question, wave: str) -> tuple[tuple[str, ...], Codes]:
    """Give the ids of the levels, in the order of the instrument, and each respondent's; -1 for none."""
    offered = [category.id for category in question.offered_in(wave) if not category.missing]
    places = [offered.index(each.id) if each.id in offered else -1 for each in question.categories]
    return tuple(offered), pd.Index([*places, -1]).to_numpy()[answers.chosen(clean, question)]
