"""The page put together: markers become spans with ids, in the order in which a reader meets them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from recount.display.formatter import Formatter
from recount.errors import Finding, RecountError, TemplateError
from recount.study.instrument import Instrument
from recount.write import frontmatter
from recount.write.claims import Status, status
from recount.write.floats import headings, resolved
from recount.write.markdown import MARKER, attributes, escaped, place_of, span
from recount.write.number import Label, Number, Operation, described
from recount.write.page import Claimed, Page, Part, Printed
from recount.write.quotations import Quotation
from recount.write.quotations import source_of as source_of_quotation
from recount.write.sentences import readable, sentences
from recount.write.written import base_of, interval_of

_VERBATIM = re.compile(
    r"^(`{3,}|~{3,}).*?^\1|(?<![`\\])(`+)(?!`).+?(?<!`)\2(?!`)|(?<![\\$])\$(?![\s$])[^$\n]+(?<!\s)\$(?!\d)|\$\$.+?\$\$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One number as it stands in the paper; `figure` names the figure that prints it, or whose text does."""

    id: str
    entry: str
    printed: Printed
    number: Number
    part: Part
    sentence: str
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class ClaimEntry:
    """One claim as it stands in the paper."""

    id: str
    claim: Claimed
    phrase: str
    sentence: str
    status: Status
    part: Part


@dataclass(frozen=True, kw_only=True)
class QuotationEntry:
    """One answer as it is quoted in the paper; `said_by` is who gave it, and in which wave."""

    id: str
    printed: Printed
    quotation: Quotation
    said_by: str

    @property
    def sentence(self) -> str:
        """The quotation as a reader sees it."""
        return f"{self.printed.text} ({self.said_by})"


