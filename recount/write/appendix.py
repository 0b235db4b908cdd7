"""The appendix "Every number in this paper", to which each number leads."""

from recount.display.formatter import Formatter
from recount.write.assemble import Assembler, Entry, source_of
from recount.write.grid import Cell, Grid
from recount.write.lookup import Lookup
from recount.write.markdown import attributes, escaped
from recount.write.number import Estimate, described

TITLE = "Every number in this paper"
HEAD = ("Entry", "Printed", "Question and statistic", "Category", "*n*", "Base", "Interval")


def appendix(assembler: Assembler, lookup: Lookup, formatter: Formatter) -> str:
    """Write one line an entry: what is printed of it, what it is, and where it stands in results/estimates.csv."""
    if not assembler.entries:
        return ""
    by_entry: dict[str, list[Entry]] = {}
    for number in assembler.numbers:
        by_entry.setdefault(number.entry, []).append(number)
    rows = tuple(_row(entry, numbers, lookup, formatter) for entry, numbers in by_entry.items())
    grid = Grid(tuple(Cell(each, len(each)) for each in HEAD), rows, names=(0, 1, 2, 3))
    return f"# {TITLE} {{#numbers .appendix .unnumbered}}\n\n{grid.markdown()}\n\n: {TITLE} {{#tbl-numbers}}\n"


def _row(entry: str, numbers: list[Entry], lookup: Lookup, formatter: Formatter) -> tuple[Cell, ...]:
    number = source_of(numbers[0].number)
    printed = "; ".join(dict.fromkeys(each.printed.text for each in numbers))
    name = entry.removeprefix("e-")
    first = (Cell(f"[{name}]{attributes(entry)}", len(name)), _cell(printed))
    row = number.row
    if row is None:
        return (*first, _cell(described(number)), *[_cell("")] * 4)
    interval = "" if number.low is None else formatter.interval(number.low, number.high, number.unit)
    people = [formatter.count(each) if each is not None else "" for each in (row.n, row.base)]
    return (*first, _cell(_source(row)), _cell(_category(row, lookup)), *(_cell(each) for each in [*people, interval]))


def _source(row: Estimate) -> str:
    """The wave, question, statistic and group; the key without its category."""
    place = f"{row.wave}/{row.question}/{row.statistic}"
    weighted = ", weighted" if row.weighted else ""
    return f"{place}, {row.group}={row.level}{weighted}" if row.group else place + weighted


def _category(row: Estimate, lookup: Lookup) -> str:
    if not row.category or row.question not in lookup.instrument.by_id:
        return row.category
    return lookup.categories(row.question).get(row.category, row.category)


def _cell(text: str) -> Cell:
    return Cell(escaped(text), len(text))
