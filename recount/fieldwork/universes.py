"""Who was asked, in the instrument's words: a questionnaire names columns and codes, the instrument its questions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Self

from recount.clean.match import plain
from recount.fieldwork.begun import Begun
from recount.fieldwork.pair import Pair
from recount.study.instrument import Universe


@dataclass(frozen=True)
class Known:
    """A closed question as conditions may name it: its id, and the category of each code and label."""

    id: str
    categories: Mapping[str, str]

    @classmethod
    def of(cls, made: Begun) -> Self:
        """Gather what a new question's categories are called."""
        meant = {plain(text): about for about, texts in made.texts.items() for text in texts}
        return cls(made.id, meant)


def with_universes(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Put the universes of posed questions into ids of the instrument; what has none there is told as routing only."""
    found = tuple(pairs)
    known = {
        pair.posed.name.casefold(): Known(pair.question.id, _meanings(pair)) for pair in found if pair.question.closed
    }
    return tuple(
        replace(pair, posed=replace(pair.posed, universe=translated(pair.posed.universe, known))) for pair in found
    )


def translated(universe: Universe | None, known: Mapping[str, Known]) -> Universe | None:
    """Translate column names and codes; None where a part has no question or no category."""
    if universe is None:
        return None
    said: Universe = {}
    for name, codes in universe.items():
        question = known.get(name.casefold())
        categories = [question.categories.get(plain(code), "") for code in codes] if question else []
        if question is None or not all(categories):
            return None
        said[question.id] = tuple(dict.fromkeys(categories))
    return said


def _meanings(pair: Pair) -> dict[str, str]:
    """The category of each code, label or column of the options."""
    known = {plain(text): each.id for each in pair.question.categories for text in (each.id, each.label, *each.values)}
    said = {plain(each.written): known[plain(each.label)] for each in pair.posed.options if plain(each.label) in known}
    columns = {
        plain(each.column): known[plain(each.label)] for each in pair.posed.options if plain(each.label) in known
    }
    return {**known, **columns, **said}
