"""The appendix "Published figures": what was published on the survey before, beside what the estimates say."""

from collections.abc import Sequence
from itertools import groupby

from recount.display.formatter import Formatter
from recount.estimate.reproduced import Compared, Granularity, Outcome
from recount.study.published import Published
from recount.write.arithmetic import SHARE
from recount.write.cells import Cells
from recount.write.grid import EMPTY, Cell, Grid
from recount.write.lookup import Lookup
from recount.write.markdown import escaped
from recount.write.number import Number
from recount.write.page import Page
from recount.write.published_numbers import PublishedNumbers
from recount.write.typed import named_in, typed_in
from recount.write.written import text_of

TITLE = "Published figures"
HEAD = ("Published statement", "Published", "Rebuilt", "Respondents", "Verdict", "Bases that fit")
NAMES = (0, 1, 4, 5)
# So many runs of bases can be read in a cell, so many percentages in a sentence; published.csv has all of them.
RUNS, FIGURES = 15, 6
UNBROKEN = "\N{NO-BREAK SPACE}"
SIMULATED = "That a figure comes out of simulated responses is no evidence for it."
NOTE = """::: note
In brackets: remarks of this study. Consistent: within the limit that was published, or that the words are read as.
Bases that fit: numbers of respondents, up to that of the wave, of which some whole number is the percentage as it was
printed, whichever way a tie was rounded (the GRIM test of
[Brown and Heathers](https://doi.org/10.1177/1948550616673876)).
:::"""


