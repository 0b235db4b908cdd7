"""What changed between two waves: one list, in the words of the person who has to decide."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "name reused",
    "type",
    "reworded",
    "options",
    "code",
    "order of options",
    "base",
    "ambiguous",
    "not worded",
    "new question",
    "dropped question",
    "order of questions",
]

# What each kind means, in the order in which the list tells them: the most dangerous first.
MEANINGS: dict[Kind, str] = {
    "name reused": "A column name that now carries another question",
    "code": "A code that now means another option",
    "type": "Another type of question",
    "reworded": "Reworded",
    "options": "Other options",
    "order of options": "Options in another order",
    "base": "Other respondents asked",
    "ambiguous": "Two partners that fit nearly as well",
    "not worded": "Matched without a wording",
    "new question": "New questions",
    "dropped question": "Questions not asked any more",
    "order of questions": "Questions in another order",
}
# After these the answers of two waves are not comparable, unless a person says so.
BREAKS: frozenset[Kind] = frozenset({"type", "reworded", "options", "code", "base"})
# What nobody but a person can decide, however sure the match is.
OPEN: frozenset[Kind] = BREAKS | {"name reused", "ambiguous", "not worded"}


@dataclass(frozen=True)
class Change:
    """One difference: of which kind, of which question (or column, where it has none), and what it is."""

    kind: Kind
    key: str
    text: str
