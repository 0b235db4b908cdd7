"""The table of one wave with all its counts rounded, and all that is made of counts made anew, or hidden.

Shares, differences of shares, means, quantiles and standard deviations of scores are made of rounded counts; an
interval is made again where share and base are all that it is made of (Wilson's, without weights). Whatever else is
made of exact counts goes: standard errors, degrees of freedom, other intervals, means of numbers, tests, indices.
"""

from math import floor, log10
from typing import Any

import numpy as np
import pandas as pd

from recount.estimate.compared import DIFFERENCE, INDEPENDENCE, RANKS, levels_of
from recount.estimate.counts_rounded import DECLARED, RoundedCounts
from recount.estimate.distribution import Distribution, scored
from recount.estimate.hide import AGREEMENT, TAKEN_OUT
from recount.estimate.indices import STATISTICS as INDICES
from recount.estimate.intervals import wilson
from recount.estimate.rows import WAVE, typed
from recount.estimate.scores import scores_of
from recount.estimate.tabulate import Counts
from recount.estimate.weighting import BEFORE, KISH
from recount.study.instrument import Instrument
from recount.study.settings import Estimation

ROUNDING = "rounding"
ERRORS = ("low", "high", "se", "df", "deff", "effective_n")
QUANTILES = {"q1": 0.25, "median": 0.5, "q3": 0.75}
OF_SCORES = ("mean", "sd", *QUANTILES, "minimum", "maximum")
DATES = ("first", "last")
HIDDEN = (INDEPENDENCE, RANKS, "combination", *INDICES, KISH, BEFORE)
# Coefficients of coders, and what a respondent weighs on average, are told so finely.
DECIMALS, DIGITS = 2, 2

Row = dict[str, Any]


def rounded(estimates: pd.DataFrame, *, instrument: Instrument, wave: str, rules: Estimation) -> pd.DataFrame:
    """Round the estimates of a wave to `rules.round_to`, where that is declared.

    Raises:
        EstimateError: no rounding keeps the counts of a question from being told by each other.
    """
    if rules.round_to is None:
        return estimates
    plain = estimates.astype(object).where(estimates.notna(), None)
    rows: list[Row] = [{str(name): value for name, value in row.items()} for row in plain.to_dict("records")]
    table = _Table(rows, instrument, wave, rules)
    return typed(pd.DataFrame([table.row(row) for row in rows], columns=estimates.columns))


