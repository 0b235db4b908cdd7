"""Scales of several items, such as trust asked of five institutions, that a study wants to average."""

from typing import Self

from pydantic import Field, model_validator

from recount.study.declared import Declared, Id


class Index(Declared):
    """The mean of several items, each a question with scores or numbers.

    `reversed` names the items that were asked the other way round: their scores are turned over, from the lowest to the
    highest of their scale. A respondent counts who answered at least `minimum` items (default: half of them).
    """

    id: Id
    label: str
    items: tuple[Id, ...] = Field(min_length=2)
    reversed: tuple[Id, ...] = ()
    minimum: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _of_its_items(self) -> Self:
        if len(set(self.items)) < len(self.items):
            raise ValueError(f"{self.id}: an item stands twice")
        if others := [item for item in self.reversed if item not in self.items]:
            raise ValueError(f"{self.id}: reversed names what is no item: {', '.join(others)}")
        if self.minimum is not None and self.minimum > len(self.items):
            raise ValueError(f"{self.id}: minimum is more than the {len(self.items)} items")
        return self

    @property
    def fewest(self) -> int:
        """How many items a respondent must have answered."""
        return (len(self.items) + 1) // 2 if self.minimum is None else self.minimum
