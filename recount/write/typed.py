"""Numbers that somebody typed into the prose, in digits or in words, where an estimate should stand."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from jinja2 import Environment

from recount.display.formatter import Formatter

# Stands where an expression stood, so that what is before and behind it is not read as one word.
_HOLE = "\ue00f"

_UNITS = "two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_PARTS = "third|fifth|sixth|seventh|eighth|ninth|tenth"
# "A third person" is no fraction; "a third of", "a third have" and "a third." are.
_OF = (
    r"(?=\s+(?:of|in|have|has|had|say|said|are|were|is|was|do|did|name|named|report|reported|lack|use)\b|[,.;:)]|\s*\Z)"
)
# "One" is mostly a pronoun and "second" mostly an adverb: they are let through alone, and read in compounds.
_WORD = re.compile(
    rf"(?<![\w-])(?:(?:{_UNITS})[ -](?:halves|(?:{_PARTS}|quarter)s)"
    rf"|(?:{_TENS})-(?:one|{_UNITS})|(?:{_TENS})(?!-(?:{_ORDINALS})\b)|{_TEENS}|{_UNITS}|zero"
    rf"|one[ -](?:{_PARTS})\b|a (?:{_PARTS}){_OF}|(?:(?:one|a)[ -])?quarter\b|quarters|half|halves|thirds|twice|thrice"
    r"|dozens?|hundreds?|thousands?|millions?|billions?)(?!\w)",
    re.IGNORECASE,
)
# Digits behind a Latin letter are a name's (CO2, C40); behind a Chinese character they are a number.
_DIGITS = re.compile(r"(?:(?<!\w)[+−-])?(?<![A-Za-z\d_])\d(?:[\d.,:]*\d)?(?:\s?%)?")
# 一 is mostly an article; with a measure word behind it, or as part of a longer numeral, it counts.
_CHINESE = re.compile(
    r"百分之[零一二三四五六七八九十百点]+|[零一二三四五六七八九十]+分之[一二三四五六七八九十]+|一半|半数|过半"
    r"|(?:[二三四五六七八九十百千两][零一二三四五六七八九十百千万亿]*|一[零一二三四五六七八九十百千万亿]+)"
    r"(?=[个座家名位项成倍年次份种])"
)

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


@dataclass(frozen=True)
class Typed:
    """A number that was typed, and its line."""

    text: str
    line: int


@dataclass(frozen=True)
class Use:
    """A phrase of report/literals.yaml, found in the prose."""

    phrase: str
    line: int


def typed_numbers(
    source: str, environment: Environment, literals: Iterable[str], formatter: Formatter
) -> tuple[list[Typed], list[Use]]:
    """Find the numbers that stand in a template's text outside of its expressions.

    Not read as numbers of the prose: code, comments, tags, addresses, DOIs, link targets, citations and their locators,
    attributes, footnote marks, the numbers of headings and list items, the settings in the front matter, and digits
    behind a letter (CO2, C40). In a claim, the thresholds of its condition may be said. `literals` are the phrases that
    may stand anywhere; their uses are returned.
    """
    prose, thresholds = _data(source, environment, formatter)
    prose = _outside_front_matter(prose)
    for pattern in (_FOOTNOTE_MARK, *_NOT_PROSE):
        prose = pattern.sub(_blank, prose)
    prose, uses = _without_literals(prose, literals)
    found = [each for each in _typed(prose) if not _is_threshold(each, thresholds)]
    return [Typed(_shown(each), _line(prose, each.start())) for each in found], uses


def typed_in(text: str) -> list[str]:
    """Find the numbers in a text that an expression printed."""
    return [_shown(each) for each in _typed(text)]


def _typed(prose: str) -> list[re.Match[str]]:
    found = [each for pattern in (_DIGITS, _WORD, _CHINESE) for each in pattern.finditer(prose)]
    return sorted(found, key=lambda each: each.start())


def _shown(found: re.Match[str]) -> str:
    return " ".join(found[0].split()).rstrip(".,:")


def _data(source: str, environment: Environment, formatter: Formatter) -> tuple[str, Mapping[int, frozenset[str]]]:
    """The text of a template without its expressions, line by line as it stands, and what claims' bodies may say.

    The second maps each place inside the text of a claim to the thresholds of its condition.
    """
    text, thresholds = "", {}
    allowed: frozenset[str] | None = None
    tag: list[tuple[str, str]] = []
    for line, kind, value in environment.lex(source):
        text += "\n" * (line - 1 - text.count("\n"))
        if kind == "data":
            if allowed is not None:
                thresholds.update(dict.fromkeys(range(len(text), len(text) + len(value)), allowed))
            text += value
            continue
        if kind == "block_begin":
            tag = []
        tag.append((kind, value))
        if kind == "block_end":
            allowed = _claim(tag, allowed, formatter)
        if not text.endswith(_HOLE):
            text += _HOLE
    return text, thresholds


def _claim(tag: list[tuple[str, str]], allowed: frozenset[str] | None, formatter: Formatter) -> frozenset[str] | None:
    name = next((value for kind, value in tag if kind == "name"), "")
    if name == "endclaim":
        return None
    if name != "claim":
        return allowed
    numbers = [float(value) for kind, value in tag if kind in ("integer", "float")]
    numbers += [first / second for first, second in pairwise(numbers) if second]  # 2 / 3 is two thirds
    return frozenset(_sayings(numbers, formatter))


_SAID = {0.5: ("half", "halves", "一半", "半数", "过半"), 2.0: ("twice", "two", "half"), 0.0: ("zero",)}
_FRACTIONS = {"third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_TIMES = {"two": 2, "three": 3, "four": 4}
_NEAR = 0.005


def _sayings(numbers: list[float], formatter: Formatter) -> Iterator[str]:
    """How the thresholds of a condition may be said in the phrase that it guards."""
    for number in numbers:
        yield from _SAID.get(number, ())
        yield from (f"{number:g}", formatter.number(number, decimals=0), formatter.words(number))
        if 0 <= number <= 1:
            percent = formatter.percent(number, decimals=None if (number * 100) % 1 else 0)
            yield from (percent, percent.rstrip("%"), f"{number * 100:g}")
        for name, size in _FRACTIONS.items():
            yield from (f"{word} {name}" for word in ("one", "a") if abs(number - size) < _NEAR)
            yield from (f"{word} {name}s" for word, times in _TIMES.items() if abs(number - times * size) < _NEAR)


def _is_threshold(found: re.Match[str], thresholds: Mapping[int, frozenset[str]]) -> bool:
    return _shown(found).lower().replace("-", " ") in thresholds.get(found.start(), frozenset())


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
        uses += [Use(phrase, _line(prose, found.start())) for found in pattern.finditer(prose)]
        prose = pattern.sub(_blank, prose)
    return prose, sorted(uses, key=lambda use: (use.line, use.phrase))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _line(prose: str, place: int) -> int:
    return prose.count("\n", 0, place) + 1
