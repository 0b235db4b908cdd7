"""What goes wrong in the field: slips of the pen, blanks, answers where nobody asked, and the corrections by people."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.errors import Finding, SimulationError
from recount.simulate.cells import category_text
from recount.simulate.chance import proportional
from recount.simulate.play import Answers, Play
from recount.study.instrument import Question
from recount.study.simulation import Slip

# At any size, at most so many cells slip in one way: what is measured there is reading, not the number of slips.
MOST_SLIPS = 1000
PADS = (" ", "  ", "\u00a0")


@dataclass(frozen=True)
class Spot:
    """One cell of a respondent that says `text`; `meant` is what it should say, by the `slip` of the design."""

    respondent: int
    question: Question
    text: str
    meant: str
    slip: Slip


def spots_of(play: Play, answers: Answers) -> list[Spot]:
    """Choose the respondents who slip; where a number is meant that nobody gave, somebody is made to mean it.

    Raise `SimulationError` where there are too few to choose from. Answers are changed in place.
    """
    taken: dict[str, np.ndarray] = {}
    spots: list[Spot] = []
    findings: list[Finding] = []
    declared = play.design.wave(play.wave)
    for number, slip in enumerate(declared.slips):
        question = play.instrument.question(slip.question)
        count = min(proportional(slip.count, of=declared.respondents, to=len(play.members)), MOST_SLIPS)
        before = taken.get(question.id, np.array([], dtype=np.int64))
        free = np.setdiff1d(_candidates(play, slip, question, answers), before)
        if len(free) < count:
            findings.append(_too_few(play, number, slip, len(free), count))
            continue
        chosen = play.chance("slip", str(number)).choice(free, size=count, replace=False)
        taken[question.id] = np.concatenate([before, chosen])
        if question.id in answers.numbers and slip.means:
            answers.numbers[question.id][chosen] = float(slip.means)
        meant = _meant(play, slip, question)
        spots += [Spot(int(each), question, slip.outside or slip.text, meant, slip) for each in chosen]
    if findings:
        raise SimulationError(*findings)
    return spots


def padded(play: Play, cells: Mapping[str, np.ndarray], spots: list[Spot], kept: np.ndarray) -> None:
    """Put blanks behind some closed and open-ended answers, in place; `kept` are the rows that count, by respondent."""
    declared = play.design.wave(play.wave)
    slipped = {(spot.question.waves[play.wave].column, spot.respondent) for spot in spots}
    columns = [
        question.waves[play.wave].column
        for question in play.instrument.asked_in(play.wave)
        if question.waves[play.wave].column in cells and question.type in ("single", "scale", "text", "id")
    ]
    chance = play.chance("padded")
    wanted = min(proportional(declared.padded, of=declared.respondents, to=len(play.members)), MOST_SLIPS)
    for column in chance.choice(np.array(columns, dtype=object), size=wanted) if columns else ():
        respondent = int(chance.integers(len(play.members)))
        row = kept[respondent]
        if cells[column][row] and (column, respondent) not in slipped:
            cells[column][row] += str(chance.choice(PADS))


def placed(
    play: Play, cells: Mapping[str, np.ndarray], spots: list[Spot], kept: np.ndarray, first_row: int
) -> list[dict[str, object]]:
    """Write the slips into the cells, in place, and give the corrections that people make of them."""
    corrections: list[dict[str, object]] = []
    for spot in spots:
        column = spot.question.waves[play.wave].column or ""
        row = kept[spot.respondent]
        cells[column][row] = spot.text
        if spot.slip.reason:
            corrections.append(
                {
                    "row": int(row) + first_row,
                    "respondent": play.members.names[spot.respondent],
                    "column": column,
                    "before": spot.text,
                    "after": spot.meant,
                    "reason": spot.slip.reason,
                    "by": spot.slip.by,
                }
            )
    return corrections


def withdrawals(play: Play, records: pd.DataFrame, first_row: int) -> list[dict[str, object]]:
    """The corrections that take whole responses out."""
    withdrawn = play.design.wave(play.wave).extra.withdrawn
    return [
        {
            "row": int(row) + first_row,
            "respondent": records["name"].iloc[row],
            "column": "*",
            "before": "",
            "after": "exclude",
            "reason": withdrawn.reason,
            "by": withdrawn.by,
        }
        for row in np.flatnonzero(records["kind"] == "withdrawn")
    ]


def _candidates(play: Play, slip: Slip, question: Question, answers: Answers) -> np.ndarray:
    """Who could slip so: those who were not asked, those who gave no answer, or those who gave the answer meant."""
    column = question.waves[play.wave].column
    asked, answered = answers.asked[question.id], answers.answered(question.id)
    if column is None:
        return np.array([], dtype=np.int64)
    if slip.outside:
        return np.flatnonzero(~asked)
    if not slip.means:
        return np.flatnonzero(asked & ~answered)
    if question.id in answers.chosen:
        places = [place for place, each in enumerate(question.categories) if each.id == slip.means]
        return np.flatnonzero(np.isin(answers.chosen[question.id], places))
    return np.flatnonzero(asked & answered & (question.id in answers.numbers))


def _meant(play: Play, slip: Slip, question: Question) -> str:
    places = {category.id: place for place, category in enumerate(question.categories)}
    return category_text(question, play.wave, places[slip.means]) if slip.means in places else slip.means


def _too_few(play: Play, number: int, slip: Slip, free: int, count: int) -> Finding:
    return Finding(
        problem=f"{count} are to slip so, {free} could",
        key=f"waves.{play.wave}.slips.{number}",
        value=slip.outside or slip.text,
        expected=f"respondents of {slip.question} who were not asked"
        if slip.outside
        else f"answers {slip.means!r} of {slip.question}",
    )
