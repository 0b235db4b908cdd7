"""The appendix "Published figures": what was published on the survey before, beside what the estimates say."""

from collections.abc import Iterable

from recount.display.formatter import Formatter
from recount.estimate.granularity import neighbours, runs
from recount.estimate.reproduced import Compared, Granularity, Outcome
from recount.study.published import Published
from recount.write.grid import EMPTY, Cell, Grid
from recount.write.index import Index, number_of
from recount.write.markdown import escaped
from recount.write.number import Declared, Number, Operation
from recount.write.page import Page
from recount.write.typed import named_in, typed_in
from recount.write.written import text_of

TITLE = "Published figures"
HEAD = ("Wave", "Published statement", "Published", "Rebuilt", "*n* of base", "Verdict")
FILE = "data/published.yaml"
SHARES = "percent"
# So many runs of bases can be read in a sentence; the table published.csv has them all.
FEW = 8
SIMULATED = "The responses are simulated: that a figure comes out of them is no evidence for it."


class PublishedWriter:
    """Writes the section; every value is a number of the ledger, whose trace leads to data/published.yaml."""

    def __init__(self, page: Page, formatter: Formatter, index: Index) -> None:
        """Take the page on which numbers are noted, and the estimates."""
        self._page = page
        self._formatter = formatter
        self._index = index

    def section(self, compared: Compared, simulated: Iterable[str]) -> str:
        """Write the table of verdicts, and for each wave what its percentages say of their base."""
        if not compared.outcomes:
            return ""
        made_up = set(simulated)
        parts = [f"# {TITLE} {{#published .appendix .unnumbered}}"]
        parts += [SIMULATED] if made_up & {each.figure.wave for each in compared.outcomes} else []
        with self._page.within("table", file=FILE, key="figures"):
            rows = tuple(self._row(each) for each in compared.outcomes)
        grid = Grid(tuple(Cell(each, len(each)) for each in HEAD), rows, names=(0, 1, 5))
        parts += [grid.markdown(), f": {TITLE}, and what becomes of them here {{#tbl-published}}"]
        with self._page.within("prose", file=FILE, key="figures"):
            parts += [self._of_bases(each) for each in compared.waves]
        return "\n\n".join(parts) + "\n"

    def _row(self, outcome: Outcome) -> tuple[Cell, ...]:
        figure = outcome.figure
        estimate = self._index.get(figure.key)
        shown = estimate is not None and outcome.verdict != "not comparable" and figure.rank is None
        number = number_of(estimate) if estimate and shown else None
        rebuilt = self._number(_written_alike(number, figure)) if number else EMPTY
        share = number is not None and figure.unit == SHARES
        of_base = self._number(number.styled(method="of_base")) if number and share else EMPTY
        why = f": {outcome.why}" if outcome.why else ""
        names = (self._name(figure.wave, figure), self._name(figure.statement, figure))
        return (*names, self._published(figure), rebuilt, of_base, self._name(outcome.verdict + why, figure))

    def _published(self, figure: Published) -> Cell:
        """The figure as it was published: a value, or the limit that words and bounds are read as."""
        limits = (("over ", "above"), ("under ", "below"))
        found = [(word, name) for word, name in limits if getattr(figure, name) is not None]
        if figure.value is not None:
            found.append(("about " if figure.kind == "approximate" else "", "value"))
        cells = [(word, self._number(declared(figure, name))) for word, name in found]
        if figure.rank is not None:
            cells.append(("place ", self._number(declared(figure, "rank"))))
        markdown = " and ".join(word + cell.markdown for word, cell in cells)
        return Cell(markdown, sum(len(word) + cell.width for word, cell in cells) + 5 * (len(cells) - 1))

    def _of_bases(self, wave: Granularity) -> str:
        """Say which percentages cannot be of all respondents, and on which bases all can stand together."""
        size = self._size(wave)
        lines = [self._impossible(each, wave, size) for each in wave.impossible]
        *before, last = (self._text(declared(each.figure, "value")) for each in wave.tested)
        figures = f"{', '.join(before)} and {last}" if before else last
        spans = runs(wave.together)
        several = f"Of all bases up to {self._text(size)}, "
        if not spans:
            told = f"none gives {figures} together: not all of these percentages are of the same respondents."
        elif len(spans) > FEW:
            told = f"so many give {figures}: {self._text(self._base(wave, size, float(len(wave.together))))}."
        else:
            listed = ", ".join(self._run(wave, size, span) for span in spans)
            only = "only " if len(wave.together) == 1 else ""
            told = (
                f"{only}{listed} {'gives' if only else 'give'} {figures}{' together' if len(wave.tested) > 1 else ''}."
            )
        return " ".join([*lines, several + told])

    def _impossible(self, outcome: Outcome, wave: Granularity, size: Number) -> str:
        figure = outcome.figure
        value = declared(figure, "value")
        nearest = []
        for count in neighbours(figure.value or 0.0, wave.up_to, decimals=figure.decimals):
            number = Number(value=float(count), unit="respondents", trace=Operation("nearest count", (value, size)))
            share = Number(value=count / wave.up_to, unit="share", trace=Operation("/", (number, size)))
            nearest.append(f"{self._text(number)} are {self._text(share.styled(method='percent', decimals=1))}")
        return f"No number of {self._text(size)} respondents is {self._text(value)}: {', and '.join(nearest)}."

    def _run(self, wave: Granularity, size: Number, span: tuple[int, int]) -> str:
        first, last = (self._text(self._base(wave, size, float(end))) for end in span)
        return first if span[0] == span[1] else f"{first} to {last}"

    def _base(self, wave: Granularity, size: Number, value: float) -> Number:
        of = tuple(declared(each.figure, "value") for each in wave.tested)
        return Number(value=value, unit="respondents", trace=Operation("bases that give", (*of, size)))

    def _size(self, wave: Granularity) -> Number:
        """The respondents of the wave, as published or else as estimated."""
        if wave.stated is not None:
            return declared(wave.stated, "value")
        return number_of(self._index.find(f"{wave.wave}/-/respondents"))

    def _number(self, number: Number) -> Cell:
        text = text_of(number, self._formatter)
        return Cell(self._page.print("number", text, number), len(text))

    def _text(self, number: Number) -> str:
        return self._number(number).markdown

    def _name(self, text: str, figure: Published) -> Cell:
        if typed_in(text) or named_in(text):
            self._page.allow("cited", text, figure.reference)
        return Cell(escaped(text), len(text))


def declared(figure: Published, name: str) -> Number:
    """Make a number of what a published figure declares: its `value`, `above`, `below` or `rank`."""
    value = getattr(figure, name)
    trace = Declared(FILE, f"figures.{figure.id}.{name}")
    if name == "rank":
        return Number(value=float(value), unit="number", trace=trace)
    if figure.unit != SHARES:
        unit = "respondents" if figure.statistic in ("respondents", "count") else "ratio"
        return Number(value=value, unit=unit, trace=trace)
    share = None if value is None else value / 100
    return Number(value=share, unit="share", trace=trace).styled(method="percent", decimals=figure.decimals)


def _written_alike(number: Number, figure: Published) -> Number:
    """Write an estimate with the decimals of what was published."""
    return number.styled(method="percent", decimals=figure.decimals) if number.unit == "share" else number
