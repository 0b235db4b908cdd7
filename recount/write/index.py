"""The estimates by key, and what to say when a key is not among them."""

from collections.abc import Callable, Collection
from difflib import get_close_matches
from typing import Any

import pandas as pd

from recount.errors import EstimateError, Finding
from recount.write.number import Estimate, Number

TEXTS = ("key", "wave", "question", "statistic", "category", "group", "level", "unit", "method", "hidden")
NUMBERS = ("value", "low", "high", "se", "n", "base", "weighted_n", "weighted_base", "asked", "answered", "df")
FIRST_ROW = 2  # of a spreadsheet, below the header
FILE = "results/estimates.csv"


def key_of(wave: str, question: str, statistic: str, *, category: str = "", group: str = "", level: str = "") -> str:
    """Write the key of an estimate as docs/tables.md has it."""
    ends = ([category] if category else []) + ([f"{group}={level}"] if group else [])
    return "/".join([wave, question or "-", statistic, *ends])


class Index:
    """All rows of estimates.csv, found by key in constant time and made into estimates when they are asked for."""

    def __init__(
        self,
        frame: pd.DataFrame,
        *,
        exclusive: Collection[str] = (),
        decimals: Callable[[str, str], int | None] = lambda _question, _statistic: None,
        together: Callable[[str, str], bool] = lambda _wave, _group: False,
    ) -> None:
        """Take the table as `recount.estimate.io.read_estimates` gives it.

        `exclusive` are the questions that allow one answer; `decimals` says how fine a question's statistic is written;
        `together` whether levels of a wave's group were drawn together.
        """
        self._columns: dict[str, list[Any]] = {name: frame[name].tolist() for name in (*TEXTS, *NUMBERS)}
        self._places = {key: place for place, key in enumerate(self._columns["key"])}
        self._exclusive = frozenset(exclusive)
        self._decimals = decimals
        self._together = together
        self._statistics: dict[tuple[str, ...], list[str]] = {}
        named = zip(*(self._columns[name] for name in ("wave", "question", "statistic", "key")), strict=True)
        for wave, question, statistic, key in named:
            self._statistics.setdefault((wave, question, statistic), []).append(key)

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def get(self, key: str) -> Estimate | None:
        """Give the estimate of that key, None where there is none."""
        if key not in self._places:
            return None
        place = self._places[key]
        texts = {name: str(self._columns[name][place]) for name in TEXTS}
        numbers = {name: _number(self._columns[name][place]) for name in NUMBERS}
        declared = {
            "exclusive": texts["question"] in self._exclusive,
            "decimals": self._decimals(texts["question"], texts["statistic"]),
            "drawn_together": bool(texts["group"]) and self._together(texts["wave"], texts["group"]),
        }
        return Estimate(**texts, **numbers, row=place + FIRST_ROW, **declared)  # type: ignore[arg-type]

    def find(self, key: str) -> Estimate:
        """Give the estimate of that key; raise `EstimateError` that names the nearest keys."""
        found = self.get(key)
        if found is None:
            raise EstimateError(
                Finding(
                    problem="there is no such estimate",
                    key=key,
                    expected=self._nearest(key),
                    mend=f"see the keys in {FILE}",
                )
            )
        return found

    def of(self, wave: str, question: str, statistic: str) -> list[Estimate]:
        """Give all rows of one statistic of a question, in the table's order."""
        found = (self.get(key) for key in self._statistics.get((wave, question, statistic), ()))
        return [each for each in found if each is not None]

    def _nearest(self, key: str) -> str:
        parts = key.split("/")
        for depth in range(min(len(parts), 3), 0, -1):
            prefix = "/".join(parts[:depth])
            near = [each for each in self._places if each.startswith(prefix + "/")]
            if near:
                close = get_close_matches(key, near, n=3, cutoff=0.0)
                return "the nearest are " + ", ".join(close)
        close = get_close_matches(key, list(self._places), n=3, cutoff=0.3)
        return "the nearest are " + ", ".join(close) if close else f"{FILE} holds {len(self._places)} estimates"


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def number_of(estimate: Estimate) -> Number:
    """Make a number of one estimate."""
    return Number(
        value=None if estimate.hidden else estimate.value,
        unit=estimate.unit,
        trace=estimate,
        low=None if estimate.hidden else estimate.low,
        high=None if estimate.hidden else estimate.high,
        hidden=estimate.hidden,
    )
