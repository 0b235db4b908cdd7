"""The tables of report/tables.yaml, written from the estimates; every cell is a number of the ledger."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from recount.display import terms
from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError
from recount.study.figures import Item
from recount.study.tables import Table
from recount.write.cells import Cells
from recount.write.comparisons import composition_table, differences_table
from recount.write.grid import EMPTY, Cell, Grid
from recount.write.lookup import Lookup
from recount.write.notes import Notes
from recount.write.number import Estimate, Number
from recount.write.page import Page

# The lines of a flow table, from the field to the base; the reasons stand after those received.
FLOW = ("contacted", "received", "respondents")

Written = tuple[str, list[str]]


class TableWriter:
    """Write tables in Markdown; hidden estimates stand as the formatter's suppressed text."""

    def __init__(self, lookup: Lookup, page: Page, formatter: Formatter) -> None:
        self._lookup = lookup
        self._cells = Cells(lookup, page, formatter)

    def write(self, table: Table) -> Written:
        """Give the table without its caption, and the notes that it needs below it, both in Markdown."""
        kinds: dict[str, Callable[[Table], Written]] = {
            "items": self._items,
            "crosstab": self._crosstab,
            "scale": self._scale,
            "waves": self._waves,
            "themes": self._themes,
            "flow": self._flow,
            "differences": partial(differences_table, cells=self._cells, lookup=self._lookup),
            "composition": partial(composition_table, cells=self._cells, lookup=self._lookup),
        }
        return kinds[table.kind](table)

    def _items(self, table: Table) -> Written:
        wave = self._lookup.wave(table.wave)
        lines = self._cells.lines(table.items, (wave,))
        if table.sort == "descending":
            lines = sorted(lines, key=lambda line: -(_value(self._cells.share(line[1], wave)) or 0.0))
        found = [self._cells.share(item, wave) for _, item in lines]
        rows = []
        for (label, item), row, share in zip(lines, found, self._shares(table, lines, found), strict=True):
            cell = self._cells.share_of(item, wave, share)
            rows.append((label, cell, self._cells.interval(row), self._cells.of_base(row)))
        return _table(["", "Share", "Interval", "Respondents"], rows)

    def _shares(
        self, table: Table, lines: Sequence[tuple[Cell, Item]], rows: Sequence[Estimate | None]
    ) -> list[Number | None]:
        """The shares of all lines, those of one question together."""
        questions = [item.question for _, item in lines]
        of = {
            question: iter(
                self._cells.shares(
                    [row for row, asked in zip(rows, questions, strict=True) if asked == question], table, question
                )
            )
            for question in questions
        }
        return [next(of[question]) for question in questions]

    def _crosstab(self, table: Table) -> Written:
        wave = self._lookup.wave(table.wave)
        panels = [("", ""), *self._cells.panels(table, wave)]
        groups = list(dict.fromkeys(group for group, _ in panels[1:]))
        named = [self._cells.panel_name(*panel, alone=len(groups) == 1) for panel in panels[1:]]
        head = [EMPTY, self._cells.fixed("All"), *named]
        notes = [f"Columns: all respondents, then by “{self._cells.group(each).markdown}”." for each in groups]
        rows: list[tuple[Cell, ...]] = []
        for item in table.items:
            if len(table.items) > 1:
                name = self._cells.question(item)
                rows.append((Cell(f"**{name.markdown}**", name.width), *[EMPTY] * len(panels)))
            rows += self._crossed(table, item, wave, panels)
        return Grid(tuple(head), tuple(rows)).markdown(), notes if len(groups) == 1 else []

    def _crossed(
        self, table: Table, item: Item, wave: str, panels: Sequence[tuple[str, str]]
    ) -> list[tuple[Cell, ...]]:
        rows: list[tuple[Cell, ...]] = []
        shown = self._cells.categories(item.question, wave) if item.category is None else [item.category]
        found = [
            [self._cells.row("share", item.question, category, wave, panel) for category in shown] for panel in panels
        ]
        columns = [self._cells.shares(each, table, item.question) for each in found]
        for category, shares in zip(shown, zip(*columns, strict=True), strict=True):
            one = item.model_copy(update={"category": category})
            cells = [self._cells.share_of(one, wave, each) for each in shares]
            rows.append((self._cells.category(item.question, category), *cells))
        bases = [self._cells.base(next((each for each in reversed(column) if each), None)) for column in found]
        return [*rows, (Cell("*n*", 1), *bases)]

    def _scale(self, table: Table) -> Written:
        wave = self._lookup.wave(table.wave)
        shown = self._cells.categories(table.items[0].question, wave) if table.items else []
        rows = []
        for item in table.items:
            if (other := self._cells.categories(item.question, wave)) != shown:
                raise TemplateError(
                    Finding(
                        problem=f"{item.question} and {table.items[0].question} have different categories",
                        value=", ".join(other),
                        expected=", ".join(shown),
                    )
                )
            shares = [self._cells.row("share", item.question, category, wave) for category in shown]
            mean = self._cells.row("mean", item.question, "", wave)
            base = self._cells.base(next((each for each in shares if each), None))
            written = self._cells.shares(shares, table, item.question)
            cells = [self._cells.share_of(item, wave, each) if each else EMPTY for each in written]
            rows.append((self._cells.question(item), *cells, self._cells.number(mean), base))
        labels = [self._cells.category(table.items[0].question, category) for category in shown] if table.items else []
        return Grid((EMPTY, *labels, self._cells.fixed("Mean"), Cell("*n*", 1)), tuple(rows)).markdown(), []

    def _waves(self, table: Table) -> Written:
        waves = [self._lookup.wave(wave) for wave in table.waves or tuple(self._lookup.settings.waves)]
        rows, notes = [], Notes(self._cells)
        for label, item in self._cells.lines(table.items, waves):
            cells = [label]
            for wave in waves:
                cell = self._cells.with_base(item, wave)
                fielding = self._lookup.question_of(item.question).waves.get(wave)
                if fielding and not fielding.comparable:
                    cell = notes.marked(cell, item, wave, fielding.note)
                cells.append(cell)
            rows.append(tuple(cells))
        grid = Grid((EMPTY, *(self._cells.wave(wave) for wave in waves)), tuple(rows))
        return grid.markdown(), ["In brackets: the base of each share.", *notes.written()]

    def _themes(self, table: Table) -> Written:
        wave = self._lookup.wave(table.wave)
        rows = []
        for item in table.items:
            codes = self._cells.categories(item.question, wave)
            if table.sort == "descending":
                codes = sorted(codes, key=lambda code: self._theme_order(item.question, code, wave))
            for code in codes:
                share, kappa = (self._cells.row(each, item.question, code, wave) for each in ("share", "kappa"))
                cells = (self._cells.number(share), self._cells.of_base(share), self._cells.number(kappa))
                rows.append((self._cells.category(item.question, code), *cells))
        return _table(["", "Share", "Respondents", "Agreement (kappa)"], rows)

    def _theme_order(self, question: str, code: str, wave: str) -> tuple[bool, float]:
        """Most frequent first; what no code applied to is last."""
        return code == "none", -(_value(self._cells.row("share", question, code, wave)) or 0.0)

    def _flow(self, table: Table) -> Written:
        waves = [self._lookup.wave(wave) for wave in table.waves or (self._lookup.wave(table.wave),)]
        statistics = [(name, "", terms.STEPS[name]) for name in FLOW]
        reasons = terms.in_order(
            row.category for wave in waves for row in self._lookup.index.of(wave, "-", "excluded") if row.value
        )
        out = terms.STEPS["excluded"]
        statistics[2:2] = [("excluded", each, f"{out}: {terms.reason(each)}") for each in reasons]
        rows = []
        for statistic, category, label in statistics:
            found = [self._cells.row(statistic, "", category, wave) for wave in waves]
            if any(found):
                rows.append((self._cells.fixed(label), *(self._cells.number(each) for each in found)))
        return Grid((EMPTY, *(self._cells.wave(wave) for wave in waves)), tuple(rows)).markdown(), []


def _table(head: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> Written:
    return Grid(tuple(Cell(each, len(each)) for each in head), tuple(rows)).markdown(), []


def _value(row: Estimate | None) -> float | None:
    return None if row is None or row.hidden else row.value
