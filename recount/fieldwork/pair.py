"""A question of the instrument and one of an export, and what speaks for their being the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from recount.fieldwork.posed import Posed
from recount.fieldwork.profile import are_codes
from recount.study.instrument import Question

# What each piece of evidence counts, where all are there; without a wording the others prove little, and count less.
_WORDING, _OPTIONS, _NAME = 0.7, 0.2, 0.1
_BARE_OPTIONS, _BARE_NAME = 0.3, 0.45
# Below this a wording is another question's; it is still named as the nearest there is.
ALIKE = 0.5
NEAR = 0.25


@dataclass(frozen=True)
class Pair:
    """A question of the instrument and one of the export, with what speaks for their being the same.

    Each piece of evidence is 0 to 1, or None where there is nothing to compare. `rival` names what fits nearly as well,
    `role` what the platform keeps in the column, where it is the platform's own. `trusted`: a person said that columns
    mean what they meant in the last wave; then a name proves what a wording would.
    """

    question: Question
    posed: Posed
    before: str
    wording: float | None
    options: float | None
    name: float | None
    rival: str = ""
    role: str = ""
    trusted: bool = False

    @property
    def unproven(self) -> bool:
        """Whether nothing but a name and fitting answers speaks for it, and nobody said that names can be trusted."""
        return self.wording is None and not self.role and self.question.type != "id" and not self.by_name

    @property
    def unexplained(self) -> bool:
        """Whether the question's own column holds codes now, none of which anything explains."""
        codes = self.question.closed and not self.posed.told and are_codes(self.posed.profiles[0].answers)
        return codes and self.name == 1 and self.options == 0

    @property
    def by_name(self) -> bool:
        """Whether the column has the question's name, and a person said that names mean what they meant."""
        return self.trusted and self.wording is None and self.name == 1

    @property
    def score(self) -> float:
        """How sure it is, from 0 to 1, to two decimals."""
        if self.role:
            return 1.0
        if self.wording is None and not self.by_name:
            bare = _BARE_NAME * (self.name or 0) + _BARE_OPTIONS * (self.options or 0)
            return round(bare, 2)
        named = self.name if self.by_name else self.wording
        evidence = [(named, _WORDING), (self.options, _OPTIONS), (self.name, _NAME)]
        told = [(value, weight) for value, weight in evidence if value is not None]
        return round(sum(value * weight for value, weight in told) / sum(weight for _, weight in told), 2)

    @property
    def reasons(self) -> str:
        """What speaks for it and against it, in a line."""
        if self.role:
            return f"the platform's own column: {self.role}"
        return ", ".join([*self._wording(), *self._options(), *self._name()])

    def _wording(self) -> Iterator[str]:
        if self.by_name:
            yield f"its column, as in {self.before}"
        elif self.wording is None:
            yield "the export does not word it"
        else:
            yield "same wording" if self.wording == 1 else f"wording {self.wording:.2f} alike"

    def _options(self) -> Iterator[str]:
        if self.options is not None:
            yield "same options" if self.options == 1 else f"{self.options:.0%} of the answers are its options"

    def _name(self) -> Iterator[str]:
        if self.name is not None and not self.by_name:
            yield "same column" if self.name == 1 else "other column" if self.name == 0 else "some of its columns"
