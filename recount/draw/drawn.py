"""A figure as it leaves this stage: the picture, the estimates in it, and its alternative text."""

import math
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure as Picture

from recount.display.formatter import Formatter
from recount.draw.rows import Estimate, Rows

NOT_ESTIMABLE = "not estimable"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A figure that has been drawn.

    `source` holds the rows of estimates.csv that the picture shows, in drawing order, with `label`, `series`, `panel`
    and `display` (the text printed for the value) in front; `alternative` is a line of plain text.
    """

    picture: Picture
    source: pd.DataFrame
    alternative: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One estimate with the place that the figure gives it and the text that it prints."""

    of: Estimate
    label: str
    display: str
    series: str = ""
    panel: str = ""

    @property
    def shown(self) -> bool:
        """Whether there is a value to draw: not hidden, and estimable."""
        return not self.of.hidden and not math.isnan(self.of.value)


def mark(of: Estimate, formatter: Formatter, *, label: str, series: str = "", panel: str = "", text: str = "") -> Mark:
    """Make the mark of an estimate; `text` stands for the value where it is shown and not by its unit alone."""
    return Mark(of=of, label=label, series=series, panel=panel, display=displayed(of, formatter, text))


def displayed(of: Estimate, formatter: Formatter, text: str = "") -> str:
    """Write the value, or why there is none: "86%", "hidden: base under 5"."""
    if of.hidden:
        return f"hidden: {of.hidden}"
    if math.isnan(of.value):
        return NOT_ESTIMABLE
    return text or formatter.value(of.value, of.unit)


def of_base(of: Estimate, formatter: Formatter) -> str:
    """Write the base beside a share: "36 of 42"; "base 42" where weights make a share other than n of base."""
    if of.hidden or math.isnan(of.n):
        return ""
    return f"base {formatter.count(of.base)}" if of.weighted else formatter.of_base(of.n, of.base)


def in_column(of: Estimate, formatter: Formatter) -> str:
    """Write the base into a column that is headed so."""
    return of_base(of, formatter).removeprefix("base ")


def source_of(marks: list[Mark], rows: Rows) -> pd.DataFrame:
    """Put the estimates drawn below each other, in drawing order, with what the figure says of each in front."""
    source = rows.frame([each.of.key for each in marks])
    for place, name in enumerate(("label", "series", "panel", "display")):
        source.insert(place, name, pd.Series([getattr(each, name) for each in marks], index=source.index, dtype="str"))
    return source
