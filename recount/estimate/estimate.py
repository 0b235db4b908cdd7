"""Every statistic of one wave: each question asked, overall and by the levels of each group."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT
from recount.clean.universe import asked as asked_of
from recount.estimate import answers
from recount.estimate.answers import NO_ANSWER
from recount.estimate.coded import Coding, coded_rows
from recount.estimate.complementary import protect
from recount.estimate.dominance import Amounts
from recount.estimate.flow import flow_rows
from recount.estimate.groups import sample_of
from recount.estimate.hide import hide, hide_compared, hide_mentions, without_sampling
from recount.estimate.indices import index_rows
from recount.estimate.multi import multi_rows, read_ticks, valid_ticks
from recount.estimate.rounded import rounded
from recount.estimate.rows import Block, Item, item, table
from recount.estimate.scores import described, extremes, summary_of_numbers
from recount.estimate.shares import every_question, of_asked
from recount.estimate.single import single_rows, valid_answers
from recount.estimate.tabulate import Flags, Sample
from recount.estimate.weighting import weighted, weighting_rows
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation, Wave


def estimate_wave(
    clean: pd.DataFrame,
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
        clean: a row a kept respondent, as docs/tables.md lists it.
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
    weights = weighted(clean, instrument, wave, declared)
    sample = sample_of(
        clean, instrument=instrument, wave=wave, groups=settings.groups, declared=declared, weights=weights
    )
    coding = Coding(codes=codes, agreement=agreement, uncoded=uncoded, codebook=codebook)
    asked = asked_of(clean, instrument, wave)
    blocks = flow_rows(
        wave, declared=declared, received=received, excluded=excluded, changes=changes, respondents=len(clean)
    )
    blocks += weighting_rows(len(clean), weights, declared=declared, wave=wave)
    blocks += index_rows(
        clean, instrument=instrument, wave=wave, asked=asked, sample=sample, confidence=settings.confidence
    )
    fielded = Fielded(
        clean=clean, wave=wave, sample=sample, asked=asked, settings=settings, declared=declared, coding=coding
    )
    for question in instrument.asked_in(wave):
        blocks += question_rows(fielded, question)
    estimates = without_sampling(table(blocks)) if declared.design == "census" else table(blocks)
    amounts = Amounts(clean, instrument.asked_in(wave), sample=sample, rules=settings)
    hidden = hide(estimates, settings, amounts)
    if settings.protect == "respondents":
        hidden = protect(hidden, estimates["n"], instrument=instrument, wave=wave, rules=settings, amounts=amounts)
    shown = hide_compared(hide_mentions(hidden), settings)
    return rounded(shown, instrument=instrument, wave=wave, rules=settings)


@dataclass(frozen=True, kw_only=True)
class Fielded:
    """All that the rows of a question are made from."""

    clean: pd.DataFrame
    wave: str
    sample: Sample
    asked: pd.DataFrame
    settings: Estimation
    declared: Wave
    coding: Coding

    def item(self, question: Question, answered: Flags) -> Item:
        """Join a question with who was asked and who gave a valid answer."""
        how, drawn = self.declared.drawn, self.declared.design == "probability"
        compared = tuple(group for group in self.settings.compared if drawn and group != question.id)
        return item(
            question,
            wave=self.wave,
            sample=self.sample,
            asked=self.asked[question.id].to_numpy(dtype=np.bool_),
            answered=answered,
            confidence=self.settings.confidence,
            frame=self.declared.frame,
            interval=how.interval if how else "wilson",
            compared=compared,
            together=tuple(group for group in compared if how and how.draws_together(group)),
        )


def question_rows(fielded: Fielded, question: Question) -> list[Block]:
    """Make all rows of one question, as its type asks for."""
    if question.type in ("single", "scale"):
        chosen = answers.chosen(fielded.clean, question)
        return single_rows(fielded.item(question, valid_answers(chosen, question)), chosen)
    if question.type == "multi":
        ticks = read_ticks(fielded.clean, question, fielded.wave)
        return multi_rows(fielded.item(question, valid_ticks(ticks, question)), ticks)
    if question.type == "number":
        numbers = answers.numbers(fielded.clean, question)
        of = fielded.item(question, ~np.isnan(numbers))
        return [*_written_rows(of), *described(of, summary_of_numbers(of, numbers))]
    if question.type == "date":
        days = answers.days(fielded.clean, question)
        of = fielded.item(question, ~np.isnan(days))
        return [*_written_rows(of), *extremes(of, days)]
    of = fielded.item(question, answers.written(fielded.clean, question))
    if question.coded:
        return coded_rows(of, answers.column(fielded.clean, RESPONDENT), fielded.coding)
    return _written_rows(of)


def _written_rows(of: Item) -> list[Block]:
    """The rows of a question without categories; its share_asked is that of no answer."""
    silent = of.sample.count_flag(of.asked & ~of.answered)
    return [*every_question(of, silent), of_asked(of, [NO_ANSWER], silent)]
