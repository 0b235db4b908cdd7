"""The order of options that nobody told: that of a known scale, or of the numbers in them; else of frequency."""

import re

from recount.clean.match import plain
from recount.fieldwork.stated import Option

# How scales run, from the low end to the high one; a question may offer some of the steps.
_SCALES = tuple(
    tuple(line.split(", "))
    for line in """
strongly disagree, disagree, somewhat disagree, neither agree nor disagree, neutral, somewhat agree, agree, \
strongly agree
very dissatisfied, dissatisfied, rather dissatisfied, somewhat dissatisfied, neither satisfied nor dissatisfied, \
neutral, somewhat satisfied, rather satisfied, satisfied, very satisfied
never, rarely, seldom, sometimes, often, very often, usually, always
never, rarely, yearly, monthly, weekly, daily
not at all important, not important, not too important, slightly important, somewhat important, moderately important, \
important, very important, extremely important
not at all, slightly, a little, somewhat, moderately, very, very much, extremely
nothing at all, only a little, some, a lot
very poor, poor, fair, good, very good, excellent
not at all likely, very unlikely, unlikely, neutral, likely, very likely, extremely likely
much worse, worse, about the same, better, much better
""".strip().splitlines()
)
_LAST = re.compile(
    r"other\b.*|none\b.*|n/?a|(i )?(don'?t|do not) know.*|prefer not.*|not sure|no opinion|no answer", re.IGNORECASE
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# How long a span is: 2 weeks are less than 1 month.
_DAYS = {"minute": 1 / 1_440, "hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_LOW = re.compile(r"^\s*(under|less|fewer|below|up to|<|no\b)", re.IGNORECASE)
_HIGH = re.compile(r"(more|over|above|and up|\+|or more|>)", re.IGNORECASE)


def in_order(options: list[Option]) -> list[Option]:
    """Sort options as people would read them; those such as "Other" and "Don't know" stand last."""
    last = [each for each in options if _LAST.fullmatch(each.label.strip())]
    rest = [each for each in options if each not in last]
    return [*_sorted(rest), *last]


def is_scale(options: list[Option]) -> bool:
    """Tell whether options, without those that mean no answer, are the steps of a known scale."""
    steps = {plain(each.label) for each in options}
    return len(steps) > 2 and any(steps <= set(scale) for scale in _SCALES)  # noqa: PLR2004 - two are no scale


def _sorted(options: list[Option]) -> list[Option]:
    forms = [plain(each.label) for each in options]
    for scale in _SCALES:
        if len(forms) > 1 and set(forms) <= set(scale):
            return sorted(options, key=lambda each: scale.index(plain(each.label)))
    numbers = [_NUMBER.search(each.label) for each in options]
    if len(options) > 1 and all(numbers):
        return sorted(options, key=_by_number)
    return options


def _by_number(option: Option) -> tuple[float, float, str]:
    found = [float(text.replace(",", "")) for text in _NUMBER.findall(option.label)]
    unit = next((days for name, days in _DAYS.items() if name in option.label.casefold()), 1.0)
    edge = -1.0 if _LOW.search(option.label) else 1.0 if _HIGH.search(option.label) else 0.0
    return found[0] * unit, edge if len(found) == 1 else 0.0, option.label
