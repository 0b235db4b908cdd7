"""The rows of estimates.csv that a figure needs, found by their keys."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from recount.errors import EstimateError, Finding, nearest
from recount.estimate.answers import NO_ANSWER
from recount.estimate.hide import TAKEN_OUT
from recount.study.instrument import Question

FILE = "results/estimates.csv"


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """One row of estimates.csv; a number that is not there is nan."""

    key: str
    wave: str
    question: str
    statistic: str
    category: str
    value: float
    low: float
    high: float
    n: float
    base: float
    asked: float
    unit: str
    hidden: str
    weighted: bool


class Rows:
    """The estimates overall, by key; by group they are not drawn.

    What is hidden stays hidden here whatever the table says: values beside a reason are taken out.
    """

    def __init__(self, estimates: pd.DataFrame) -> None:
        overall = estimates[estimates["group"] == ""]
        hidden = overall["hidden"] != ""
        self._table = overall.assign(**{name: overall[name].mask(hidden) for name in TAKEN_OUT}).set_index(
            "key", drop=False
        )

    def has(self, key: str) -> bool:
        """Whether there is such an estimate."""
        return key in self._table.index

    def keys(self) -> list[str]:
        """Give the keys of all estimates, in the order of the table."""
        return list(self._table.index)

    def need(self, keys: Sequence[str]) -> list[Estimate]:
        """Take estimates in the order of their keys; raise `EstimateError` that names all that do not exist."""
        if lacking := [key for key in keys if not self.has(key)]:
            raise EstimateError(*(self._finding(key) for key in lacking))
        table = self._table.loc[list(keys)]
        return [_estimate(dict(zip(table.columns, row, strict=True))) for row in table.itertuples(index=False)]

    def of(self, wave: str, question: str, statistic: str) -> list[Estimate]:
        """Take the estimates of one statistic, in the order of the table."""
        table = self._table
        wanted = (table["wave"] == wave) & (table["question"] == question) & (table["statistic"] == statistic)
        return self.need(list(table.index[wanted]))

    def frame(self, keys: Sequence[str]) -> pd.DataFrame:
        """Take the rows as they stand, in the order of their keys."""
        return self._table.loc[list(keys)].reset_index(drop=True)

    def _finding(self, key: str) -> Finding:
        wave, question, *_ = key.split("/")
        near = self._table[(self._table["wave"] == wave) & (self._table["question"] == question)]
        return Finding(
            problem="the figure shows an estimate that does not exist",
            file=FILE,
            key=key,
            expected=nearest(key, list(near.index) or sorted(set(self._table["wave"] + "/" + self._table["question"]))),
            mend="mend the items of the figure in report/figures.yaml, or the instrument",
        )


def share_key(wave: str, question: Question, category: str) -> str:
    """Write the key of a share: of the base, or of those asked for an answer that stands outside the base."""
    outside = category == NO_ANSWER or category in {each.id for each in question.categories if each.missing}
    return key_of(wave, question.id, "share_asked" if outside else "share", category)


def key_of(wave: str, question: str, statistic: str, category: str | None = None) -> str:
    """Write the key of an estimate overall."""
    return "/".join([wave, question, statistic, *([category] if category else [])])


def _estimate(row: dict[str, object]) -> Estimate:
    texts = {name: str(row[name]) for name in ("key", "wave", "question", "statistic", "category", "unit", "hidden")}
    numbers = {name: _number(row[name]) for name in ("value", "low", "high", "n", "base", "asked")}
    weighted = _number(row["weighted_base"]) != numbers["base"] and not pd.isna(row["weighted_base"])  # type: ignore[call-overload]
    return Estimate(**texts, **numbers, weighted=weighted)  # type: ignore[arg-type]


def _number(value: object) -> float:
    return float("nan") if pd.isna(value) else float(value)  # type: ignore[arg-type,call-overload]
