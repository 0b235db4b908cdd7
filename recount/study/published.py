"""What has been published on the survey before, and the estimates that it corresponds to."""

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from recount.study.declared import Declared, Id, read_yaml

PublishedKind = Literal["exact", "rounded", "bound", "words", "approximate"]
Rounding = Literal["half up", "half even"]
PER_UNIT = {"": Decimal(1), "percent": Decimal(100)}
RULES = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN}


class Published(Declared):
    """One published figure: what was said of which wave, by whom, and which estimate says the same here.

    `value` is as it was printed: with `unit: percent`, 100 times a share. `above` and `below` are limits that the value
    must pass; for `words` they are our reading. `rank` is the place of the category among those of its question.
    `rounding` is the rule for ties, where the publication tells it; else a tie may have gone either way. `base` is the
    number of respondents that fits the figure, where we could infer it. `source` is P (the survey's authors or
    publisher) or S (a secondary source).
    """

    id: Id
    wave: str
    statement: str
    kind: PublishedKind
    value: float | None = None
    above: float | None = None
    below: float | None = None
    tolerance: float | None = Field(default=None, gt=0)
    rank: int | None = Field(default=None, ge=1)
    decimals: int = Field(default=0, ge=0, le=9)
    rounding: Rounding | None = None
    unit: Literal["", "percent"] = ""
    question: Id | None = None
    category: Id | None = None
    statistic: str
    base: int | None = Field(default=None, ge=1)
    source: tuple[Literal["P", "S"], ...] = Field(min_length=1)
    reference: str = Field(min_length=1)
    note: str = ""

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.kind in ("exact", "rounded", "approximate") and self.value is None:
            raise ValueError(f"kind: {self.kind} needs the value that was published")
        if self.kind == "approximate" and self.tolerance is None:
            raise ValueError("kind: approximate needs a tolerance, in the unit of the value")
        if self.kind == "bound" and self.above is None and self.below is None:
            raise ValueError("kind: bound needs above or below")
        if self.value is not None and Decimal(repr(self.value)).scaleb(self.decimals) % 1:
            raise ValueError(f"{self.value} has more digits than decimals: {self.decimals} says")
        return self

    @property
    def key(self) -> str:
        """The key of the estimate that corresponds to it, as in results/estimates.csv."""
        parts = [self.wave, self.question or "-", self.statistic, *([self.category] if self.category else [])]
        return "/".join(parts)

    def agrees(self, estimate: float, others: Sequence[float] = ()) -> bool | None:
        """Say whether an estimate (a share is 0 to 1) bears the figure out; None where nothing can be compared.

        `others` are the estimates of the question's other categories; a rank is compared where they are given.
        """
        if math.isnan(estimate):
            return False
        got = Decimal(repr(float(estimate))) * PER_UNIT[self.unit]
        checks = [*self._limits(got), *self._values(got)]
        if self.rank is not None and others:
            checks.append(1 + sum(other >= estimate for other in others) == self.rank)
        return all(checks) if checks else None

    def decimals_of(self, name: str) -> int:
        """Say with how many decimals `value`, a limit, the tolerance or the rank was written."""
        if name == "value":
            return self.decimals
        digits = Decimal(repr(getattr(self, name))).normalize().as_tuple()
        return max(0, -int(digits.exponent))

    def _limits(self, got: Decimal) -> list[bool]:
        above = [] if self.above is None else [got > Decimal(repr(self.above))]
        below = [] if self.below is None else [got < Decimal(repr(self.below))]
        return above + below

    def _values(self, got: Decimal) -> list[bool]:
        if self.value is None:
            return []
        exp = Decimal(repr(self.value))
        if self.kind == "approximate":
            return [abs(got - exp) <= Decimal(repr(self.tolerance))]
        if self.kind == "rounded":
            return [self._rounds_to(exp, got)]
        return [got == exp]

    def _rounds_to(self, exp: Decimal, got: Decimal) -> bool:
        step = Decimal(1).scaleb(-self.decimals)
        if self.rounding is None:
            return abs(got - exp) * 2 <= step
        return got.quantize(step, RULES[self.rounding]) == exp


class PublishedFigures(Declared):
    """All published figures, in the order of data/published.yaml."""

    figures: tuple[Published, ...] = ()

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        known = [figure.id for figure in self.figures]
        if twice := sorted({each for each in known if known.count(each) > 1}):
            raise ValueError(f"these ids stand twice: {', '.join(twice)}")
        return self

    def of_wave(self, wave: str) -> tuple[Published, ...]:
        """The figures published on one wave."""
        return tuple(figure for figure in self.figures if figure.wave == wave)


def read_published(file: str | Path) -> PublishedFigures:
    """Read data/published.yaml; raise `StudyError` with every mistake in it."""
    return PublishedFigures.declared_in(str(file), read_yaml(file))
