"""Simulate one wave: from a design, exactly; or from the instrument alone."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.errors import Finding, SimulationError, nearest
from recount.simulate.answers import answers_of
from recount.simulate.cells import answer_cells, moments
from recount.simulate.coders import codings_of
from recount.simulate.exports import HEADER_ROWS, Heading, headings, platform_cells
from recount.simulate.panel import Members, members_of
from recount.simulate.play import Answers, Play
from recount.simulate.records import records_of
from recount.simulate.slips import padded, placed, spots_of, withdrawals
from recount.study.instrument import Instrument
from recount.study.simulation import Design, Form

CORRECTIONS = ("row", "respondent", "column", "before", "after", "reason", "by")
FILLED = 0.12


@dataclass(frozen=True)
class Simulated:
    """One simulated export, and what is known of it because it is simulated.

    `cells` are the export's columns in order, each an array of texts with an entry a record; `headings` has their
    header cells. `members` and `answers` are the truth: who responded and what they meant; they are in one order, and
    the `respondent` of `records` is a position in it. `corrections` has the columns of data/corrections/WAVE.csv;
    `codings` holds the coders' files by the name QUESTION.CODER.
    """

    wave: str
    form: Form
    encoding: str
    delimiter: str
    headings: tuple[Heading, ...]
    cells: dict[str, np.ndarray]
    records: pd.DataFrame
    members: Members
    answers: Answers
    corrections: pd.DataFrame
    codings: dict[str, pd.DataFrame]


def simulate_wave(
    instrument: Instrument,
    design: Design | None,
    wave: str,
    *,
    seed: int | None = None,
    size: int | None = None,
    form: Form | None = None,
) -> Simulated:
    """Simulate the responses of one wave.

    `size` counts the respondents that are to be kept; without it, the design's, and every count of the design comes out
    exactly, whatever the seed. At another size the counts are scaled. A wave without a design gets answers that are
    equally frequent. Raise `SimulationError` with all that does not add up.
    """
    design = design or Design()
    declared = design.wave(wave)
    seed = design.seed if seed is None else seed
    check_design(instrument, design, wave)
    exact = wave in design.waves and size in (None, declared.respondents)
    members = members_of(design, wave, seed=seed, size=None if exact else size or declared.respondents)
    play = Play(instrument, design, wave, seed, members, exact)
    answers = answers_of(play)
    spots = spots_of(play, answers)
    records = records_of(play, answers)
    form = form or declared.format
    cells = _cells(play, answers, records, form)
    kept = _rows_of_kept(records, len(members))
    first_row = HEADER_ROWS[form] + 1
    padded(play, cells, spots, kept)
    corrections = [*placed(play, cells, spots, kept, first_row), *withdrawals(play, records, first_row)]
    return Simulated(
        wave=wave,
        form=form,
        encoding=declared.encoding if form == declared.format else "utf-8",
        delimiter="\t" if form == "tsv" else declared.delimiter if form == declared.format else ",",
        headings=tuple(headings(play, list(cells), form)),
        cells=cells,
        records=records,
        members=members,
        answers=answers,
        corrections=_sorted(corrections),
        codings=codings_of(play, answers) if exact else {},
    )


def check_design(instrument: Instrument, design: Design, wave: str) -> None:
    """Raise `SimulationError` with every question and category that the design names and the wave does not have."""
    asked = {question.id: question for question in instrument.asked_in(wave)}
    findings = [] if asked else [_unknown(f"waves.{wave}", wave, _waves(instrument))]
    declared = design.wave(wave)
    for name, answering in declared.answers.items():
        key = f"waves.{wave}.answers.{name}"
        if name not in asked:
            findings.append(_unknown(key, name, list(asked)))
        elif asked[name].closed:
            offered = [category.id for category in asked[name].offered_in(wave)]
            findings += [_unknown(f"{key}.counts", each, offered) for each in answering.counts if each not in offered]
        elif name in design.phrases:
            codes = list(design.phrases[name])
            findings += [_unknown(f"{key}.counts", each, codes) for each in answering.counts if each not in codes]
    findings += [
        _unknown(f"waves.{wave}.slips.{place}.question", slip.question, list(asked))
        for place, slip in enumerate(declared.slips)
        if slip.question not in asked
    ]
    if findings:
        raise SimulationError(*findings)


def _sorted(corrections: list[dict[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(corrections, columns=list(CORRECTIONS)).sort_values(["row", "column"], ignore_index=True)


def _unknown(key: str, value: str, known: list[str]) -> Finding:
    return Finding(problem="the wave has nothing of this name", key=key, value=value, expected=nearest(value, known))


def _waves(instrument: Instrument) -> list[str]:
    return sorted({wave for question in instrument.questions for wave in question.waves})


def _cells(play: Play, answers: Answers, records: pd.DataFrame, form: Form) -> dict[str, np.ndarray]:
    """All columns of the export: the platform's, then the questionnaire's, then those that the study ignores."""
    respondent = records["respondent"].to_numpy()
    cells = platform_cells(play, records, form)
    questions = play.instrument.asked_in(play.wave)
    for place, question in enumerate(questions):
        column = question.waves[play.wave].column or ""
        if question.type == "id":
            cells[column] = records["name"].to_numpy(dtype=object)
        elif question.type == "date" and column not in cells:
            cells[column] = moments(records["recorded"], form)
        elif question.type != "date":
            seen = (records["reached"] * len(questions) > place).to_numpy()
            for name, texts in answer_cells(question, play.wave, answers, form):
                cells[name] = np.where(seen, texts[respondent], "").astype(object)
    chance = play.chance("ignored")
    # In another form than the wave's own, what the platform would know stands in ordinary columns.
    known = platform_cells(play, records, play.design.wave(play.wave).format)
    for name in play.instrument.ignored.get(play.wave, {}):
        if name not in cells:
            cells[name] = known[name] if name in known else _filled(play, name, len(records), chance)
    return cells


def _filled(play: Play, column: str, count: int, chance: np.random.Generator) -> np.ndarray:
    texts = play.design.wave(play.wave).fillers.get(column, ())
    filled = np.full(count, "", dtype=object)
    if texts:
        here = np.flatnonzero(chance.random(count) < FILLED)
        filled[here] = chance.choice(np.array(texts, dtype=object), size=len(here))
    return filled


def _rows_of_kept(records: pd.DataFrame, count: int) -> np.ndarray:
    """The position among the records of each respondent's response that counts."""
    rows = np.empty(count, dtype=np.int64)
    here = np.flatnonzero((records["kind"] == "kept").to_numpy())
    rows[records["respondent"].to_numpy()[here]] = here
    return rows
