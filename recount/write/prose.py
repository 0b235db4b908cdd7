"""What is checked in every text of the paper before it is rendered: typed numbers, wording, cited works."""

from collections.abc import Iterable, Mapping

from jinja2 import TemplateSyntaxError

from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError, nearest
from recount.study.figures import Figures
from recount.study.tables import Tables
from recount.write.citations import citations
from recount.write.compiled import TracedEnvironment
from recount.write.page import Place
from recount.write.reading import read
from recount.write.typed import typed_numbers
from recount.write.wording import unborne


class Prose:
    """The checks of one paper; what they find is noted on its page, with its place."""

    def __init__(
        self,
        environment: TracedEnvironment,
        formatter: Formatter,
        *,
        literals: Mapping[str, str],
        bibliography: Iterable[str],
        design: str,
    ) -> None:
        self._environment = environment
        self._formatter = formatter
        self._literals = literals
        self._design = design
        self._keys = sorted(bibliography)
        self._page = environment.page

    def check(self, text: str, place: Place) -> None:
        """Check one text that begins at a place: a whole template, a caption, a note, a title."""
        try:
            reading = read(text, self._environment, self._literals)
        except TemplateSyntaxError:
            return  # rendering tells it
        for each in typed_numbers(reading, self._formatter):
            self._page.fault_at(TemplateError(_typed(each.text)), _at(place, each.line))
        for phrase in unborne(reading, self._design):
            self._page.fault_at(TemplateError(_unborne(phrase.text, self._design)), _at(place, phrase.line))
        for use in reading.uses:
            self._page.allow_at("literals file", use.phrase, self._literals[use.phrase], _at(place, use.line))
        for key, line in citations(text):
            if key not in self._keys:
                self._page.fault_at(TemplateError(_unknown(key, self._keys)), _at(place, line))


def _typed(text: str) -> Finding:
    return Finding(
        problem="this number is typed, and would stay when the data change",
        value=text,
        expected="an expression, such as {{ respondents() }}",
        mend="write it as a number of the paper, or bind it: cited(...), literal(...), or report/literals.yaml",
    )


def _unborne(text: str, design: str) -> Finding:
    return Finding(
        problem=f"the wave is of design {design}, which does not bear these words",
        value=text,
        expected="words that are true of respondents who were not drawn at random",
        mend="rewrite the sentence; if it denies this, declare the phrase that does in report/literals.yaml",
    )


def _unknown(key: str, keys: list[str]) -> Finding:
    problem = "the bibliography has no such key"
    return Finding(problem=problem, key="citation", value=key, expected=nearest(key, keys))


def _at(place: Place, line: int) -> Place:
    return place if place.key else Place(file=place.file, line=line)


def declared_texts(figures: Figures, tables: Tables, files: Mapping[str, str]) -> list[tuple[str, Place]]:
    """Give the captions and notes that figures.yaml and tables.yaml declare, each with its place."""
    found = [
        (figure.caption, Place(file=files["figures"], key=f"figures.{name}.caption"))
        for name, figure in figures.figures.items()
    ]
    for name, table in tables.tables.items():
        found.append((table.caption, Place(file=files["tables"], key=f"tables.{name}.caption")))
        found.append((table.note, Place(file=files["tables"], key=f"tables.{name}.note")))
    return found
