"""What things are called in a figure, as the instrument and the codebook call them."""

from recount.display import terms
from recount.draw.measure import plain
from recount.estimate.answers import NO_ANSWER
from recount.study.codebook import NONE, Codebook
from recount.study.figures import Item
from recount.study.instrument import Instrument
from recount.study.settings import Settings


def reason(name: str) -> str:
    """Name a reason for which a response was left out."""
    return plain(terms.reason(name))


class Labels:
    """Names of questions, categories, codes and waves."""

    def __init__(self, instrument: Instrument, codebook: Codebook | None, settings: Settings) -> None:
        self._instrument, self._settings = instrument, settings
        self._codes = codebook.questions if codebook else {}

    def wave(self, wave: str) -> str:
        """Name a wave by its title."""
        return plain(self._settings.waves[wave].title or wave)

    def question(self, question: str) -> str:
        """Name a question."""
        return plain(self._instrument.question(question).label)

    def category(self, question: str, category: str) -> str:
        """Name a category, a net (by its members), a code, or an answer that was not given."""
        return plain(self._category(question, category))

    def _category(self, question: str, category: str) -> str:
        if category == NO_ANSWER:
            return terms.NO_ANSWER
        declared = self._instrument.question(question)
        if declared.coded:
            codes = {code.id: code.label for code in self._codes.get(question, ())}
            if category in declared.nets:
                return terms.net(codes[member] for member in declared.nets[category])
            return terms.NO_CODE if category == NONE else codes.get(category, category)
        if category in declared.nets:
            return terms.net(declared.category(member).label for member in declared.nets[category])
        known = {each.id: each.label for each in declared.categories}
        return known.get(category, category)

    def item(self, item: Item, *, among: tuple[Item, ...]) -> str:
        """Name an item: as it says itself, or by its question, or by its category where one question has several."""
        if item.label or item.category is None:
            return plain(item.label) or self.question(item.question)
        category = self.category(item.question, item.category)
        if len({each.question for each in among}) == 1 and len(among) > 1:
            return category
        alone = sum(each.question == item.question for each in among) == 1
        if alone and category.casefold() == "yes":
            return self.question(item.question)
        return f"{self.question(item.question)}: {category}"
