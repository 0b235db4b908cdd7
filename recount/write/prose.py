"""What is checked in every text of the paper before it is rendered: typed numbers, wording, cited works."""

from collections.abc import Collection, Iterable, Mapping

from jinja2 import TemplateSyntaxError

from recount.display.formatter import Formatter
from recount.errors import Finding, TemplateError, nearest
from recount.study.figures import Figures
from recount.study.settings import Settings
from recount.study.tables import Tables
from recount.write.citations import citations
from recount.write.compiled import TracedEnvironment
from recount.write.letters import HOLE
from recount.write.markdown import MARKER
from recount.write.numerals import numerals, shown
from recount.write.page import Claimed, Place
from recount.write.reading import Reading, read, read_text
from recount.write.sourced import tested
from recount.write.thresholds import sayings, says, thresholds_of
from recount.write.truth import comparisons, formula
from recount.write.typed import BEHIND_A_LETTER, names_with_digits, typed_in, typed_numbers
from recount.write.wording import unborne

TYPED = "this number is typed, and would stay when the data change"


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
        """Check one text in the paper's language that begins at a place: a whole template, a caption, a note."""
        try:
            reading = read(text, self._environment, self._literals)
        except TemplateSyntaxError:
            return  # rendering tells it
        self._check(reading, text, place)

    def check_settings(self, settings: Settings, own: Collection[str]) -> None:
        """Check what config.yaml says at the head of the paper, where the front matter (its keys in `own`) does not."""
        for key, text in _set_texts(settings, own).items():
            self._check(read_text(text, self._literals), text, Place(file="config.yaml", key=key))
        for wave in filter(typed_in, settings.simulated):
            place = Place(file="config.yaml", key=f"waves.{wave}")
            self._page.allow_at("name", wave, "name of a simulated wave, in the notice", place)

    def _check(self, reading: Reading, text: str, place: Place) -> None:
        for each in typed_numbers(reading, self._formatter):
            self._page.fault_at(TemplateError(_typed(each.text)), _at(place, each.line))
        for phrase in unborne(reading, self._design):
            self._page.fault_at(TemplateError(_unborne(phrase.text, self._design)), _at(place, phrase.line))
        for key, line in citations(text):
            if key not in self._keys:
                self._page.fault_at(TemplateError(_unknown(key, self._keys)), _at(place, line))
        self._allow(reading, place)

    def check_claims(self, claims: Iterable[Claimed]) -> None:
        """Check the phrases of claims once their conditions are known: they rest on data, and say no other number."""
        for claim in claims:
            for each in comparisons(claim.condition):
                if not tested(each):
                    self._page.fault_at(TemplateError(_untested(formula(each))), claim.place)
            said = sayings(thresholds_of(claim.condition), self._formatter)
            reading = read_text(MARKER.sub(HOLE, claim.phrase), self._literals)
            for text in map(shown, numerals(reading.prose)):
                if says(text, said):
                    self._page.allow_at("threshold", text, f"said by a claim: {formula(claim.condition)}", claim.place)
                elif text not in self._told():
                    self._page.fault_at(TemplateError(_typed(text)), claim.place)

    def _told(self) -> set[str | None]:
        return {finding.value for _, finding in self._page.faults if finding.problem == TYPED}

    def _allow(self, reading: Reading, place: Place) -> None:
        """Note what may stand, with the reason: a reader of the ledger finds each number that is printed."""
        for use in reading.uses:
            self._page.allow_at("literals file", use.phrase, self._literals[use.phrase], _at(place, use.line))
        for located, line in reading.located:
            self._page.allow_at(located.kind, located.text, located.why, _at(place, line))
        for name in names_with_digits(reading):
            self._page.allow_at("word", name.text, BEHIND_A_LETTER, _at(place, name.line))


def _typed(text: str) -> Finding:
    return Finding(
        problem=TYPED,
        value=text,
        expected="an expression, such as {{ respondents() }}",
        mend="write it as a number of the paper, or bind it: cited(...), literal(...), or report/literals.yaml",
    )


def _untested(formula: str) -> Finding:
    problem = "this condition says nothing of the data"
    return Finding(problem=problem, key="claim", value=formula, expected="a number of the paper on one of its sides")


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
    """Give the captions, notes and labels that figures.yaml and tables.yaml declare, each with its place."""
    found: list[tuple[str, str, str]] = []
    for name, figure in figures.figures.items():
        found.append(("figures", f"{name}.caption", figure.caption))
        found += [("figures", f"{name}.items.{place}.label", item.label) for place, item in enumerate(figure.items)]
    for name, table in tables.tables.items():
        found += [("tables", f"{name}.caption", table.caption), ("tables", f"{name}.note", table.note)]
        found += [("tables", f"{name}.items.{place}.label", item.label) for place, item in enumerate(table.items)]
    return [(text, Place(file=files[kind], key=f"{kind}.{key}")) for kind, key, text in found if text]


def _set_texts(settings: Settings, own: Collection[str]) -> dict[str, str]:
    texts = {"title": [settings.title], "short-title": [settings.short_title]}
    lists = {"author": settings.authors, "keywords": settings.keywords}
    texts |= {f"display.{key}": [getattr(settings.display, key)] for key in ("suppressed", "percent_sign")}
    names = {"short-title": "short_title", "author": "authors"}
    return {
        names.get(key, key) if key in texts else f"{names.get(key, key)}.{place}": text
        for key, several in (texts | lists).items()
        for place, text in enumerate(several)
        if key not in own
    }
