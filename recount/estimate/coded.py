"""The rows of an open-ended question that was coded: its codes are categories of which several can apply."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.coding.statistics import AGREEMENT, INTERVAL
from recount.errors import EstimateError, Finding, nearest
from recount.estimate.answers import NO_ANSWER
from recount.estimate.mentions import mention_rows
from recount.estimate.multi import Ticks, chosen_mean, counted, net_rows
from recount.estimate.rows import Block, Item, block
from recount.estimate.shares import (
    closed,
    count_columns,
    every_question,
    of_asked,
)
from recount.estimate.tabulate import Counts, Flags
from recount.study.codebook import Codebook

NONE = "none"
BY_TWO = ("agreement", "adjudication")


@dataclass(frozen=True)
class Coding:
    """What the coding stage wrote about a wave, as docs/tables.md lists it; None where nothing is coded."""

    codes: pd.DataFrame | None
    agreement: pd.DataFrame | None
    uncoded: pd.DataFrame | None
    codebook: Codebook | None


def coded_rows(of: Item, respondents: pd.Series, coding: Coding) -> list[Block]:
    """Make all rows of a coded question; without codes.csv only those that every question has.

    The base is those who were asked and have a final code, `none` included, unless the question declares another.
    """
    silent = of.sample.count_flag(of.asked & ~of.answered)
    rows = [*every_question(of, silent), of_asked(of, [NO_ANSWER], silent)]
    codes = _of_question(coding.codes, of)
    if codes is None:
        return rows
    ids = _code_ids(of, codes, coding.codebook)
    ticks = _ticks(codes, respondents, ids, of.asked)
    base = _base(of, ticks)
    rows += closed(of, ids, counted(of, ticks, ids, of.asked), base)
    rows += net_rows(of, ticks, of.asked, base)
    mentioned = [code for code in ids if code != NONE]
    rows.append(chosen_mean(of, ticks, mentioned, ticks.given))
    if of.question.mentions:
        rows += mention_rows(of, {code: ticks.flags[code] for code in mentioned}, ticks.given)
    rows += _progress(of, codes, _of_question(coding.uncoded, of), respondents)
    return rows + _agreement(of, _of_question(coding.agreement, of))


def _of_question(table: pd.DataFrame | None, of: Item) -> pd.DataFrame | None:
    return None if table is None else table[table["question"] == of.question.id]


def _code_ids(of: Item, codes: pd.DataFrame, codebook: Codebook | None) -> list[str]:
    """The codes in the codebook's order, `none` last."""
    used = sorted(set(codes["code"]) - {NONE})
    if codebook is None or of.question.id not in codebook.questions:
        return [*used, NONE]
    known = [code.id for code in codebook.questions[of.question.id]]
    unknown = [code for code in used if code not in known]
    if unknown:
        raise EstimateError(
            *(
                Finding(
                    problem="the codebook has no such code",
                    file="codes.csv",
                    key=of.question.id,
                    value=code,
                    expected=nearest(code, known),
                    mend="code the answers again, with the codebook as it is now",
                )
                for code in unknown
            )
        )
    return [*known, NONE]


def _ticks(codes: pd.DataFrame, respondents: pd.Series, ids: list[str], asked: Flags) -> Ticks:
    places = _places(codes["respondent"], respondents)
    given = np.zeros(len(respondents), dtype=np.bool_)
    given[places[places >= 0]] = True
    flags = {}
    for code in ids:
        flag = np.zeros(len(respondents), dtype=np.bool_)
        here = places[(codes["code"] == code).to_numpy(dtype=np.bool_)]
        flag[here[here >= 0]] = True
        flags[code] = flag & asked
    return Ticks(flags, given & asked)


def _places(named: pd.Series, respondents: pd.Series) -> np.ndarray:
    """The place of each respondent named among those kept; -1 for one who was left out."""
    kept = pd.Index(respondents.astype("str"))
    if not kept.is_unique:
        twice = sorted(set(kept[kept.duplicated()]))
        raise EstimateError(
            *(
                Finding(problem="this respondent stands twice", file="clean.parquet", key="respondent", value=each)
                for each in twice
            )
        )
    return kept.get_indexer(pd.Index(named.astype("str")))


def _base(of: Item, ticks: Ticks) -> Counts:
    if of.question.base == "asked":
        return of.asked_counts
    if of.question.base == "respondents":
        return of.sample.everyone
    return of.sample.count_flag(ticks.given)


def _progress(of: Item, codes: pd.DataFrame, uncoded: pd.DataFrame | None, respondents: pd.Series) -> list[Block]:
    """How many answers two coded, an adjudicator or a program decided, and still need a person."""
    by_two = _flag(codes.loc[codes["decided_by"].isin(BY_TWO), "respondent"], respondents)
    adjudicated = _flag(codes.loc[codes["decided_by"] == "adjudication", "respondent"], respondents)
    open_ones = np.zeros(len(respondents), dtype=np.bool_)
    if uncoded is not None:
        open_ones = _flag(uncoded["respondent"], respondents)
        disputed = uncoded["problem"] == "disagreement not adjudicated"
        by_two = by_two | _flag(uncoded.loc[disputed, "respondent"], respondents)
    by_rule = _flag(codes.loc[codes["decided_by"] == "rule", "respondent"], respondents)
    flags = {"double_coded": by_two, "adjudicated": adjudicated, "by_rule": by_rule, "uncoded": open_ones}
    return [
        block(of, name, **count_columns(of.sample.count_flag(flag & of.asked), of.answered_counts))
        for name, flag in flags.items()
    ]


def _flag(named: pd.Series, respondents: pd.Series) -> Flags:
    flag = np.zeros(len(respondents), dtype=np.bool_)
    places = _places(named, respondents)
    flag[places[places >= 0]] = True
    return flag


def _agreement(of: Item, agreement: pd.DataFrame | None) -> list[Block]:
    """The coefficients as the coding stage found them; n answers were coded by two."""
    if agreement is None:
        return []
    table = agreement.assign(code=agreement["code"].fillna(""))
    rows = []
    for statistic, unit in AGREEMENT.items():
        part = table[table["statistic"] == statistic]
        if part.empty:
            continue
        numbers = {
            name: pd.to_numeric(part[name]).to_numpy(dtype=np.float64, na_value=np.nan)[None, :]
            for name in ("value", "low", "high", "se", "n")
        }
        base = {"base": numbers["n"], "weighted_n": numbers["n"], "weighted_base": numbers["n"]}
        method = np.where(np.isnan(numbers["low"]), "", INTERVAL)
        rows.append(block(of, statistic, part["code"].tolist(), panels=1, unit=unit, method=method, **numbers, **base))
    return rows