class PublishedWriter:
    """Writes the section; every value is a number of the ledger, whose trace leads to data/published.yaml."""

    def __init__(self, page: Page, formatter: Formatter, lookup: Lookup, numbers: PublishedNumbers) -> None:
        """Take the page on which numbers are noted, the estimates, and the published figures as numbers."""
        self._page = page
        self._formatter = formatter
        self._cells = Cells(lookup, page, formatter)
        self._settings = lookup.settings
        self._numbers = numbers

    def section(self, compared: Compared) -> str:
        """Write the table of verdicts, and for each wave what its percentages say of their base."""
        if not compared.outcomes:
            return ""
        file = self._settings.published
        made_up = {each.figure.wave for each in compared.outcomes} & set(self._settings.simulated)
        parts = [f"# {TITLE} {{#published .appendix .unnumbered}}", *([SIMULATED] if made_up else [])]
        with self._page.within("table", file=file, key="figures"):
            grid = Grid(tuple(Cell(each, len(each)) for each in HEAD), tuple(self._rows(compared)), names=NAMES)
        # Long: the table runs on over the pages, whatever its number of rows.
        parts += [grid.markdown(), f": {TITLE}, and what becomes of them here {{#tbl-published .long}}", NOTE]
        with self._page.within("prose", file=file, key="figures"):
            parts += [self._of_bases(each) for each in compared.waves]
        return "\n\n".join(parts) + "\n"

    def _rows(self, compared: Compared) -> list[tuple[Cell, ...]]:
        rows: list[tuple[Cell, ...]] = []
        waves = {each.wave: each for each in compared.waves}
        for wave, outcomes in groupby(compared.outcomes, key=lambda each: each.figure.wave):
            name = self._wave(wave)
            made_up = ", simulated responses" if wave in self._settings.simulated else ""
            rows.append((Cell(f"**{name.markdown}{made_up}**", name.width), *[EMPTY] * (len(HEAD) - 1)))
            rows += [self._row(each, waves.get(wave)) for each in outcomes]
        return rows

    def _row(self, outcome: Outcome, wave: Granularity | None) -> tuple[Cell, ...]:
        figure = outcome.figure
        said = f"{figure.statement} ({figure.note})" if figure.note else figure.statement
        why = f": {outcome.why}" if outcome.why else ""
        first = (self._name(said, figure), self._published(figure))
        return (*first, *self._rebuilt(figure), self._name(outcome.verdict + why, figure), self._fitting(outcome, wave))

    def _published(self, figure: Published) -> Cell:
        """The figure as it was published: a value, or the limit that it is held to."""
        words = {"value": "", "above": "over ", "below": "under ", "rank": "place "}
        parts = [
            Cell(word + cell.markdown, len(word) + cell.width)
            for name, word in words.items()
            if getattr(figure, name) is not None
            for cell in [self._number(self._numbers.declared(figure, name))]
        ]
        cell = _joined(parts, " and ")
        before = {"words": "read as ", "approximate": "about "}.get(figure.kind, "") if parts else ""
        return Cell(before + cell.markdown, len(before) + cell.width)

    def _rebuilt(self, figure: Published) -> tuple[Cell, Cell]:
        """The estimate, and the respondents behind it; of a weighted share their number alone."""
        number = self._numbers.rebuilt(figure)
        if number is None or number.row is None:
            return EMPTY, EMPTY
        shown = Cell(escaped(self._formatter.display.suppressed), 1) if number.value is None else self._number(number)
        of_base = number.unit == SHARE and number.value is not None
        return shown, self._cells.of_base(number.row) if of_base else EMPTY

    def _fitting(self, outcome: Outcome, wave: Granularity | None) -> Cell:
        if wave is None or outcome.bases is None:
            return EMPTY
        found = self._numbers.bases(wave, (outcome,), outcome.bases)
        if not found:
            return Cell("none", len("none"))
        if len(found) <= RUNS:
            return _joined([self._run(each) for each in found], ", ")
        ends = (self._numbers.how_many(wave, (outcome,), outcome.bases), self._numbers.size(wave))
        return _joined([self._number(each) for each in ends], " of ")

    def _of_bases(self, wave: Granularity) -> str:
        """Say which percentages cannot be of all respondents, and on which bases all can stand together."""
        size = self._number(self._numbers.size(wave)).markdown
        lines = [f"**{self._wave(wave.wave).markdown}.**"]
        lines += [self._impossible(each, wave) for each in wave.impossible]
        found = self._numbers.bases(wave, wave.tested, wave.together)
        figures = self._figures(wave.tested)
        together = " together" if len(wave.tested) > 1 else ""
        if not found:
            told = f"none gives {figures}{together}" + (": they cannot all have the same base." if together else ".")
        elif len(found) > RUNS:
            several = self._number(self._numbers.how_many(wave, wave.tested, wave.together)).markdown
            told = f"{several} give {figures}{together}."
        else:
            alone = len(wave.together) == 1
            listed = _joined([self._run(each) for each in found], ", ").markdown
            told = f"only {listed} {'gives' if alone else 'give'} {figures}{together}."
        return " ".join([*lines, f"Of all bases up to {size}, {told}"])

    def _impossible(self, outcome: Outcome, wave: Granularity) -> str:
        value, size = self._numbers.declared(outcome.figure, "value"), self._numbers.size(wave)
        near = [
            f"{self._number(count).markdown} are {self._number(share).markdown}"
            for count, share in self._numbers.nearest(outcome, wave)
        ]
        said = f"{self._number(value).markdown} cannot be any number of {self._number(size).markdown} respondents"
        return f"{said}: {' and '.join(near)}."

    def _figures(self, tested: Sequence[Outcome]) -> str:
        if len(tested) > FIGURES:
            return "all rounded percentages of the wave"
        *before, last = (self._number(self._numbers.declared(each.figure, "value")).markdown for each in tested)
        return f"{', '.join(before)} and {last}" if before else last

    def _run(self, ends: tuple[Number, ...]) -> Cell:
        return _joined([self._number(each) for each in ends], f"{UNBROKEN}to{UNBROKEN}")

    def _wave(self, wave: str) -> Cell:
        """Name a wave, also one that the study does not have."""
        if wave in self._settings.waves:
            return self._cells.wave(wave)
        self._cells.allow(wave, f"a wave of {self._settings.published}")
        return self._cells.fixed(wave)

    def _number(self, number: Number) -> Cell:
        text = text_of(number, self._formatter)
        return Cell(self._page.print("number", text, number), len(text))

    def _name(self, text: str, figure: Published) -> Cell:
        if typed_in(text) or named_in(text):
            self._page.allow("cited", text, figure.reference)
        return Cell(escaped(text), len(text))


def _joined(cells: Sequence[Cell], word: str) -> Cell:
    width = sum(each.width for each in cells) + len(word) * max(len(cells) - 1, 0)
    return Cell(word.join(each.markdown for each in cells), width)
