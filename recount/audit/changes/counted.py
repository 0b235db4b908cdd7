"""Whom an estimate counts, respondent by respondent, and what each adds: fractions, so that sums are exact."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import repeat
from math import ceil

import numpy as np

from recount.audit.members import members
from recount.audit.tables import Flags, WaveTables
from recount.audit.who import Who
from recount.clean.columns import ROW
from recount.estimate import answers
from recount.estimate.answers import NO_ANSWER
from recount.estimate.scores import scores_of
from recount.write.number import Estimate

# What each respondent of the base adds; and the weight of each.
Adds = Mapping[str, tuple[Fraction, Fraction]]
ONE = Fraction(1)
Of = Callable[[Sequence[tuple[Fraction, Fraction]]], Fraction | None]

SHARES = ("share", "share_asked", "nonresponse", "combination")
COUNTS = ("count", "asked", "answered", "uncoded", "double_coded", "adjudicated")
QUANTILES = {"q1": Fraction(1, 4), "median": Fraction(1, 2), "q3": Fraction(3, 4)}
ENDS = {"minimum": min, "maximum": max}
SCORED = ("mean", *QUANTILES, *ENDS)


@dataclass(frozen=True)
class Counted:
    """An estimate as a function of its respondents: `of` gives its value from what they add, None for nobody."""

    adds: Adds
    of: Of


def counted(estimate: Estimate, tables: WaveTables) -> Counted | None:
    """Take an estimate apart; None for a kind that is not a function of single respondents' answers."""
    of = _function(estimate)
    if (
        of is None
        or estimate.hidden
        or tables.round_to is not None
        or (estimate.weighted and estimate.statistic not in (*SHARES, "mean", "net"))
    ):
        return None
    if estimate.statistic == "respondents":
        return Counted(dict.fromkeys(tables.respondents, (ONE, ONE)), of)
    added = _added(estimate, tables)
    inside = ~np.isnan(added)
    exact = {value: Fraction(value) for value in np.unique(added[inside]).tolist()}
    weights = repeat(ONE) if estimate.statistic in COUNTS else tables.exact_weights
    people = zip(tables.respondents.tolist(), added.tolist(), inside.tolist(), weights, strict=False)
    return Counted({name: (exact[value], weight) for name, value, counts, weight in people if counts}, of)


def size(estimate: Estimate, tables: WaveTables) -> Counted | None:
    """Take the base of an estimate apart."""
    found = members(replace(estimate, hidden=""), tables).base if estimate.question in tables.instrument.by_id else None
    if found is None:
        return None
    inside = np.isin(tables.kept, found)
    names = tables.respondents[inside]
    return Counted(dict.fromkeys(names, (ONE, ONE)), _total)


def _function(estimate: Estimate) -> Of | None:
    name = estimate.statistic
    if name in COUNTS or name == "respondents":
        return _total
    if name in (*SHARES, "mean", "net", "chosen_mean"):
        return _average
    if name in QUANTILES:
        return lambda adds: _quantile(adds, QUANTILES[name])
    if name in ENDS:
        return lambda adds: ENDS[name](value for value, _ in adds) if adds else None
    return None


def _added(estimate: Estimate, tables: WaveTables) -> np.ndarray:
    """What each respondent adds, in the order of the clean table; nan for those outside of the base."""
    who = Who(tables, estimate)
    if estimate.statistic in SCORED:
        return np.where(who.answered(), _scores(estimate, tables), np.nan)
    if estimate.statistic == "net":
        plus, minus = (_chose(estimate, tables, name) for name in who.question.net or ())
        return np.where(who.base(), plus.astype(float) - minus, np.nan)
    if estimate.statistic == "chosen_mean":
        inside = who.asked() & who.coded() if who.question.coded else who.answered()
        return np.where(inside, _chosen(estimate, tables), np.nan)
    found = members(estimate, tables)
    rows = tables.clean[ROW].to_numpy(dtype=np.int64)
    inside = np.isin(rows, found.numerator if found.numerator is not None else [])
    return np.where(np.isin(rows, found.base if found.base is not None else rows), inside.astype(float), np.nan)


def _scores(estimate: Estimate, tables: WaveTables) -> np.ndarray:
    question = tables.question(estimate.question)
    if question.type == "number":
        return answers.numbers(tables.clean, question)
    valid = [place for place, each in enumerate(question.categories) if not each.missing]
    scores = dict(zip(valid, scores_of(question), strict=True))
    return np.array([scores.get(int(code), np.nan) for code in answers.chosen(tables.clean, question)])


def _chose(estimate: Estimate, tables: WaveTables, category: str) -> Flags:
    return Who(tables, replace(estimate, category=category)).chose()


def _chosen(estimate: Estimate, tables: WaveTables) -> np.ndarray:
    question = tables.question(estimate.question)
    if question.coded:
        names = sorted({*tables.codes.loc[tables.codes["question"] == question.id, "code"]} - {"none", NO_ANSWER})
    else:
        names = [each.id for each in question.valid if not each.alone]
    number = np.zeros(len(tables.clean))
    for name in names:
        number = number + _chose(estimate, tables, name)
    return number


def _total(adds: Sequence[tuple[Fraction, Fraction]]) -> Fraction:
    return _sum((value.numerator, value.denominator) for value, _ in adds)


def _average(adds: Sequence[tuple[Fraction, Fraction]]) -> Fraction | None:
    weight = _sum((each.numerator, each.denominator) for _, each in adds)
    products = (
        (value.numerator * each.numerator, value.denominator * each.denominator) for value, each in adds if value
    )
    return _sum(products) / weight if weight else None


def _sum(ratios: Iterable[tuple[int, int]]) -> Fraction:
    """Add ratios up, those of one denominator as whole numbers: Fraction would reduce the sum at every step."""
    numerators: dict[int, int] = {}
    for numerator, denominator in ratios:
        numerators[denominator] = numerators.get(denominator, 0) + numerator
    return sum((Fraction(numerator, denominator) for denominator, numerator in numerators.items()), Fraction(0))


def _quantile(adds: Sequence[tuple[Fraction, Fraction]], share: Fraction) -> Fraction | None:
    """Hyndman and Fan's (1996) type 2, as the estimates have it."""
    values = sorted(value for value, _ in adds)
    if not values:
        return None
    place = share * len(values)
    if place.denominator == 1 and 0 < place < len(values):
        return (values[int(place) - 1] + values[int(place)]) / 2
    return values[max(ceil(place), 1) - 1]