class _Table:
    """All rows of a wave, and their rounded counts."""

    def __init__(self, rows: list[Row], instrument: Instrument, wave: str, rules: Estimation) -> None:
        self._instrument, self._rules = instrument, rules
        self._counts = RoundedCounts(rows, instrument, wave, rules)
        self._rows = {row["key"]: row for row in rows}
        self._chosen: dict[tuple[str, ...], list[str]] = {}
        for row in rows:
            if row["statistic"] == "count":
                self._chosen.setdefault(_panel(row), []).append(row["category"])

    def row(self, row: Row) -> Row:
        """Round one row."""
        statistic = row["statistic"]
        if statistic in DECLARED:
            return {**row, "base": None, "weighted_base": None}
        made = {**row, **dict.fromkeys(ERRORS), **self._bases(row)}
        if row["hidden"]:
            return made
        if statistic in HIDDEN or (statistic in ("mean", "sd") and not self._scores(row)):
            bases = () if row["question"] != WAVE else ("base", "weighted_base")
            return made | dict.fromkeys((*TAKEN_OUT, *bases)) | {"hidden": ROUNDING, "method": ""}
        if statistic in AGREEMENT:
            ends = {
                name: None if row[name] is None else round(row[name], DECIMALS) for name in ("value", "low", "high")
            }
            return made | ends
        return made | {"value": self._value(row), **self._interval(row, made)}

    def _value(self, row: Row) -> float | None:
        """The value of a row, made of rounded counts."""
        statistic = row["statistic"]
        if row["value"] is None or statistic in DATES or (statistic in OF_SCORES and not self._scores(row)):
            return None if row["value"] is None else float(row["value"])
        if statistic in OF_SCORES:
            return self._of_scores(row)
        if statistic in ("net", DIFFERENCE):
            return self._less(row)
        bases = self._bases(row)
        if statistic == "chosen_mean":
            return _quotient(self._mentioned(row), bases["weighted_base"])
        if row["unit"] in ("respondents", "mentions"):
            return self._counts.of(row)["n"]
        share = _quotient(bases["weighted_n"], bases["weighted_base"])
        return None if share is None else min(share, 1.0)

    def _interval(self, row: Row, made: Row) -> Row:
        """Wilson's of the rounded share and base; no other is made of these alone."""
        value, base = self._value(row), made["base"]
        if row["method"] != "wilson" or value is None or not base:
            return {"method": ""}
        low, high = wilson(value, base, self._rules.confidence)
        return {"low": float(low), "high": float(high), "method": "wilson"}

    def _bases(self, row: Row) -> Row:
        """The counts of a row, and the weighted ones: as many times what one weighs there on average."""
        counts = self._counts.of(row)
        found: Row = {name: value if row[name] is not None else None for name, value in counts.items()}
        for name in ("n", "base"):
            weighted, plain = row[f"weighted_{name}"], found[name]
            each = _coarse(weighted / row[name]) if plain and row[name] and weighted else 1.0
            found[f"weighted_{name}"] = None if weighted is None or plain is None else plain * each
        return found

    def _scores(self, row: Row) -> tuple[float, ...]:
        question = self._instrument.by_id.get(row["question"])
        return scores_of(question) if question and question.type in ("single", "scale") else ()

    def _of_scores(self, row: Row) -> float | None:
        """A mean, spread or quantile of scores, of the rounded counts of the categories."""
        pairs = zip(self._instrument.by_id[row["question"]].valid, self._scores(row), strict=True)
        held = [
            (score, count) for score, count in ((score, self._count(row, each.id)) for each, score in pairs) if count
        ]
        if not held:
            return None
        weights = np.array([[count for _, count in held]], dtype=np.float64)
        of = scored([score for score, _ in held], Counts(weights, weights, weights))
        return _of_distribution(of, row["statistic"])

    def _count(self, row: Row, category: str) -> float:
        """The weighted respondents of a category in a row's panel, rounded; 0 where it has no row there."""
        found = self._beside(row, "count", category, row["level"])
        return 0.0 if found is None else self._bases(found)["weighted_n"] or 0.0

    def _mentioned(self, row: Row) -> float:
        """All that was ticked in a row's panel, but for what means none."""
        question = self._instrument.by_id[row["question"]]
        apart = {each.id for each in question.categories if each.alone} | {"none", *question.nets}
        return sum(self._count(row, name) for name in self._chosen.get(_panel(row), ()) if name not in apart)

    def _less(self, row: Row) -> float | None:
        """The share of one net, or of one level, less that of another."""
        if row["statistic"] == DIFFERENCE:
            sides = [(row["category"], level) for level in levels_of(row["level"])]
        else:
            sides = [(name, row["level"]) for name in self._instrument.by_id[row["question"]].net or ()]
        shares = [self._beside(row, "share", category, level) for category, level in sides]
        first, second = (None if each is None else self._value(each) for each in shares)
        return None if first is None or second is None else first - second

    def _beside(self, row: Row, statistic: str, category: str, level: str) -> Row | None:
        key = f"{row['wave']}/{row['question']}/{statistic}/{category}"
        return self._rows.get(key + (f"/{row['group']}={level}" if row["group"] else ""))


def _panel(row: Row) -> tuple[str, ...]:
    return row["question"], row["group"], row["level"]


def _of_distribution(of: Distribution, statistic: str) -> float:
    found = of.quantile(QUANTILES[statistic]) if statistic in QUANTILES else getattr(of, statistic)
    return float(found[0, 0])


def _coarse(weight: float) -> float:
    return round(weight, DIGITS - 1 - floor(log10(weight)))


def _quotient(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole
