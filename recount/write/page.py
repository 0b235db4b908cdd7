"""What happens while a template is rendered: what it prints, claims and allows itself, and what is wrong with it."""

import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from recount.errors import ClaimError, EstimateError, Finding, RecountError, TemplateError, WaitingError
from recount.write.markdown import marker
from recount.write.truth import Truth

Part = Literal["prose", "front matter", "abstract", "table", "caption", "note", "figure label", "alt text"]
PrintedKind = Literal["number", "name", "text", "float", "reference", "claim", "lacking", "quotation"]
AllowedKind = Literal[
    "cited",
    "literal",
    "literals file",
    "name",
    "figure",
    "threshold",
    "locator",
    "address",
    "word",
    "waiting",
    "weak code",
    "quotation",
]
# What stands in the paper for a number that is not there: one that waits for codes, and one that is an error.
WAITS, LACKS = "[waits for codes]", "…"


@dataclass(frozen=True)
class Place:
    """Where in the study's own files something stands; `key` where a file is read by keys and not by lines."""

    file: str = ""
    line: int | None = None
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Printed:
    """One thing that an expression printed, in the order of rendering.

    `text` is what a reader sees; `thing` is where it comes from: a number, a name, or, for a float or a reference to
    one, its id; of what is lacking, why.
    """

    kind: PrintedKind
    text: str
    thing: Any
    place: Place
    part: Part


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """One claim of the paper, in the order of rendering."""

    phrase: str
    condition: Truth
    holds: bool
    place: Place
    part: Part


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """A number that is not from the estimates, and why it may stand."""

    text: str
    why: str
    kind: AllowedKind
    place: Place


@dataclass
class Page:
    """The collector of one rendering; the only part of the paper's language that changes as it goes."""

    template: str = ""
    prints: list[Printed] = field(default_factory=list)
    claims: dict[int, Claimed] = field(default_factory=dict)
    allowed: list[Allowed] = field(default_factory=list)
    faults: list[tuple[type[RecountError], Finding]] = field(default_factory=list)
    waits: list[Finding] = field(default_factory=list)
    lacks: tuple[type[RecountError], Finding] | None = None
    part: Part = "prose"
    key: str = ""
    file: str = ""

    @contextmanager
    def within(self, part: Part, *, file: str, key: str) -> Iterator[None]:
        """Print what follows as another part of the paper, declared under a key of another file."""
        before = (self.part, self.file, self.key)
        self.part, self.file, self.key = part, file, key
        try:
            yield
        finally:
            self.part, self.file, self.key = before

    def print(self, kind: PrintedKind, text: str, thing: Any) -> str:
        """Note one printed thing and give the marker that stands for it until the page is put together."""
        self.prints.append(Printed(kind=kind, text=text, thing=thing, place=self.place(), part=self.part))
        return marker(len(self.prints) - 1)

    @property
    def waiting(self) -> bool:
        """Whether what was found lacking last only waits for codes."""
        return self.lacks is not None and issubclass(self.lacks[0], WaitingError)

    def lack(self) -> str:
        """Note that something stands here for a number that is not there, and give its marker."""
        why = self.lacks[1].problem if self.lacks else ""
        return self.print("lacking", WAITS if self.waiting else LACKS, why)

    def allow(self, kind: AllowedKind, text: str, why: str) -> None:
        """Note a number that may stand without an estimate, where the template says it."""
        self.allow_at(kind, text, why, self.place())

    def allow_at(self, kind: AllowedKind, text: str, why: str, place: Place) -> None:
        """Note a number that may stand without an estimate, at a place that is known."""
        self.allowed.append(Allowed(text=text, why=why, kind=kind, place=place))

    def fault(self, error: RecountError) -> None:
        """Note what is wrong, with the place where the template said it, and go on."""
        self.fault_at(error, self.place())

    def fault_at(self, error: RecountError, place: Place) -> None:
        """Note what is wrong at a place that is known."""
        for finding in error.findings:
            found = finding if finding.file else replace(finding, file=place.file, row=place.line)
            if place.key and not finding.file:
                found = replace(found, key=" ".join(part for part in (place.key, finding.key) if part))
            self.lacks = (type(error), found)
            if isinstance(error, WaitingError):
                self.waits.append(found)
                self.allow_at("waiting", WAITS, f"{finding.key}: {finding.problem}", place)
            elif (type(error), found) not in self.faults:
                self.faults.append((type(error), found))

    def place(self) -> Place:
        """Say where in the template we are: the nearest frame that Jinja2 compiled knows its line."""
        frame = inspect.currentframe()
        while frame is not None:
            template = frame.f_globals.get("__jinja_template__")
            if template is not None and template.filename == self.template:
                line = template.get_corresponding_lineno(frame.f_lineno)
                return Place(file=self.file or template.filename, line=None if self.key else line, key=self.key)
            frame = frame.f_back
        return Place(file=self.file or self.template, key=self.key)


def told(faults: Sequence[tuple[type[RecountError], Finding]]) -> RecountError:
    """Make one error of all faults: of their own class where they share one, a `TemplateError` otherwise."""
    kinds = {kind for kind, _ in faults}
    ordered = sorted((finding for _, finding in faults), key=lambda each: (each.file, each.row or 0))
    if kinds == {ClaimError}:
        return ClaimError(*ordered)
    if kinds == {EstimateError}:
        return EstimateError(*ordered)
    return TemplateError(*ordered)
