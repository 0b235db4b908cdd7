"""What a platform's own questionnaire file says: questions, options, routing; each module of forms/ gives this."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from recount.study.instrument import Separator, Universe

Asks = Literal["single", "scale", "multi", "number", "text", "date", "id", "unknown"]


@dataclass(frozen=True)
class Option:
    """One answer that is offered: its label, the text or code by which the export knows it, its own column if any.

    `seen`: no file names it; somebody gave it.
    """

    label: str
    code: str = ""
    column: str = ""
    seen: bool = False

    @property
    def written(self) -> str:
        """How a cell of the export says it."""
        return self.code or self.label


@dataclass(frozen=True)
class Stated:
    """One question as the platform's questionnaire states it.

    `name` is its column in the export; a question with several columns has one for each of its options. `routing` is
    the platform's condition as it stands, `universe` what our instrument's language can say of it, in column names
    and codes. `codes` says that cells hold codes and not labels.
    """

    name: str
    text: str
    asks: Asks = "unknown"
    options: tuple[Option, ...] = ()
    section: str = ""
    routing: str = ""
    universe: Universe | None = None
    separator: Separator | None = None
    personal: bool = False
    range: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True)
class Questionnaire:
    """All questions of a questionnaire file, in order; `notes` tell what could not be taken over."""

    form: str
    title: str
    questions: tuple[Stated, ...]
    notes: tuple[str, ...] = ()

    def of_column(self, column: str) -> Stated | None:
        """Find the question that a column belongs to: by its name, its options' columns, or its name within groups."""
        return self._columns.get(column.casefold()) or self._columns.get(bare_name(column))

    @cached_property
    def _columns(self) -> dict[str, Stated]:
        found: dict[str, Stated] = {}
        for question in self.questions:
            for name in (question.name, *(option.column for option in question.options)):
                if name:
                    found.setdefault(name.casefold(), question)
            if question.separator == "space":  # ODK and its kin may write a column an option beside the list
                for option in question.options:
                    found.setdefault(f"{question.name}/{option.code}".casefold(), question)
        return found


def bare_name(column: str) -> str:
    """A column's name without the groups that ODK and KoboToolbox put before it: `household-age`, `household/age`."""
    return re.split(r"[-/]", column.casefold())[-1]
