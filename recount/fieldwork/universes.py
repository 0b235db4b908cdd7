"""Who was asked, in the instrument's words: a questionnaire names columns and codes, the instrument its questions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from recount.clean.match import plain
from recount.fieldwork.pair import Pair
from recount.fieldwork.posed import Posed
from recount.study.instrument import Question, Universe


def with_universes(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Put the universes of posed questions into ids of the instrument; what has none there is told as routing only."""
    found = tuple(pairs)
    known = {pair.posed.name.casefold(): (pair.question, _codes(pair.posed)) for pair in found if pair.question.closed}
    return tuple(
        replace(pair, posed=replace(pair.posed, universe=translated(pair.posed.universe, known))) for pair in found
    )


def translated(universe: Universe | None, known: Mapping[str, tuple[Question, Mapping[str, str]]]) -> Universe | None:
    """Translate column names and codes; None where a part has no question or no category."""
    if universe is None:
        return None
    said: Universe = {}
    for name, codes in universe.items():
        question, labels = known.get(name.casefold(), (None, {}))
        if question is None:
            return None
        categories = [_category(question, labels.get(plain(code), code), code) for code in codes]
        if not all(categories):
            return None
        said[question.id] = tuple(each for each in categories if each)
    return said


def _category(question: Question, label: str, code: str) -> str | None:
    for each in question.categories:
        if plain(label) in {plain(text) for text in (each.label, *each.values)} or plain(code) == plain(each.id):
            return each.id
    return None


def _codes(posed: Posed) -> dict[str, str]:
    return {plain(each.written): each.label for each in posed.options}
