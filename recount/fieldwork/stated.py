"""What a platform's own questionnaire file says: questions, options, routing; each module of forms/ gives this."""

from dataclasses import dataclass
from typing import Literal

from recount.study.instrument import Separator, Universe

Asks = Literal["single", "scale", "multi", "number", "text", "date", "unknown"]


@dataclass(frozen=True)
class Option:
    """One answer that is offered: its label, the text or code by which the export knows it, its own column if any."""

    label: str
    code: str = ""
    column: str = ""

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
        """Find the question that a column of the export belongs to, by the names of both without regard to case."""
        key = column.casefold()
        for question in self.questions:
            if question.name.casefold() == key or any(option.column.casefold() == key for option in question.options):
                return question
        return None
