"""The tables that the paper declares in report/tables.yaml."""

from pathlib import Path
from typing import Literal, Self

from pydantic import model_validator

from recount.study.declared import Declared, Id, read_yaml
from recount.study.figures import Item

TableKind = Literal["items", "crosstab", "scale", "waves", "themes", "flow", "differences", "composition"]


class Table(Declared):
    """One table.

    - `items`: one line an item: share, interval, numerator and base.
    - `crosstab`: the categories of each item's question as lines, everyone and the levels of `groups` as columns.
    - `scale`: one line an item's question, its categories as columns, with mean and base.
    - `waves`: one line an item, the waves as columns; a dagger where a wave is not comparable.
    - `themes`: the codes of one open-ended question: share, count, agreement between coders.
    - `differences`: one line an item: its share in two waves, their difference, and that of returning respondents.
    - `composition`: the levels by which config.yaml weights waves, and items, before and after, for each wave.
    - `flow`: from contacted to kept, one column a wave.

    `levels` picks and orders the levels of a group. With `sum_to_100` the shares of a question's categories are written
    so that they add up to 100 (`items`, `crosstab`, `scale`). `note` stands below the table; like `caption` it may hold
    the paper's language.
    """

    kind: TableKind
    caption: str
    items: tuple[Item, ...] = ()
    wave: str | None = None
    waves: tuple[str, ...] = ()
    groups: tuple[Id, ...] = ()
    levels: dict[Id, tuple[Id, ...]] = {}
    sort: Literal["as given", "descending"] = "as given"
    sum_to_100: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _sums_of_a_whole(self) -> Self:
        if self.sum_to_100 and self.kind not in ("items", "crosstab", "scale"):
            raise ValueError(f"sum_to_100 is for tables of kind items, crosstab or scale; this one is {self.kind}")
        return self


class Tables(Declared):
    """All tables by name, in the order in which they are declared."""

    tables: dict[Id, Table] = {}


def read_tables(file: str | Path) -> Tables:
    """Read report/tables.yaml; raise `StudyError` with every mistake in it."""
    return Tables.declared_in(str(file), read_yaml(file))
