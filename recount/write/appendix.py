"""The appendix "Every number in this paper", to which each number leads."""

from collections.abc import Iterable

from recount.display import terms
from recount.display.formatter import Formatter
from recount.estimate.compared import INDEPENDENCE, RANKS
from recount.write.assemble import Assembler, Entry, source_of
from recount.write.grid import Cell, Grid
from recount.write.lookup import Lookup
from recount.write.markdown import attributes, escaped
from recount.write.number import Estimate, described
from recount.write.written import interval_of

TITLE = "Every number in this paper"
HEAD = ("Entry", "Printed", "Question and statistic", "Category", "*n*", "Base", "Interval")


def appendix(assembler: Assembler, lookup: Lookup, formatter: Formatter) -> str:
    """Write one line an entry: what is printed of it, what it is, and where it stands in results/estimates.csv.

    What a figure prints stands in a table of its own, after those of text and tables; an estimate that has its line
    already is pointed to there.
    """
    if not assembler.entries:
        return ""
    rows = Rows(lookup, formatter)
    parts = [f"# {TITLE} {{#numbers .appendix .unnumbered}}\n"]
    groups: dict[str, list[Entry]] = {}
    for each in assembler.numbers:
        groups.setdefault(each.figure, []).append(each)
    for figure, numbers in groups.items():
        place = assembler.floats.get(("figure", figure))
        title = f"{TITLE}: [Figure {place}](#fig-{figure})" if figure else TITLE
        parts.append(f"{rows.grid(numbers).markdown()}\n\n: {title} {{#tbl-numbers{'-' if figure else ''}{figure}}}\n")
    return "\n".join(parts)


class Rows:
    """The lines of the appendix; an entry has its id, to which numbers lead, where it stands first."""

    def __init__(self, lookup: Lookup, formatter: Formatter) -> None:
        self._lookup = lookup
        self._formatter = formatter
        self._written: set[str] = set()

    def grid(self, numbers: Iterable[Entry]) -> Grid:
        """Write the entries of several numbers, each once, in their order."""
        by_entry: dict[str, list[Entry]] = {}
        for number in numbers:
            by_entry.setdefault(number.entry, []).append(number)
        rows = tuple(self._row(entry, several) for entry, several in by_entry.items())
        return Grid(tuple(Cell(each, len(each)) for each in HEAD), rows, names=(0, 1, 2, 3))

    def _row(self, entry: str, numbers: list[Entry]) -> tuple[Cell, ...]:
        number, write = source_of(numbers[0].number), self._formatter
        printed = "; ".join(dict.fromkeys(each.printed.text for each in numbers))
        first = (self._name(entry), _cell(printed))
        row = number.row
        if row is None:
            return (*first, _cell(described(number)), *[_cell("")] * 4)
        interval = interval_of(number, write)
        people = [write.count(each) if each is not None else "" for each in (row.n, row.base)]
        category = _category(row, self._lookup)
        return (*first, _cell(_source(row)), _cell(category), *(_cell(each) for each in [*people, interval]))

    def _name(self, entry: str) -> Cell:
        name = entry.removeprefix("e-")
        before = entry in self._written
        self._written.add(entry)
        return Cell(f"[{name}](#{entry})" if before else f"[{name}]{attributes(entry)}", len(name))


def _source(row: Estimate) -> str:
    """The wave, question, statistic and group; the key without its category."""
    place = f"{row.wave}/{row.question}/{row.statistic}"
    weighted = ", weighted" if row.weighted else ""
    return f"{place}, {row.group}={row.level}{weighted}" if row.group else place + weighted


def _category(row: Estimate, lookup: Lookup) -> str:
    if row.question not in lookup.instrument.by_id:
        return terms.reason(row.category) if row.statistic == "excluded" else row.category
    if row.statistic in (INDEPENDENCE, RANKS):
        return terms.of_test(row.category)
    labels = lookup.categories(row.question)
    return " + ".join(labels.get(each, each) for each in row.category.split("+"))


def _cell(text: str) -> Cell:
    return Cell(escaped(text), len(text))
