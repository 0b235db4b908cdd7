"""The prose of a template: its text outside of expressions, code, citations and settings, line by line as it stands."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from jinja2 import Environment

# Stands where an expression stood, so that what is before and behind it is not read as one word.
_HOLE = "\ue00f"

# What is not prose, in the order in which it is taken out. Each keeps its line breaks.
_NOT_PROSE = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL),  # fenced code
        (r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL),  # code
        (r"<!--.*?-->", re.DOTALL),
        (r"<[^>\n]*>", 0),  # tags, <https://...>
        (r"\]\([^)\n]*\)", 0),  # the target of a link
        (r"^\[[^\]\n]+\]:[^\n]*$", re.MULTILINE),  # of a link by reference; a footnote's text is prose
        (r"\{[^{}\n]*\}", 0),  # attributes
        (r"^:::+.*$", re.MULTILINE),
        (r"\[[^\[\]]*@[\w{][^\[\]]*\]", 0),  # citations with their locators
        (r"@\w[\w:.#$%&+?~/-]*(?:[ \t]*\[[^\[\]]*\])?", 0),
        (r"\[\^[^\]]+\]", 0),  # footnote marks
        (r"\b(?:https?|ftp)://\S+|\bdoi:\s*\S+|\b10\.\d{4,9}/\S+|\bwww\.\S+", re.IGNORECASE),
        (r"(?<=^)#{1,6}[ \t]+\d+(?:\.\d+)*\.?(?=[ \t])", re.MULTILINE),  # the number of a section
        (r"^[ \t]*(?:\d+|[a-z])[.)](?=[ \t])", re.MULTILINE),  # of a list's item
    )
)
_FOOTNOTE_MARK = re.compile(r"^\[\^[^\]\n]+\]:", re.MULTILINE)
# The parts of the front matter that are read; everything else there is settings for the documents.
_PROSE_KEYS = re.compile(r"^(title|subtitle|abstract[\w-]*|summary|highlights|notice|acknowledge?ments?)\s*:")

# The kinds and values of the tokens in a template's tag.
Tag = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Use:
    """A phrase of report/literals.yaml, found in the prose."""

    phrase: str
    line: int


@dataclass(frozen=True)
class Reading:
    """The prose of one text, in which all else is blank; the places that claims guard, each with its tag."""

    prose: str
    claims: tuple[tuple[range, Tag], ...]
    uses: tuple[Use, ...]


def read(source: str, environment: Environment, literals: Iterable[str]) -> Reading:
    """Take the prose out of a template; raise jinja2's TemplateSyntaxError for what is none.

    Not prose: code, comments, tags, addresses, DOIs, link targets, citations and their locators, attributes, footnote
    marks, the numbers of headings and list items, and the settings in the front matter. `literals` are the phrases that
    may stand anywhere; they are blank, too, and their uses are given.
    """
    text, claims = _text(source, environment)
    prose = _outside_front_matter(text)
    for pattern in (_FOOTNOTE_MARK, *_NOT_PROSE):
        prose = pattern.sub(_blank, prose)
    prose, uses = _without_literals(prose, literals)
    return Reading(prose, tuple(claims), tuple(uses))


def line_of(prose: str, place: int) -> int:
    """Give the line of a place in the prose, which is its line in the template."""
    return prose.count("\n", 0, place) + 1


def _text(source: str, environment: Environment) -> tuple[str, list[tuple[range, Tag]]]:
    """The text of a template without its expressions, and what stands between `claim` and `endclaim`."""
    text, claims = "", []
    guard: Tag | None = None
    tag: list[tuple[str, str]] = []
    for number, kind, value in environment.lex(source):
        text += "\n" * (number - 1 - text.count("\n"))
        if kind == "data":
            if guard is not None:
                claims.append((range(len(text), len(text) + len(value)), guard))
            text += value
            continue
        if kind == "block_begin":
            tag = []
        tag.append((kind, value))
        if kind == "block_end":
            guard = _guard(tag, guard)
        if not text.endswith(_HOLE):
            text += _HOLE
    return text, claims


def _guard(tag: list[tuple[str, str]], before: Tag | None) -> Tag | None:
    """The claim that guards what follows a tag, if one does."""
    name = next((value for kind, value in tag if kind == "name"), "")
    if name in ("claim", "endclaim"):
        return tuple(tag) if name == "claim" else None
    return before


def _outside_front_matter(prose: str) -> str:
    """Blank the settings in the front matter; its texts are prose."""
    head = re.match(r"---[ \t]*\n.*?^(?:---|\.\.\.)[ \t]*$", prose, re.MULTILINE | re.DOTALL)
    if head is None:
        return prose
    lines, reading = [], False
    for line in head[0].split("\n"):
        if re.match(r"\S", line):
            key = _PROSE_KEYS.match(line)
            reading = key is not None
            lines.append(" " * key.end() + line[key.end() :] if key else " " * len(line))
        else:
            lines.append(line if reading else " " * len(line))
    return "\n".join(lines) + prose[head.end() :]


def _without_literals(prose: str, literals: Iterable[str]) -> tuple[str, list[Use]]:
    uses = []
    for phrase in sorted(literals, key=lambda each: (-len(each), each)):
        words = r"\s+".join(re.escape(word) for word in phrase.split())
        pattern = re.compile(rf"(?<![A-Za-z0-9]){words}(?![A-Za-z0-9])")
        uses += [Use(phrase, line_of(prose, found.start())) for found in pattern.finditer(prose)]
        prose = pattern.sub(_blank, prose)
    return prose, sorted(uses, key=lambda use: (use.line, use.phrase))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
