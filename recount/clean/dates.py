"""Dates and times, as platforms and people write them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.match import plain
from recount.clean.reading import NUMBER_OF, Cells, Reading, Rule, Trouble, Typed, marks_of, unread_of
from recount.study.instrument import Question

Order = Literal["day first", "month first"]

# A day, and perhaps a time with a zone; the named groups are cut out for all texts at once.
_MOMENT = (
    r"^(?P<day>[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}"
    r"|[0-9]{1,2}\.? [A-Za-z]{3,9}\.?,? [0-9]{4}"
    r"|[A-Za-z]{3,9}\.? [0-9]{1,2},? [0-9]{4})"
    r"(?:(?:T|,? )(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?"
    r" ?(?P<half>[AaPp]\.?[Mm]\.?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?$"
)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})")
_NAMED = re.compile(r"(?:(\d{1,2})\.? )?([A-Za-z]{3,9})\.?,? (?:(\d{1,2}),? )?(\d{4})")
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_HOW = "a date such as 2018-05-16"
# Two-digit years as POSIX reads them: 69 to 99 are of the last century.
_PIVOT = 69
_YEAR = 12
DAY = 86_400


@dataclass(frozen=True)
class Day:
    """What one text means: a day (days since 1970-01-01), or missing (None); by which rule; or why neither."""

    value: int | None = None
    rule: Rule = ""
    trouble: Trouble | None = None


def read_dates(cells: Cells, question: Question, missing: frozenset[str], order: Order | None) -> Typed:
    """Read each cell as a date; the time of day is dropped.

    `missing` holds plain forms. Where day and month stand as numbers before the year, `order` says which comes first;
    without it the column's other dates must: a number above 12 can only be a day. Typed is datetime64[s].
    """
    texts = cells.texts
    trimmed = pc.utf8_trim_whitespace(texts)
    user_missing = frozenset(cells.column.missing)
    absent = pc.is_in(trimmed, pa.array(sorted(missing | user_missing), trimmed.type))
    days = pc.if_else(absent, pa.scalar(None, trimmed.type), _days(trimmed)).dictionary_encode()
    written = [str(day) for day in days.dictionary.to_pylist()]
    order = order or order_of(written)
    read = [read_day(day, order) for day in written]
    place = days.indices.fill_null(len(read)).to_numpy(zero_copy_only=False)
    values = np.array([np.iinfo(np.int64).min if day.value is None else day.value for day in read] + [0])[place]
    rules = np.array([NUMBER_OF[day.rule] for day in read] + [0], dtype=np.int8)[place]
    blanks = pc.not_equal(trimmed, texts).to_numpy(zero_copy_only=False) & (rules == 0)
    rules[blanks] = NUMBER_OF["blanks"]
    answers = np.ones(len(texts), dtype=bool)
    troubles = {
        int(n): trouble for n in np.flatnonzero(_troubled(read)[place]) if (trouble := _trouble(read, place[n]))
    }
    for number in np.flatnonzero(place == len(read)):
        other = _other(texts[int(number)].as_py(), missing, user_missing)
        values[number], rules[number] = np.iinfo(np.int64).min, NUMBER_OF[other.rule]
        answers[number] = other.trouble is not None
        troubles |= {int(number): other.trouble} if other.trouble else {}
    reading = Reading(answers, rules, troubles)
    return Typed(
        columns={question.id: values.astype("datetime64[D]").astype("datetime64[s]")[cells.codes]},
        answered=answers[cells.codes],
        marks=(marks_of(question.id, cells, reading),),
        unread=(unread_of(question.id, cells, reading),),
    )


def seconds_of(cells: Cells, order: Order | None) -> np.ndarray:
    """Read each cell as a moment, in seconds since 1970-01-01; nan where it is none."""
    trimmed = pc.utf8_trim_whitespace(cells.texts)
    found = pc.extract_regex(trimmed, _MOMENT)
    days = pc.struct_field(found, "day").dictionary_encode()
    read = [read_day(str(day), order) for day in days.dictionary.to_pylist()]
    value = np.array([np.nan if day.value is None else day.value for day in read] + [np.nan])
    seconds = value[days.indices.fill_null(len(read)).to_numpy(zero_copy_only=False)] * DAY
    hour, minute, second = (_number(pc.struct_field(found, name)) for name in ("hour", "minute", "second"))
    half = np.array([str(text or "")[:1].lower() for text in pc.struct_field(found, "half").to_pylist()])
    hour = np.where(half == "", hour, hour % _YEAR + np.where(half == "p", 12, 0))
    moments = seconds + hour * 3600 + minute * 60 + second
    spread: np.ndarray = np.asarray(moments, dtype=float)[cells.codes]
    return spread


def days_in(cells: Cells) -> list[str]:
    """The distinct days of a column as they are written, without their times."""
    return [str(day) for day in _days(pc.utf8_trim_whitespace(cells.texts)).unique().to_pylist() if day is not None]


def order_of(days: Iterable[str]) -> Order | None:
    """Tell from a column's dates whether day or month comes first; None where they do not tell, or contradict."""
    found: set[Order] = set()
    for day in days:
        if match := _YEAR_LAST.fullmatch(day):
            found |= {"day first"} if int(match[1]) > _YEAR else set()
            found |= {"month first"} if int(match[3]) > _YEAR else set()
    return found.pop() if len(found) == 1 else None


def read_day(day: str, order: Order | None) -> Day:
    """Read one day; ISO is read, all other forms are changes by the rule `date format`."""
    if match := _ISO.fullmatch(day):
        return _day(int(match[1]), int(match[2]), int(match[3]), "")
    if match := _YEAR_FIRST.fullmatch(day):
        return _day(int(match[1]), int(match[2]), int(match[3]), "date format")
    if match := _NAMED.fullmatch(day):
        return _named(match)
    match = _YEAR_LAST.fullmatch(day)
    if not match:
        return Day(trouble=Trouble("this is not a date", _HOW))
    first, second, year = int(match[1]), int(match[3]), _century(match[4])
    own = order_of([day])
    # Days are written with points only where the day comes first.
    order = own or order or ("day first" if match[2] == "." or first == second else None)
    if order is None:
        mend = f"{_HOW}; or `dates: day first` or `dates: month first` under the question's wave"
        return Day(trouble=Trouble("day and month cannot be told apart, in no date of the column", mend))
    return _day(year, *((second, first) if order == "day first" else (first, second)), "date format")


def _named(match: re.Match[str]) -> Day:
    months = [number for number, name in enumerate(_MONTHS, start=1) if name.startswith(match[2].lower())]
    if match[2].lower() == "sept":
        months = [9]
    if len(months) != 1 or (match[1] is None) == (match[3] is None):
        return Day(trouble=Trouble("this is not a date", _HOW))
    return _day(int(match[4]), months[0], int(match[1] or match[3]), "date format")


def _day(year: int, month: int, number: int, rule: Rule) -> Day:
    try:
        return Day((date(year, month, number) - date(1970, 1, 1)).days, rule)
    except ValueError:
        return Day(trouble=Trouble("there is no such day", _HOW))


def _century(year: str) -> int:
    if len(year) > 2:  # noqa: PLR2004 - digits of a year
        return int(year)
    return int(year) + (1900 if int(year) >= _PIVOT else 2000)


def _other(text: str, missing: frozenset[str], user_missing: frozenset[str]) -> Day:
    form = plain(text)
    if not form:
        return Day()
    if text.strip() in user_missing:
        return Day(rule="user missing")
    if form in missing:
        return Day(rule="missing text")
    return Day(trouble=Trouble("this is not a date", _HOW))


def _days(trimmed: pa.Array) -> pa.Array:
    return pc.struct_field(pc.extract_regex(trimmed, _MOMENT), "day")


def _troubled(read: list[Day]) -> np.ndarray:
    return np.array([day.trouble is not None for day in read] + [False])


def _trouble(read: list[Day], place: int) -> Trouble | None:
    return read[place].trouble


def _number(texts: pa.Array) -> np.ndarray:
    filled = pc.if_else(pc.equal(pc.utf8_length(texts), 0), "0", texts).fill_null("0")
    return np.asarray(filled.cast(pa.int64()).to_numpy(zero_copy_only=False))
