"""Every statistic of one wave: each question asked, overall and by the levels of each group."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.clean.pieces import Pieces
from recount.clean.universe import asked as asked_of
from recount.estimate import answers
from recount.estimate.coded import Coding, coded_rows
from recount.estimate.complementary import protect
from recount.estimate.dominance import Amounts
from recount.estimate.flow import flow_rows
from recount.estimate.groups import sample_of
from recount.estimate.hide import hide, hide_compared, hide_mentions, without_sampling
from recount.estimate.indices import index_rows
from recount.estimate.multi import multi_rows, read_ticks, valid_ticks
from recount.estimate.pieces import counted_in_pieces
from recount.estimate.rounded import rounded
from recount.estimate.rows import Block, Item, item, table
from recount.estimate.scores import described, extremes, summary_of_numbers
from recount.estimate.tabulate import Counts, Flags, Sample
from recount.estimate.tally import Tally, counts_are_enough, tallied_rows, tally, written_rows
from recount.estimate.weighting import weighted, weighting_rows
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation, Wave


def estimate_wave(
    clean: pd.DataFrame | Pieces,
    *,
    instrument: Instrument,
    wave: str,
    settings: Estimation,
    declared: Wave,
    codes: pd.DataFrame | None,
    agreement: pd.DataFrame | None,
    uncoded: pd.DataFrame | None,
    codebook: Codebook | None,
    received: int,
    excluded: pd.DataFrame,
    changes: pd.DataFrame,
) -> pd.DataFrame:
    """Estimate one wave.

    Args:
        clean: a row a kept respondent, as docs/tables.md lists it; in pieces only of a wave that
            `recount.estimate.pieces.adds_up`.
        instrument: the questionnaire.
        wave: the name of the wave.
        settings: groups, confidence, what must not be shown, and whom that protects.
        declared: what config.yaml says of the wave.
        codes: codes.csv of the wave; None where nothing is coded.
        agreement: agreement.csv of the wave.
        uncoded: uncoded.csv of the wave.
        codebook: the codebook, which gives the order of the codes.
        received: the rows of the export.
        excluded: excluded.csv of the wave.
        changes: changes.csv of the wave.

    Returns:
        The table `estimates.csv` of docs/tables.md, in the order of the questionnaire.

    Raises:
        EstimateError: the tables contradict each other, the instrument or the settings.
    """
    coding = Coding(codes=codes, agreement=agreement, uncoded=uncoded, codebook=codebook)
    if isinstance(clean, Pieces):
        fielded, blocks = _in_pieces(clean, instrument, wave=wave, settings=settings, declared=declared, coding=coding)
    else:
        fielded, blocks = _at_once(clean, instrument, wave=wave, settings=settings, declared=declared, coding=coding)
    for question in instrument.asked_in(wave):
        blocks += question_rows(fielded, question)
    flow = flow_rows(
        wave,
        declared=declared,
        received=received,
        excluded=excluded,
        changes=changes,
        respondents=len(fielded.sample),
    )
    blocks = flow + blocks
    estimates = without_sampling(table(blocks)) if declared.design == "census" else table(blocks)
    amounts = Amounts(fielded.clean, instrument.asked_in(wave), sample=fielded.sample, rules=settings)
    hidden = hide(estimates, settings, amounts)
    if settings.protect == "respondents":
        hidden = protect(hidden, estimates["n"], instrument=instrument, wave=wave, rules=settings, amounts=amounts)
    shown = hide_compared(hide_mentions(hidden), settings)
    return rounded(shown, instrument=instrument, wave=wave, rules=settings)


@dataclass(frozen=True, kw_only=True)
class Fielded:
    """All that the rows of a question are made from: respondents, or the tallies of them where counts are enough."""

    wave: str
    sample: Sample
    settings: Estimation
    declared: Wave
    coding: Coding
    clean: pd.DataFrame = field(default_factory=pd.DataFrame)
    asked: pd.DataFrame = field(default_factory=pd.DataFrame)
    tallies: Mapping[str, Tally] = field(default_factory=dict)

    def tally(self, question: Question) -> Tally:
        """Count the answers to a question, unless they were counted before, in pieces."""
        if question.id in self.tallies:
            return self.tallies[question.id]
        return tally(question, self.clean, self.asked[question.id].to_numpy(dtype=np.bool_), self.sample)

    def tallied(self, question: Question, counted: Tally) -> Item:
        """Join a question with how many were asked and gave a valid answer."""
        nobody = np.zeros(0, dtype=np.bool_)
        return self._item(question, nobody, nobody, (counted.asked, counted.answered))

    def item(self, question: Question, answered: Flags) -> Item:
        """Join a question with who was asked and who gave a valid answer."""
        return self._item(question, self.asked[question.id].to_numpy(dtype=np.bool_), answered)

    def _item(
        self, question: Question, asked: Flags, answered: Flags, counts: tuple[Counts, Counts] | None = None
    ) -> Item:
        how, drawn = self.declared.drawn, self.declared.design == "probability"
        compared = tuple(group for group in self.settings.compared if drawn and group != question.id)
        return item(
            question,
            wave=self.wave,
            sample=self.sample,
            asked=asked,
            answered=answered,
            confidence=self.settings.confidence,
            frame=self.declared.frame,
            interval=how.interval if how else "wilson",
            compared=compared,
            together=tuple(group for group in compared if how and how.draws_together(group)),
            counts=counts,
        )


def _at_once(
    clean: pd.DataFrame, instrument: Instrument, *, wave: str, settings: Estimation, declared: Wave, coding: Coding
) -> tuple[Fielded, list[Block]]:
    """Take all respondents, and make the rows of weights and indices."""
    weights = weighted(clean, instrument, wave, declared)
    sample = sample_of(
        clean, instrument=instrument, wave=wave, groups=settings.groups, declared=declared, weights=weights
    )
    asked = asked_of(clean, instrument, wave)
    rows = weighting_rows(len(clean), weights, declared=declared, wave=wave)
    rows += index_rows(
        clean, instrument=instrument, wave=wave, asked=asked, sample=sample, confidence=settings.confidence
    )
    fielded = Fielded(
        clean=clean, asked=asked, sample=sample, wave=wave, settings=settings, declared=declared, coding=coding
    )
    return fielded, rows


def _in_pieces(
    clean: Pieces, instrument: Instrument, *, wave: str, settings: Estimation, declared: Wave, coding: Coding
) -> tuple[Fielded, list[Block]]:
    """Count the respondents piece by piece, and make the rows of weights."""
    found = counted_in_pieces(clean, instrument=instrument, wave=wave, settings=settings, declared=declared)
    fielded = Fielded(
        sample=found.sample, tallies=found.tallies, wave=wave, settings=settings, declared=declared, coding=coding
    )
    return fielded, found.weighting_rows(wave, declared, clean.rows)


def question_rows(fielded: Fielded, question: Question) -> list[Block]:
    """Make all rows of one question, as its type asks for."""
    if counts_are_enough(question):
        counted = fielded.tally(question)
        return tallied_rows(fielded.tallied(question, counted), counted.answers)
    if question.type == "multi":
        ticks = read_ticks(fielded.clean, question, fielded.wave)
        return multi_rows(fielded.item(question, valid_ticks(ticks, question)), ticks)
    if question.type == "number":
        numbers = answers.numbers(fielded.clean, question)
        of = fielded.item(question, ~np.isnan(numbers))
        return [*_silent_rows(of), *described(of, summary_of_numbers(of, numbers))]
    if question.type == "date":
        days = answers.days(fielded.clean, question)
        of = fielded.item(question, ~np.isnan(days))
        return [*_silent_rows(of), *extremes(of, days)]
    of = fielded.item(question, answers.written(fielded.clean, question))
    return coded_rows(of, answers.column(fielded.clean, RESPONDENT), fielded.coding)


def _silent_rows(of: Item) -> list[Block]:
    return written_rows(of, of.sample.count_flag(of.asked & ~of.answered))