@dataclass
class Assembler:
    """Resolve markers one text after the other, and remember what was met."""

    page: Page
    instrument: Instrument
    formatter: Formatter
    numbers: list[Entry] = field(default_factory=list)
    claims: list[ClaimEntry] = field(default_factory=list)
    entries: dict[str, str] = field(default_factory=dict)
    lacking: list[tuple[Printed, str]] = field(default_factory=list)
    floats: dict[tuple[str, str], int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    quotations: list[QuotationEntry] = field(default_factory=list)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> set[str]:
        """The identifiers of all numbers and quotations that have their place in the ledger."""
        return {each.id for each in self.numbers} | {each.id for each in self.quotations}

    def number_floats(self, text: str) -> None:
        """Number figures and tables as they come, each kind by itself; one that stands twice keeps its first number."""
        for found in MARKER.finditer(text):
            printed = self.page.prints[place_of(found)]
            if printed.kind == "float":
                kind, name = str(printed.thing).split("/", 1)
                if (kind, name) in self.floats:
                    twice = Finding(problem=f"this {kind} stands twice in the text", key=kind, value=name)
                    self.page.fault_at(TemplateError(twice), printed.place)
                count = sum(1 for each, _ in self.floats if each == kind)
                self.floats.setdefault((kind, name), count + 1)

    def refuse_verbatim(self, text: str) -> None:
        """Refuse numbers inside code and formulas, where a link would be printed as it is written."""
        for verbatim in _VERBATIM.finditer(text):
            for found in MARKER.finditer(verbatim[0]):
                printed = self.page.prints[place_of(found)]
                problem = "a number inside code or a formula cannot lead to its source"
                finding = Finding(problem=problem, value=printed.text, mend="write it outside: *n* = {{ ... }}")
                self.page.fault_at(TemplateError(finding), printed.place)

    def resolve(self, text: str, part: Part | None = None) -> str:
        """Replace all markers of a text; `part` where the whole text is of one part of the paper."""
        around = sentences(text)
        texts = self.texts()

        def replaced(found: re.Match[str]) -> str:
            place = place_of(found)
            sentence = readable(around.get(found.start(), ""), texts)
            return self._written(place, self.page.prints[place], part, sentence)

        return MARKER.sub(replaced, text)

    def _written(self, place: int, printed: Printed, part: Part | None, sentence: str) -> str:
        shown_in = part if part and printed.part == "prose" else printed.part
        if printed.kind == "number" and isinstance(printed.thing, Number):
            return self._number(printed, printed.thing, shown_in, sentence)
        if printed.kind == "name" and isinstance(printed.thing, Label):
            return self._name(printed, printed.thing, shown_in, sentence)
        if printed.kind == "claim":
            return self._claim(self.page.claims[place], shown_in, sentence)
        if printed.kind in ("reference", "quotation"):
            return self._reference(printed) if printed.kind == "reference" else self._quotation(printed, printed.thing)
        if printed.kind == "lacking":
            self.lacking.append((printed, sentence))
            return f"[{escaped(printed.text)}]{{.waiting}}"
        return "" if printed.kind == "float" else escaped(printed.text)

    def _number(self, printed: Printed, number: Number, part: Part, sentence: str) -> str:
        made = self.enter(printed, number, part, sentence)
        return span(printed.text, made.id, "number", **self._details(number, part), entry=made.entry)

    def _name(self, printed: Printed, label: Label, part: Part, sentence: str) -> str:
        """A name that a number chose leads to that number; another one is just text."""
        if label.trace is None:
            return escaped(printed.text)
        made = self.enter(printed, label.trace, part, sentence)
        return span(printed.text, made.id, "number", "name", **self._details(label.trace, part), entry=made.entry)

    def enter(self, printed: Printed, number: Number, part: Part, sentence: str, *, figure: str = "") -> Entry:
        """Give a number its place in the ledger, and its line in the appendix, which numbers of one trace share."""
        entry = self.entries.setdefault(described(source_of(number)), f"e-{len(self.entries) + 1}")
        sentence = "" if part == "table" else sentence
        name = f"n-{len(self.numbers) + 1}"
        made = Entry(id=name, entry=entry, printed=printed, number=number, part=part, sentence=sentence, figure=figure)
        self.numbers.append(made)
        return made

    def _details(self, number: Number, part: Part) -> dict[str, str]:
        """What the card of a number says: in a table the question is in its head already."""
        row = number.row
        if row is None:
            return {"key": described(number)}
        details = {"key": row.key}
        if row.question in self.instrument.by_id and part != "table":
            details["question"] = self.instrument.by_id[row.question].text_in(row.wave)
        if number.unit == "share" and row.n is not None and row.base is not None:
            details["base"] = base_of(row, self.formatter)
        if interval := interval_of(number, self.formatter):
            details["interval"] = interval
        return details

    def _claim(self, claim: Claimed, part: Part, sentence: str) -> str:
        phrase = readable(claim.phrase, self.texts())
        made = ClaimEntry(
            id=f"c-{len(self.claims) + 1}",
            claim=claim,
            phrase=phrase,
            sentence=sentence,
            status=status(claim.condition),
            part=part,
        )
        self.claims.append(made)
        return attributes(made.id, "claim" if claim.holds else "false-claim")

    def _quotation(self, printed: Printed, quotation: Quotation) -> str:
        """An answer between its marks, in its language, and who gave it."""
        said_by = source_of_quotation(quotation, self.titles.get(quotation.wave, ""))
        number = len(self.quotations) + 1
        made = QuotationEntry(id=f"q-{number}", printed=printed, quotation=quotation, said_by=said_by)
        self.quotations.append(made)
        said = span(printed.text, made.id, "quotation", lang=quotation.language)
        return f"{said} ({escaped(said_by)})"

    def _reference(self, printed: Printed) -> str:
        try:
            text, target = resolved(str(printed.thing), self.floats, self.headings)
        except TemplateError as error:
            self.page.fault_at(error, printed.place)
            return ""
        return f"[{text}](#{target})"

    def texts(self) -> dict[int, str]:
        """Say what each marker reads as, for sentences; a reference reads as its number."""
        return {place: self._plain(each) for place, each in enumerate(self.page.prints)}

    def _plain(self, printed: Printed) -> str:
        if printed.kind != "reference":
            return printed.text
        try:
            return resolved(str(printed.thing), self.floats, self.headings)[0]
        except RecountError:
            return ""


def source_of(number: Number) -> Number:
    """Give the number whose entry says all of this one: a base stands in the entry of its share."""
    if isinstance(number.trace, Operation) and number.trace.name == "base of":
        return number.trace.of[0]
    return number


def assembled(metadata: Mapping[str, Any], body: str, assembler: Assembler) -> tuple[dict[str, Any], str]:
    """Resolve the front matter and the body, in this order; figures are numbered by the body alone."""
    assembler.number_floats(body)
    assembler.refuse_verbatim(body)
    texts = assembler.texts()
    assembler.headings = {name: escaped(readable(title, texts)) for name, title in headings(body).items()}
    made = {}
    for key, value in metadata.items():
        made[key] = frontmatter.resolved(value, _resolver(assembler, key))
    return made, assembler.resolve(body)


def _resolver(assembler: Assembler, key: str) -> Callable[[str], str]:
    part: Part = "abstract" if key.startswith("abstract") else "front matter"
    return lambda text: assembler.resolve(text, part)
