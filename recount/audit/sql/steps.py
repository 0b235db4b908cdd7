"""A query as a reader follows it: steps that have a name, and what is counted in them at the end."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from recount.audit.sql.quote import comment

# A line end, but for those within a name or a text: the columns of an export can have several lines.
_LINE_END = re.compile(r"""('(?:[^']|'')*'|"(?:[^"]|"")*")|\n""")


@dataclass(frozen=True)
class Step:
    """One step: a name that later steps read from, its SQL, and what it holds, in words."""

    name: str
    sql: str
    about: str = ""

    def __str__(self) -> str:
        about = f"-- {comment(self.about)}\n" if self.about else ""
        return f"{about}{self.name} AS (\n{_indented(self.sql)}\n)"


@dataclass(frozen=True)
class Query:
    """The SQL of one number: its title, the steps, and the last SELECT, which has one row.

    Its columns are some of `value`, `n`, `base`, `weighted_n`, `weighted_base`, as in estimates.csv.
    """

    title: tuple[str, ...]
    steps: tuple[Step, ...]
    select: str

    def __str__(self) -> str:
        title = "".join(f"-- {comment(line)}\n" for line in self.title)
        steps = ",\n".join(map(str, self.steps))
        return f"{title}WITH\n{steps}\n{self.select};\n" if self.steps else f"{title}{self.select};\n"


def select(columns: Iterable[str], source: str) -> str:
    """Write a SELECT, a column a line."""
    return "SELECT\n  " + ",\n  ".join(columns) + f"\n{source}"


def each_once(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Leave out the steps that have come before; a step stands behind those that it reads."""
    return tuple({step.name: step for step in steps}.values())


def _indented(sql: str) -> str:
    return "  " + _LINE_END.sub(lambda found: found[1] or "\n  ", sql)
