"""The cells of a table: numbers with their trace, and names as the instrument has them."""

from collections.abc import Sequence
from dataclasses import replace

from recount.display.formatter import Formatter
from recount.errors import EstimateError, Finding
from recount.study.figures import Item
from recount.study.tables import Table
from recount.write.grid import EMPTY, Cell
from recount.write.index import key_of, number_of
from recount.write.lookup import Lookup
from recount.write.markdown import escaped
from recount.write.number import Estimate, Number, Operation
from recount.write.page import Page
from recount.write.typed import named_in, typed_in
from recount.write.whole import summed
from recount.write.written import text_of


class Cells:
    """Find rows and write them as cells; what a wave did not ask is told, what is hidden is suppressed."""

    def __init__(self, lookup: Lookup, page: Page, formatter: Formatter) -> None:
        self._lookup = lookup
        self._page = page
        self._formatter = formatter

    def row(
        self, statistic: str, question: str, category: str, wave: str, panel: tuple[str, str] = ("", "")
    ) -> Estimate | None:
        """Give a row; None for a category that the wave did not offer, or a question that it did not ask."""
        key = key_of(wave, question, statistic, category=category, group=panel[0], level=panel[1])
        return self._lookup.index.get(key)

    def share(self, item: Item, wave: str) -> Estimate | None:
        """Give the share of an item, of those asked where its category stands outside the base."""
        category = item.category or ""
        found = self.row("share", item.question, category, wave)
        return found or self.row("share_asked", item.question, category, wave)

    def number(self, row: Estimate | None) -> Cell:
        """Write the value of a row."""
        return EMPTY if row is None else self.written(number_of(row))

    def share_of(self, item: Item, wave: str, share: Number | None) -> Cell:
        """Write the share of an item, or why the wave has none."""
        return self.written(share) if share else self.absent(item, wave)

    def shares(self, rows: Sequence[Estimate | None], table: Table, question: str) -> list[Number | None]:
        """Make numbers of rows of one question; where the table asks for it they add up to 100 as they are written."""
        numbers = [number_of(row) for row in rows if row]
        written = iter(summed(numbers, question) if table.sum_to_100 else numbers)
        return [next(written) if row else None for row in rows]

    def with_base(self, item: Item, wave: str) -> Cell:
        """Write the share of an item and its base, "86% (42)", or why the wave has none."""
        row = self.share(item, wave)
        share, base = self.share_of(item, wave, number_of(row) if row else None), self.base(row)
        return share if base is EMPTY else Cell(f"{share.markdown} ({base.markdown})", share.width + base.width + 3)

    def absent(self, item: Item, wave: str) -> Cell:
        """Say why there is no share: the wave did not ask the question, or did not offer the category."""
        question = self._lookup.question_of(item.question)
        if wave not in question.waves:
            return self.fixed("not asked")
        offered = [each.id for each in question.offered_in(wave)]
        return self.fixed("not offered") if question.closed and item.category not in offered else EMPTY

    def interval(self, row: Estimate | None) -> Cell:
        """Write the interval of a row, where it has one."""
        if row is None or row.low is None or row.high is None:
            return EMPTY
        return self.written(number_of(row).styled(method="range"))

    def of_base(self, row: Estimate | None) -> Cell:
        """Write the respondents of a row, as "36 of 42"; of a weighted one the base alone."""
        if row is not None and row.weighted:
            return self.base(row)
        return EMPTY if row is None else self.written(number_of(row).styled(method="of_base"))

    def base(self, row: Estimate | None) -> Cell:
        """Write the base of a row, which is shown even where the share is hidden."""
        if row is None or row.base is None:
            return EMPTY
        source = replace(number_of(row), hidden="")
        return self.written(Number(value=row.base, unit="respondents", trace=Operation("base of", (source,))))

    def lines(self, items: Sequence[Item], waves: Sequence[str]) -> list[tuple[Cell, Item]]:
        """Give each line's name and item; an item without a category becomes a line for each of its categories.

        Where that is the only item, the lines are named by the categories alone: the caption names the question.
        """
        spread: list[Item] = []
        for item in items:
            categories = [item.category] if item.category else []
            for wave in waves if not categories else ():
                categories += [each for each in self.categories(item.question, wave) if each not in categories]
            spread += [item.model_copy(update={"category": each}) for each in categories]
        if len(items) == 1 and not items[0].category:
            return [(self.category(item.question, item.category or ""), item) for item in spread]
        often = [item.question for item in spread]
        return [(self._line(item, alone=often.count(item.question) == 1), item) for item in spread]

    def _line(self, item: Item, *, alone: bool) -> Cell:
        """Name a line by its own label, or by question and category; a plain yes goes without saying."""
        label = self._lookup.label(item.question, item.category or "").text
        if item.label or (alone and label.casefold() == "yes"):
            return self.question(item)
        name, category = self.question(item), self.category(item.question, item.category or "")
        return Cell(f"{name.markdown}: {category.markdown}", name.width + 2 + category.width)

    def categories(self, question: str, wave: str) -> list[str]:
        """Give the categories, or codes, of which the wave has shares, in the table's order; no nets."""
        found = self._lookup.question_of(question)
        rows = self._lookup.index.of(wave, question, "share")
        categories = [row.category for row in rows if not row.group and row.category not in found.nets]
        if not categories:
            raise EstimateError(Finding(problem="no shares are estimated of this question", key=f"{wave}/{question}"))
        return categories

    def panels(self, table: Table, wave: str) -> list[tuple[str, str]]:
        """Give the groups and levels of a crosstab, in order."""
        found = []
        for group in table.groups:
            levels = table.levels.get(group) or tuple(self.categories(group, wave))
            found += [(group, level) for level in levels]
        return found

    def panel_name(self, group: str, level: str, *, alone: bool) -> Cell:
        """Name a column by the group and its level; by the level where the table has no other group."""
        column = self._name(self._lookup.label(group, level).text, f"{group}/{level}")
        if alone:
            return column
        name = self.group(group)  # a document may set the two apart
        return Cell(f"{name.markdown}: {column.markdown}", name.width + 2 + column.width)

    def group(self, group: str) -> Cell:
        """Name a group by the label of its question."""
        return self._name(self._lookup.label(group).text, group)

    def question(self, item: Item) -> Cell:
        """Name an item: its own label, or its question's."""
        text = item.label or self._lookup.label(item.question).text
        return self._name(text, item.question)

    def category(self, question: str, category: str) -> Cell:
        """Name a category, a net or a code."""
        return self._name(self._lookup.label(question, category).text, f"{question}/{category}")

    def wave(self, wave: str) -> Cell:
        """Name a wave by its title, or by its name where it has none."""
        return self._name(self._lookup.settings.waves[wave].title or wave, f"wave {wave}")

    def fixed(self, text: str) -> Cell:
        """Write a name that is the same in every study."""
        return Cell(escaped(text), len(text))

    def allow(self, text: str, why: str) -> None:
        """Note a name that holds a number."""
        if typed_in(text) or named_in(text):
            self._page.allow("name", text, why)

    def _name(self, text: str, key: str) -> Cell:
        self.allow(text, f"name of {key}")
        return Cell(escaped(text), len(text))

    def written(self, number: Number) -> Cell:
        """Write a number of the ledger, or the sign for what is hidden."""
        if number.value is None:
            return Cell(escaped(self._formatter.display.suppressed), 1)
        text = text_of(number, self._formatter)
        return Cell(self._page.print("number", text, number), len(text))
