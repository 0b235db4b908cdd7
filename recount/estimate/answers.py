"""The answers of one question, taken from the clean table as codes, ticks, numbers or days."""

import numpy as np
import pandas as pd

from recount.clean.columns import RESPONDENT, ROW, ticked_column
from recount.errors import EstimateError, Finding
from recount.estimate.tabulate import Codes, Flags, Floats
from recount.study.instrument import Instrument, Question

# What stands as the category of those who were asked and said nothing.
NO_ANSWER = "no answer"


def column(clean: pd.DataFrame, name: str) -> pd.Series:
    """Take one column of the clean table; raise `EstimateError` where it is not there."""
    if name not in clean.columns:
        raise EstimateError(
            Finding(
                problem=f"the clean table has no column {name!r}",
                file="clean.parquet",
                expected="a column for every question that the instrument asks in this wave",
                mend="clean the wave again, with the instrument as it is now",
            )
        )
    return clean[name]


def chosen(clean: pd.DataFrame, question: Question) -> Codes:
    """Give the place of each answer among the question's categories; -1 where there is none."""
    known = [category.id for category in question.categories]
    answers = column(clean, question.id).astype("category")
    places = pd.Index(known).get_indexer(answers.cat.categories.astype(str))
    codes: Codes = answers.cat.codes.to_numpy().astype(np.intp)
    if np.array_equal(places, np.arange(len(places))):
        return codes
    held = np.flatnonzero(np.bincount(codes + 1, minlength=len(places) + 1)[1:])
    unknown = sorted(set(answers.cat.categories[held[places[held] < 0]]))
    if unknown:
        raise EstimateError(
            *(
                Finding(
                    problem="the instrument has no such category",
                    file="clean.parquet",
                    key=question.id,
                    value=str(category),
                    expected="one of " + ", ".join(known),
                    mend="clean the wave again, with the instrument as it is now",
                )
                for category in unknown
            )
        )
    return np.append(places, -1)[codes]


def ticked(clean: pd.DataFrame, question: Question, wave: str) -> tuple[dict[str, Flags], Flags]:
    """Give who ticked each category that the wave offered, and who answered the question at all."""
    ticks: dict[str, Flags] = {}
    given = np.zeros(len(clean), dtype=np.bool_)
    for category in question.offered_in(wave):
        cells = column(clean, ticked_column(question.id, category.id)).astype("boolean")
        ticks[category.id] = cells.to_numpy(dtype=np.bool_, na_value=False)
        given |= cells.notna().to_numpy()
    return ticks, given


def numbers(clean: pd.DataFrame, question: Question) -> Floats:
    """Give the numbers answered; nan where there is none."""
    return column(clean, question.id).to_numpy(dtype=np.float64, na_value=np.nan)


def days(clean: pd.DataFrame, question: Question) -> Floats:
    """Give the dates answered, in days since 1970-01-01; nan where there is none."""
    dates = pd.to_datetime(column(clean, question.id)).to_numpy(dtype="datetime64[D]")
    return np.where(np.isnat(dates), np.nan, dates.astype(np.int64))


def written(clean: pd.DataFrame, question: Question) -> Flags:
    """Say who wrote anything; of the question of type id, who has an id of their own."""
    if question.type == "id":
        substitute = "row-" + column(clean, ROW).astype("str")
        own: Flags = (column(clean, RESPONDENT).astype("str") != substitute).to_numpy(dtype=np.bool_)
        return own
    cells = column(clean, question.id)
    given = cells.notna()
    if not pd.api.types.is_numeric_dtype(cells):
        given &= cells.astype("str") != ""
    flags: Flags = given.to_numpy(dtype=np.bool_)
    return flags


def weights(clean: pd.DataFrame, instrument: Instrument, wave: str) -> Floats | None:
    """Give the weight of each respondent, None where the wave has none; raise `EstimateError` for each unusable one."""
    question = instrument.of_type("weight", wave)
    if question is None:
        return None
    given = numbers(clean, question)
    wrong = np.flatnonzero(~np.isfinite(given) | (given < 0))
    if len(wrong):
        rows = column(clean, ROW).to_numpy()[wrong]
        raise EstimateError(
            *(
                Finding(
                    problem="this response has no weight that could be used",
                    file="clean.parquet",
                    row=int(row),
                    key=question.id,
                    value="" if np.isnan(weight) else repr(float(weight)),
                    expected="a number, zero or more",
                    mend="mend it in data/corrections, or withdraw the response there",
                )
                for row, weight in zip(rows, given[wrong], strict=True)
            )
        )
    return given
