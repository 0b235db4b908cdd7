"""Count a wave a piece of its respondents at a time, so that memory does not grow with their number.

What is kept are sums: by question and answer, group and level, and sampling unit. They take the same place for a
million respondents as for a hundred million. The units are numbered before, from the columns that say how respondents
were drawn.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT, ROW, columns_of
from recount.clean.pieces import Pieces
from recount.clean.universe import asked as asked_of
from recount.estimate.design.drawing import Drawing
from recount.estimate.groups import sample_of
from recount.estimate.rows import Block, wave_row
from recount.estimate.sampling import Drawn
from recount.estimate.tabulate import Floats, Sample
from recount.estimate.tally import Tally, counts_are_enough, tally
from recount.estimate.weighting import KISH, Weighted, weighted
from recount.study.instrument import Instrument
from recount.study.settings import Estimation, Wave


@dataclass(frozen=True)
class Tallied:
    """A wave counted: a piece of its sample that knows the counts of all, and the tally of each question.

    `weights` and `squares` are the sums of the weights and of their squares.
    """

    sample: Sample
    tallies: Mapping[str, Tally]
    weights: float
    squares: float

    def weighting_rows(self, wave: str, declared: Wave, everyone: int) -> list[Block]:
        """Make the row `kish_n`, as `recount.estimate.weighting.weighting_rows` does."""
        if declared.sampling is None or self.sample.weights is None:
            return []
        return [wave_row(wave, KISH, self.weights**2 / self.squares, base=everyone)]


def adds_up(instrument: Instrument, wave: str, declared: Wave) -> bool:
    """Tell whether all estimates of a wave follow from counts of its pieces.

    They do not where somebody's whole answer is needed: for numbers, dates, ticks, codes and indices; nor where raked
    weights or replicates depend on all respondents.
    """
    how = declared.sampling
    if instrument.indices_in(wave) or (how and (how.raking or how.replicates)):
        return False
    return all(counts_are_enough(question) for question in instrument.asked_in(wave))


def counted_in_pieces(
    clean: Pieces, *, instrument: Instrument, wave: str, settings: Estimation, declared: Wave
) -> Tallied:
    """Count all questions of a wave that `adds_up`.

    Raises:
        EstimateError: as `recount.estimate.estimate.estimate_wave` does.
    """
    units = _Units.of(clean, instrument, wave, declared)
    sample: Sample | None = None
    tallies: dict[str, Tally] = {}
    sums = np.zeros(2)
    for piece in clean.read(_columns(instrument, wave)):
        weights = weighted(piece, instrument, wave, declared)
        here = sample_of(
            piece,
            instrument=instrument,
            wave=wave,
            groups=settings.groups,
            declared=declared,
            weights=weights,
            drawing=units.drawing_of(piece) if units else None,
        )
        asked = asked_of(piece, instrument, wave)
        for question in instrument.asked_in(wave):
            found = tally(question, piece, asked[question.id].to_numpy(dtype=np.bool_), here)
            # One question after the other: the sums of all of them are not held twice.
            tallies[question.id] = tallies[question.id] + found if question.id in tallies else found
        sample = replace(here, counted=sample.everyone + here.everyone if sample else here.everyone)
        sums += _sums(weights)
    if sample is None:
        raise TypeError("a table of no rows has no pieces")
    return Tallied(sample, tallies, *sums.tolist())


def _columns(instrument: Instrument, wave: str) -> list[str]:
    questions = [each for each in instrument.asked_in(wave) if each.type != "id"]
    own = [ROW] if len(questions) == len(instrument.asked_in(wave)) else [RESPONDENT, ROW]
    return [*own, *(name for question in questions for name in columns_of(question))]


def _sums(weights: Weighted) -> Floats:
    """The sum of the weights, and of their squares."""
    given = np.zeros(0) if weights.after is None else weights.after
    return np.array([given.sum(), np.einsum("i,i->", given, given)])


@dataclass(frozen=True)
class _Units:
    """The sampling units of all pieces: a row each with its stratum and cluster, and how they were drawn."""

    known: pd.DataFrame
    drawing: Drawing

    @classmethod
    def of(cls, clean: Pieces, instrument: Instrument, wave: str, declared: Wave) -> "_Units | None":
        """Find the units, in a first pass; None where nobody says how respondents were drawn."""
        how = declared.drawn
        if how is None:
            return None
        found = pd.concat(_distinct(clean, list(dict.fromkeys(how.questions))), ignore_index=True)
        drawn = Drawn(
            clean=found, instrument=instrument, wave=wave, frame=declared.frame, how=how, weights=Weighted(None, None)
        )
        # The check for answers that are not there names their rows, of which each kind of unit has kept the first.
        drawing = drawn.drawing(found["respondents"].to_numpy(dtype=np.float64))
        keys = [name for name in (how.strata, how.clusters) if name]
        return cls(found[keys].assign(psu=drawing.psus).drop_duplicates(), drawing)

    def drawing_of(self, piece: pd.DataFrame) -> Drawing:
        """Give the drawing with the units of these respondents."""
        keys = list(self.known.columns[:-1])
        if not keys:
            return replace(self.drawing, psus=np.zeros(len(piece), dtype=np.intp))
        psus = piece[keys].merge(self.known, on=keys, how="left", sort=False)["psu"]
        return replace(self.drawing, psus=psus.to_numpy(dtype=np.intp))


def _distinct(clean: Pieces, names: list[str]) -> Iterator[pd.DataFrame]:
    """The distinct answers to some questions in each piece, the first row that gave them, and how many did."""
    for piece in clean.read([ROW, *names]):
        if not names:
            yield pd.DataFrame({ROW: piece[ROW].iloc[:1], "respondents": [len(piece)]})
            continue
        grouped = piece.groupby(names, observed=True, dropna=False, sort=False)[ROW]
        yield grouped.agg(["first", "size"]).reset_index().rename(columns={"first": ROW, "size": "respondents"})
