"""The rows of indices, means of several items: their mean, and how well the items hang together."""

from typing import Any

import numpy as np
import pandas as pd

from recount.estimate import answers
from recount.estimate.distribution import distribution
from recount.estimate.intervals import t_interval
from recount.estimate.reliability import reliability
from recount.estimate.rows import Block, wave_row
from recount.estimate.scores import scores_of
from recount.estimate.tabulate import Flags, Floats, Sample
from recount.study.indices import Index
from recount.study.instrument import Instrument, Question

MEAN, ALPHA, STANDARDISED, ITEM_REST = "index_mean", "cronbach", "cronbach_standardised", "item_rest"
STATISTICS = (MEAN, ALPHA, STANDARDISED, ITEM_REST)


def index_rows(
    clean: pd.DataFrame,
    *,
    instrument: Instrument,
    wave: str,
    asked: pd.DataFrame,
    sample: Sample,
    confidence: float,
) -> list[Block]:
    """Make the rows index_mean, cronbach, cronbach_standardised and item_rest (category `INDEX.ITEM`) of each index."""
    rows = []
    for index in instrument.indices_in(wave):
        items = items_of(clean, index, instrument, asked)
        rows.append(_mean(wave, index, items, sample, confidence))
        rows += _reliability(wave, index, items, sample.weights)
    return rows


def items_of(clean: pd.DataFrame, index: Index, instrument: Instrument, asked: pd.DataFrame) -> Floats:
    """Give the scores of all items, of shape (respondents, items); nan where there is no answer that counts."""
    columns = []
    for name in index.items:
        question = instrument.by_id[name]
        scores = _scores(clean, question, turned=name in index.reversed)
        columns.append(np.where(asked[name].to_numpy(dtype=np.bool_), scores, np.nan))
    return np.column_stack(columns)


def counting_flags(index: Index, items: Floats) -> Flags:
    """Say who answered enough of the items."""
    flags: Flags = (~np.isnan(items)).sum(axis=1) >= index.fewest
    return flags


def _scores(clean: pd.DataFrame, question: Question, *, turned: bool) -> Floats:
    if question.type == "number":
        return answers.numbers(clean, question)
    own = dict(zip((each.id for each in question.valid), scores_of(question), strict=True))
    lowest_and_highest = min(own.values()) + max(own.values())
    of_code = [own.get(each.id, np.nan) for each in question.categories]
    scores = np.array([*of_code, np.nan])[answers.chosen(clean, question)]
    return lowest_and_highest - scores if turned else scores


def _mean(wave: str, index: Index, items: Floats, sample: Sample, confidence: float) -> Block:
    rows = np.flatnonzero(counting_flags(index, items))
    values = np.nanmean(items[rows], axis=1) if len(rows) else np.zeros(0)
    found = distribution(values, None if sample.weights is None else sample.weights[rows])
    mean, se, df = (float(each[0, 0]) for each in (found.mean, found.se, found.degrees))
    if sample.counting is not None:
        df = float(sample.counting.degrees)
        se = float(np.sqrt(sample.counting.variance_of_mean(rows, values))) if df > 0 else np.nan
    low, high = t_interval(mean, se, df, confidence)
    known = se > 0
    return wave_row(
        wave,
        MEAN,
        mean,
        category=index.id,
        low=low,
        high=high,
        se=se if known else np.nan,
        df=df if known else np.nan,
        n=len(rows),
        base=len(rows),
        unit="mean",
        method="t",
    )


def _reliability(wave: str, index: Index, items: Floats, weights: Floats | None) -> list[Block]:
    found = reliability(items, weights)
    shared: dict[str, Any] = {"base": found.n, "unit": "coefficient"}
    rows = [
        wave_row(wave, ALPHA, found.raw, category=index.id, **shared),
        wave_row(wave, STANDARDISED, found.standardised, category=index.id, **shared),
    ]
    return rows + [
        wave_row(wave, ITEM_REST, value, category=f"{index.id}.{item}", **shared)
        for item, value in zip(index.items, found.item_rest.tolist(), strict=True)
    ]
