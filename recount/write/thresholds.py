"""What the phrase of a claim may say: the thresholds of its condition, in digits or in words."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from recount.display.formatter import Formatter
from recount.write.number import Constant, Declared, Number, Operation
from recount.write.reading import Tag
from recount.write.truth import MAJORITY, Truth, comparisons
from recount.write.two_samples import HIGH, LOW

_SAID: Mapping[float, tuple[str, ...]] = {
    0.5: ("half", "halves", "一半", "半数", "过半"),
    2.0: ("twice", "doubled", "half", "halved"),
    3.0: ("thrice", "tripled"),
    0.0: ("zero",),
}
_FRACTIONS = {"third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_TIMES = {"two": 2, "three": 3, "four": 4}
_NEAR = 0.005
# The function of the paper's language whose name is its threshold.
MAJORITY_OF = "majority"
# Numbers that choose or shape another one; no claim is held against them.
_CHOICES = ("ranked", "round", LOW, HIGH)


def says(number: str, said: frozenset[str]) -> bool:
    """Whether a typed number is one of those that may be said."""
    return number.lower().replace("-", " ") in said


def sayings(numbers: Iterable[float], formatter: Formatter) -> frozenset[str]:
    """Give the ways in which the thresholds of a condition may be said in the phrase that it guards."""
    return frozenset(saying for number in numbers for saying in _sayings(number, formatter))


def thresholds_of(truth: Truth) -> list[float]:
    """Give the bare and the declared numbers that a condition holds estimates against."""
    sides = [side for each in comparisons(truth) for side in (each.left, each.right)]
    return [value for side in sides for value in _bare(side)]


def thresholds_in(tag: Tag) -> list[float]:
    """Give the numbers of a claim's condition as it is written, but for those that are handed to a function."""
    numbers: list[float] = []
    calls: list[bool] = []
    for (_, before), (kind, value) in pairwise([("", ""), *_meant(tag)]):
        if value == "(":
            calls.append(before.isidentifier() and before not in ("claim", "and", "or", "not"))
        elif value == ")" and calls:
            calls.pop()
        elif kind in ("integer", "float") and not any(calls):
            numbers.append(float(value))
        elif value == MAJORITY_OF:
            numbers.append(MAJORITY)
    return numbers + [first / second for first, second in pairwise(numbers) if second]  # 2 / 3 is two thirds


def _bare(number: Number) -> Iterator[float]:
    trace = number.trace
    if isinstance(trace, Constant):
        yield trace.value
    elif isinstance(trace, Declared) and number.value is not None:
        yield number.value
    elif isinstance(trace, Operation) and not trace.name.startswith(_CHOICES):
        for each in trace.of:
            yield from _bare(each)


def _sayings(number: float, formatter: Formatter) -> Iterator[str]:
    yield from _SAID.get(number, ())
    yield f"{number:g}"
    if number == int(number):
        yield from (formatter.count(number), formatter.words(number))
    if 0 <= number <= 1:
        percent = formatter.percent(number, decimals=None if (number * 100) % 1 else 0)
        yield from (percent, percent.rstrip("%"), f"{number * 100:g}")
    for name, size in _FRACTIONS.items():
        yield from (f"{word} {name}" for word in ("one", "a") if abs(number - size) < _NEAR)
        yield from (f"{word} {name}s" for word, times in _TIMES.items() if abs(number - times * size) < _NEAR)


def _meant(tag: Tag) -> list[tuple[str, str]]:
    return [(kind, value) for kind, value in tag if kind != "whitespace"]
