"""The one place that turns a value into text, for prose, tables, figures and alternative text alike."""

import math
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from typing_extensions import TypeIs

from recount.display.rounding import HUNDRED, as_decimal, rounded, rounded_to_sum
from recount.display.words import in_chinese, in_words, ordinal_in_words, ordinal_suffix
from recount.study.settings import Display

MINUS = "−"  # U+2212, which is as wide as a plus; a hyphen may break at the end of a line
COEFFICIENT_DECIMALS = 2
SMALLEST_P = 0.001
EPOCH = date(1970, 1, 1)
# The locale of the machine must not decide how a date is written.
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def known(value: float | None) -> TypeIs[float]:
    """Whether there is a value to write: neither None nor nan nor infinite."""
    return value is not None and math.isfinite(value)


class Formatter:
    """Write values as config.yaml's `display` says.

    Every method takes a value as it stands in the estimates (a share is 0 to 1) and returns plain text, never Markdown.
    A value that is missing, hidden or not finite is written as `display.suppressed`. Ties are decided in decimal, on
    the digits that a float prints: with `half up`, 0.285 is 29%. A negative sign is U+2212.
    """

    def __init__(self, display: Display) -> None:
        self.display = display

    def value(self, value: float | None, unit: str, *, hidden: str = "", decimals: int | None = None) -> str:
        """Write a value by its unit; raise KeyError for a unit that nobody declared.

        The units are those of estimates.csv, and those that the paper's arithmetic makes of them: `ratio`, `number`
        (of things that are not respondents), `number of days`, `year` and `p-value`.
        """
        write = self._of_unit(unit)
        if hidden or not known(value):
            return self.display.suppressed
        return write(value, decimals)

    def percent(self, share: float | None, *, decimals: int | None = None, sign: bool = True) -> str:
        """Write a share as a percentage: 0.857 is "86%", or "86" for a column whose head says percent."""
        if not known(share):
            return self.display.suppressed
        places = self.display.percent_decimals if decimals is None else decimals
        return self._digits(as_decimal(share) * HUNDRED, places) + (self.display.percent_sign if sign else "")

    def points(
        self, difference: float | None, *, decimals: int | None = None, signed: bool = False, short: bool = False
    ) -> str:
        """Write a difference of shares in percentage points: 0.12 is "12 percentage points", short "12"."""
        if not known(difference):
            return self.display.suppressed
        places = self.display.percent_decimals if decimals is None else decimals
        number = rounded(as_decimal(difference) * HUNDRED, places, self.display.rounding)
        text = ("+" if signed and number > 0 else "") + self._digits(number, places)
        return text if short else f"{text} percentage point{'' if abs(number) == 1 else 's'}"

    def number(self, value: float | None, *, decimals: int | None = None) -> str:
        """Write a number with decimals, `display.decimals` of them where none are asked for."""
        if not known(value):
            return self.display.suppressed
        return self._digits(as_decimal(value), self.display.decimals if decimals is None else decimals)

    def count(self, n: float | None) -> str:
        """Write a count with a comma between thousands; a weighted count is rounded to a whole one."""
        return self.number(n, decimals=0)

    def words(self, n: float | None) -> str:
        """Write a count in words up to `display.words_up_to`, in digits above: 7 is "seven", 47 is "47"."""
        if not known(n):
            return self.display.suppressed
        whole = self._whole(n)
        return in_words(whole) if 0 <= whole <= self.display.words_up_to else self.count(n)

    def counted(self, n: float | None) -> str:
        """Write a count that a noun follows: as in `words`, but "no" for none."""
        return "no" if known(n) and self._whole(n) == 0 else self.words(n)

    def noun(self, n: float | None, singular: str, plural: str) -> str:
        """Choose the noun that agrees with a count as it is written: "one answer", "no answers"."""
        return singular if known(n) and abs(self._whole(n)) == 1 else plural

    def ordinal(self, n: float | None) -> str:
        """Write a rank: 3 is "third", 21 is "21st"."""
        if not known(n):
            return self.display.suppressed
        whole = self._whole(n)
        if 0 <= whole <= self.display.words_up_to:
            return ordinal_in_words(whole)
        return self.count(whole) + ordinal_suffix(abs(whole))

    def date(self, days: float | None) -> str:
        """Write days since 1970-01-01 as a date: 18324 is "3 March 2020"."""
        if not known(days):
            return self.display.suppressed
        day = EPOCH + timedelta(days=int(rounded(as_decimal(days), 0)))
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"

    def interval(self, low: float | None, high: float | None, unit: str, *, decimals: int | None = None) -> str:
        """Write an interval: "73% to 94%", "−3 to 21 percentage points"."""
        if not known(low) or not known(high):
            return self.display.suppressed
        if unit == "difference of shares":
            return f"{self.points(low, decimals=decimals, short=True)} to {self.points(high, decimals=decimals)}"
        return f"{self.value(low, unit, decimals=decimals)} to {self.value(high, unit, decimals=decimals)}"

    def range(self, low: float | None, high: float | None, unit: str, *, decimals: int | None = None) -> str:
        """Write a range in as little room as a table has: "73–94%", "27–59"; "−3 to 4" where a dash would mislead."""
        if not known(low) or not known(high):
            return self.display.suppressed
        first, last = (self._short(end, unit, decimals) for end in (low, high))
        sign = self.display.percent_sign if unit == "share" else ""
        return f"{first} to {last}{sign}" if MINUS in first + last or unit == "days" else f"{first}–{last}{sign}"

    def of_base(self, n: float | None, base: float | None) -> str:
        """Write a share as respondents of a base: "36 of 42"."""
        if not known(n) or not known(base):
            return self.display.suppressed
        return f"{self.count(n)} of {self.count(base)}"

    def p_value(self, p: float | None) -> str:
        """Write a p-value: "p = 0.034" to three decimals under 0.1, to two above, "p < 0.001" under that."""
        if not known(p):
            return self.display.suppressed
        if p < SMALLEST_P:
            return f"p < {SMALLEST_P}"
        return f"p = {self.number(p, decimals=3 if rounded(as_decimal(p), 3) < Decimal('0.1') else 2)}"

    def percentages(self, shares: Sequence[float], *, decimals: int | None = None) -> list[str]:
        """Write shares of one whole so that they add up to 100, by the largest remainder; none may be missing."""
        places = self.display.percent_decimals if decimals is None else decimals
        return [f"{each:,f}{self.display.percent_sign}" for each in rounded_to_sum(shares, HUNDRED, places)]

    def chinese(self, value: float | None, unit: str, *, decimals: int | None = None) -> str:
        """Write a value for Chinese text: "86%", "12个百分点", "2020年3月3日".

        Other numbers stand in digits without a separator, as GB/T 15835 asks of statistics.
        """
        if not known(value):
            return self.display.suppressed
        if unit == "difference of shares":
            return f"{self.points(value, decimals=decimals, short=True)}个百分点"
        if unit == "days":
            day = EPOCH + timedelta(days=int(rounded(as_decimal(value), 0)))
            return f"{day.year}年{day.month}月{day.day}日"
        return self.value(value, unit, decimals=decimals).replace(",", "")

    def chinese_words(self, n: float | None) -> str:
        """Write a count in Chinese numerals: 47 is "四十七"."""
        return in_chinese(int(rounded(as_decimal(n), 0))) if known(n) else self.display.suppressed

    def _whole(self, n: float) -> int:
        return int(rounded(as_decimal(n), 0, self.display.rounding))

    def _digits(self, value: Decimal, decimals: int) -> str:
        number = rounded(value, decimals, self.display.rounding)
        return (MINUS if number < 0 else "") + f"{abs(number):,f}"

    def _short(self, value: float | None, unit: str, decimals: int | None) -> str:
        if unit == "share":
            return self.percent(value, decimals=decimals, sign=False)
        if unit == "difference of shares":
            return self.points(value, decimals=decimals, short=True)
        return self.value(value, unit, decimals=decimals)

    def _of_unit(self, unit: str) -> "Callable[[float | None, int | None], str]":
        return {
            "share": lambda value, decimals: self.percent(value, decimals=decimals),
            "share of mentions": lambda value, decimals: self.percent(value, decimals=decimals),
            "mentions": lambda value, decimals: self.number(value, decimals=decimals or 0),
            "difference of shares": lambda value, decimals: self.points(value, decimals=decimals),
            "respondents": lambda value, decimals: self.number(value, decimals=decimals or 0),
            "number": lambda value, decimals: self.number(value, decimals=decimals or 0),
            "number of days": lambda value, decimals: self.number(value, decimals=decimals or 0),
            "year": lambda value, _: self.number(value, decimals=0).replace(",", ""),
            "ratio": lambda value, decimals: self.number(value, decimals=decimals),
            "mean": lambda value, decimals: self.number(value, decimals=decimals),
            "days": lambda value, _: self.date(value),
            "coefficient": lambda value, decimals: self.number(
                value, decimals=COEFFICIENT_DECIMALS if decimals is None else decimals
            ),
            "p-value": lambda value, _: self.p_value(value),
        }[unit]
