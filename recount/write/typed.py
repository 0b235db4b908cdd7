"""Numbers that somebody typed into the prose, in digits or in words, where an estimate should stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from recount.display.formatter import Formatter
from recount.write.reading import Reading, Tag, line_of

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


@dataclass(frozen=True)
class Typed:
    """A number that was typed, and its line."""

    text: str
    line: int


def typed_numbers(reading: Reading, formatter: Formatter) -> list[Typed]:
    """Find the numbers in the prose of a template; in a claim, the thresholds of its condition may be said."""
    thresholds: dict[int, frozenset[str]] = {}
    for places, tag in reading.claims:
        thresholds.update(dict.fromkeys(places, _thresholds(tag, formatter)))
    found = [each for each in _typed(reading.prose) if not _is_threshold(each, thresholds)]
    return [Typed(_shown(each), line_of(reading.prose, each.start())) for each in found]


def typed_in(text: str) -> list[str]:
    """Find the numbers in a text that an expression printed."""
    return [_shown(each) for each in _typed(text)]


def _typed(prose: str) -> list[re.Match[str]]:
    found = [each for pattern in (_DIGITS, _WORD, _CHINESE) for each in pattern.finditer(prose)]
    return sorted(found, key=lambda each: each.start())


def _shown(found: re.Match[str]) -> str:
    return " ".join(found[0].split()).rstrip(".,:")


def _thresholds(tag: Tag, formatter: Formatter) -> frozenset[str]:
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
