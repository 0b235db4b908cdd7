"""Numbers that somebody typed into the prose, in digits or in words, where an estimate should stand."""

from dataclasses import dataclass

from recount.display.formatter import Formatter
from recount.write.letters import folded
from recount.write.numerals import NAME, numerals, shown
from recount.write.reading import Reading, line_of
from recount.write.thresholds import sayings, says, thresholds_in

BEHIND_A_LETTER = "digits behind a letter are a name's"


@dataclass(frozen=True)
class Typed:
    """A number that was typed, and its line."""

    text: str
    line: int


def typed_numbers(reading: Reading, formatter: Formatter) -> list[Typed]:
    """Find the numbers in the prose of a template; in a claim, the thresholds of its condition may be said."""
    said: dict[int, frozenset[str]] = {}
    for places, tag in reading.claims:
        said.update(dict.fromkeys(places, sayings(thresholds_in(tag), formatter)))
    return [
        Typed(shown(each), line_of(reading.prose, each.start()))
        for each in numerals(reading.prose)
        if not says(shown(each), said.get(each.start(), frozenset()))
    ]


def names_with_digits(reading: Reading) -> list[Typed]:
    """Find the words of a template's prose in which digits belong to a name: CO2, C40."""
    return [Typed(each[0], line_of(reading.prose, each.start())) for each in NAME.finditer(reading.prose)]


def typed_in(text: str) -> list[str]:
    """Find the numbers in a text that an expression printed."""
    return [shown(each) for each in numerals(folded(text))]


def named_in(text: str) -> list[str]:
    """Find the words in a text that hold digits and are names: CO2, C40."""
    return [each[0] for each in NAME.finditer(folded(text))]
