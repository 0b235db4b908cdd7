"""The figures that the paper declares in report/figures.yaml."""

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from recount.study.declared import Declared, Id, read_yaml

FigureKind = Literal["dots", "diverging", "upset", "bars", "dumbbell", "flow"]


class Item(Declared):
    """One thing shown: a question, and a category or net of it; `label` where the question's own will not do."""

    question: Id
    category: Id | None = None
    label: str = ""


class Figure(Declared):
    """One figure.

    - `dots`: shares with intervals, an item a line.
    - `diverging`: scales as stacked bars around their middle, missing categories apart, an item a line.
    - `upset`: the combinations of one multi-select question.
    - `bars`: the categories of one question (or the codes of one open-ended question), most frequent first.
    - `dumbbell`: shares in several waves, an item a line; hollow where the wave is not comparable.
    - `flow`: from contacted to the base, with reasons.

    With `sum_to_100` the shares of each bar of a `diverging` figure are written so that they add up to 100. `wave` (or
    `waves`) is the paper's where none is named. `caption` is part of the paper: it may hold the paper's language.
    """

    kind: FigureKind
    caption: str
    items: tuple[Item, ...] = Field(default=(), description="what it shows, in drawing order")
    wave: str | None = None
    waves: tuple[str, ...] = ()
    sort: Literal["as given", "descending"] = "as given"
    most: int = Field(default=12, ge=1, description="at most this many bars or combinations")
    sum_to_100: bool = False

    @model_validator(mode="after")
    def _sums_of_a_whole(self) -> Self:
        if self.sum_to_100 and self.kind != "diverging":
            raise ValueError(f"sum_to_100 is for figures of kind diverging; this one is {self.kind}")
        return self


class Figures(Declared):
    """All figures by name, in the order in which they are declared."""

    figures: dict[Id, Figure] = {}


def read_figures(file: str | Path) -> Figures:
    """Read report/figures.yaml; raise `StudyError` with every mistake in it."""
    return Figures.declared_in(str(file), read_yaml(file))
