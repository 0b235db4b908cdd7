"""The prose of a template: all that its text prints by itself, outside of expressions, line by line as it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment

from recount.write.letters import GAP, HOLE, folded, seen, unescaped
from recount.write.locators import Located, without_locators
from recount.write.numbering import without_numbering
from recount.write.unprinted import CLAIM, END, blanked, joined, printed, without_code

# The keys of the front matter that a document prints somewhere; all else there is settings for the documents.
PRINTED_KEYS = re.compile(
    r"^[\"']?(title|subtitle|short-title|pagetitle|author|keywords|notice|abstract[\w-]*|summary|highlights|description"
    r"|subject|wave|acknowledge?ments?|reference-section-title)[\"']?\s*:"
)
# What is said of an author and printed nowhere.
_OF_AUTHORS = re.compile(r"^\s+(?:-\s+)?(?:orcid|email|id|url|corresponding)\s*:")

# The kinds and values of the tokens in a template's tag.
Tag = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Use:
    """A phrase of report/literals.yaml, found in the prose."""

    phrase: str
    line: int


@dataclass(frozen=True)
class Reading:
    """The prose of one text, in which all else is blank; the places that claims guard, each with its tag.

    `located` are the numbers that lead somewhere: locators of citations, addresses.
    """

    prose: str
    claims: tuple[tuple[range, Tag], ...]
    uses: tuple[Use, ...]
    located: tuple[tuple[Located, int], ...]


def read(source: str, environment: Environment, literals: Iterable[str]) -> Reading:
    """Take the prose out of a template; raise jinja2's TemplateSyntaxError for what is none.

    Not prose: what is never printed (targets of links, ids, classes, settings in the front matter); citations with
    their locators, and addresses, which are given apart; footnote marks; the numbers that headings and list items have
    by their place. `literals` are the phrases that may stand anywhere; they are blank, too, and their uses are given.
    """
    text, tags = _text(source, environment)
    reading = read_text(_outside_front_matter(text), literals)
    starts = [found.start() for found in re.finditer(CLAIM, reading.prose)]
    claims = [(range(start, _end(reading.prose, start)), tag) for start, tag in zip(starts, tags, strict=True)]
    return Reading(reading.prose, tuple(claims), reading.uses, reading.located)


def read_text(text: str, literals: Iterable[str]) -> Reading:
    """Take the prose out of Markdown that holds no expressions any more."""
    prose, located = without_locators(printed(without_numbering(without_code(seen(text)))))
    placed = tuple((each, line_of(prose, each.start)) for each in located)
    prose, uses = _without_literals(joined(prose), literals)
    return Reading(prose, (), tuple(uses), placed)


def line_of(prose: str, place: int) -> int:
    """Give the line of a place in the prose, which is its line in the template."""
    return prose.count("\n", 0, place) + 1


def _text(source: str, environment: Environment) -> tuple[str, list[Tag]]:
    """The text of a template with a hole for each expression; claims are marked in it, and their tags given."""
    text = ""
    tags: list[Tag] = []
    tag: list[tuple[str, str]] = []
    for number, kind, value in environment.lex(source):
        text += "\n" * (number - 1 - text.count("\n"))
        if kind == "data":
            text += value
            continue
        if kind == "block_begin":
            tag = []
        tag.append((kind, value))
        if not text.endswith(HOLE):
            text += HOLE
        name = next((value for kind, value in tag if kind == "name"), "")
        if kind == "block_end" and name == "claim":
            tags.append(tuple(tag))
            text += CLAIM
        elif kind == "block_end" and name == "endclaim":
            text = f"{text.removesuffix(HOLE)}{END}{HOLE}"
    return text, tags


def _end(prose: str, start: int) -> int:
    found = prose.find(END, start)
    return len(prose) if found < 0 else found


def _outside_front_matter(text: str) -> str:
    """Blank the settings in the front matter; what documents print of it is prose."""
    head = re.match(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", text, re.MULTILINE | re.DOTALL)
    if head is None:
        return text
    lines, reading = [], False
    for line in head[0].split("\n"):
        key = PRINTED_KEYS.match(line)
        if re.match(r"[^\s-]|---", line):
            reading = key is not None
        shown = reading and not _OF_AUTHORS.match(line)
        start = key.end() if key else 0
        lines.append(" " * start + unescaped(line[start:]) if shown else blanked(line))
    return "\n".join(lines) + text[head.end() :]


def _without_literals(prose: str, literals: Iterable[str]) -> tuple[str, list[Use]]:
    uses = []
    for phrase in sorted(literals, key=lambda each: (-len(each), each)):
        words = r"\s+".join(_spelled(word) for word in folded(phrase).split())
        pattern = re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])")
        uses += [Use(phrase, line_of(prose, found.start())) for found in pattern.finditer(prose)]
        prose = pattern.sub(lambda found: blanked(found[0]), prose)
    return prose, sorted(uses, key=lambda use: (use.line, use.phrase))


def _spelled(word: str) -> str:
    """A word of a phrase; its signs may have become gaps."""
    return "".join(letter if letter.isalnum() else f"[{re.escape(letter)}{GAP}]" for letter in word)
