"""Take a wave out of a study: its lines, the questions and options that it alone had; what others wrote stays."""

from collections.abc import Iterable

from recount.fieldwork.editing import Edits
from recount.study.instrument import Category, Instrument, Question


def instrument_without(text: str, instrument: Instrument, wave: str, *, file: str) -> str:
    """Give the instrument's text without a wave."""
    edits = Edits(text, file)
    for place, question in enumerate(instrument.questions):
        if set(question.waves) == {wave}:
            edits.remove_item(("questions",), place)
        elif wave in question.waves:
            edits.remove(("questions", place, "waves"), wave)
            _without_options(edits, place, question, wave)
    edits.remove(("ignored",), wave)
    return edits.made()


def config_without(text: str, wave: str, *, paper: str, file: str) -> str:
    """Give config.yaml's text without a wave; `paper` is the one that the paper is about then, where that changes."""
    edits = Edits(text, file)
    edits.remove(("waves",), wave)
    if paper:
        edits.replace(("paper",), "wave", paper)
    return edits.made()


def _without_options(edits: Edits, place: int, question: Question, wave: str) -> None:
    """Take out the options that no other wave offered, and what waves offered where that is then all there is."""
    others = [each for each in question.waves if each != wave]
    alone = [each for each in question.categories if not _offered(question, others, each)]
    if not question.scale:
        for number, category in enumerate(question.categories):
            if category in alone:
                edits.remove_item(("questions", place, "categories"), number)
    kept = {each.id for each in question.categories if each not in alone}
    for each in others:
        if question.waves[each].offered is not None and set(question.waves[each].offered or ()) == kept:
            edits.remove(("questions", place, "waves", each), "offered")


def _offered(question: Question, waves: Iterable[str], category: Category) -> bool:
    return any(category in question.offered_in(wave) for wave in waves)
