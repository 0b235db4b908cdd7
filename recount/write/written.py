"""How a number is written: the filters of the paper's language choose a method of the formatter, never a text."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from recount.display.formatter import Formatter
from recount.errors import EstimateError, Finding, TemplateError
from recount.write.arithmetic import POINTS, RATIO, SHARE, combined, row_of, traced
from recount.write.number import Estimate, Label, Number, described
from recount.write.typed import typed_in

# Which units a way of writing is for; the ways that are not listed take any.
FOR = {
    "percent": (SHARE, RATIO),
    "points": (POINTS, RATIO),
    "words": ("respondents", "number"),
    "counted": ("respondents", "number"),
    "count": ("respondents", "number", "mean", "number of days"),
    "ordinal": ("number", "respondents"),
    "chinese_words": ("respondents", "number"),
}


def text_of(number: Number, formatter: Formatter) -> str:
    """Write a number as its style says; raise `EstimateError` where it is hidden or could not be estimated."""
    style = number.style
    _check_writable(number)
    if style.method in ("of_base", "interval", "range"):
        return _of_row(number, formatter)
    if style.method == "of_whole":
        return formatter.percentages(style.whole, decimals=style.decimals)[style.place]
    if style.chinese or style.method == "value":
        write = formatter.chinese if style.chinese else formatter.value
        return write(number.value, number.unit or RATIO, decimals=decimals_of(number))
    if style.method == "percent":
        return formatter.percent(number.value, decimals=style.decimals)
    if style.method == "points":
        return formatter.points(number.value, decimals=style.decimals, signed=style.signed, short=style.short)
    return str(getattr(formatter, style.method)(number.value))


def _check_writable(number: Number) -> None:
    if number.value is None:
        raise EstimateError(
            Finding(
                problem=f"this estimate is hidden ({number.hidden}) and must not be quoted"
                if number.hidden
                else "this estimate has no value: there was nothing to estimate it from",
                key=described(number),
                mend="leave the sentence out, or ask `{% if number is hidden %}` first",
            )
        )
    way = number.style.method
    if way in FOR and number.unit not in FOR[way]:
        raise TemplateError(
            Finding(problem=f"a value of unit {number.unit!r} is not written with {way}", key=described(number))
        )


def decimals_of(number: Number) -> int | None:
    """Say with how many decimals a number is written: as asked for, or as its question declares; None: by its unit."""
    return _declared_decimals(number) if number.style.decimals is None else number.style.decimals


def interval_of(number: Number, formatter: Formatter) -> str:
    """Write the interval of a number however the number itself is written; empty where it has none."""
    if number.low is None or number.high is None:
        return ""
    return formatter.interval(number.low, number.high, number.unit, decimals=_declared_decimals(number))


def _why_no_interval(number: Number) -> str:
    if number.row is None and any(each.drawn_together for each in number.estimates()):
        return (
            "this is of levels that were drawn or weighted together: no interval of independent samples holds for it, "
            "and estimates.compared in config.yaml does not ask for its own"
        )
    return "this number has no interval"


def _declared_decimals(number: Number) -> int | None:
    return None if number.row is None else number.row.decimals


def noun_of(number: Number, formatter: Formatter) -> str:
    """Give the noun that follows a number, empty where none was asked for."""
    return "" if number.style.nouns is None else formatter.noun(number.value, *number.style.nouns)


def base_of(row: Estimate, formatter: Formatter) -> str:
    """Write whom a share is of, in words that are true of a weighted one too."""
    if row.weighted:
        return f"{formatter.count(row.base)} respondents, weighted"
    return formatter.of_base(row.n, row.base)


def _of_row(number: Number, formatter: Formatter) -> str:
    style = number.style
    if style.method == "of_base":
        row = row_of(number, "base")
        if row.weighted:
            raise TemplateError(
                Finding(
                    problem=f"this share is weighted, and not {formatter.of_base(row.n, row.base)}",
                    key=row.key,
                    mend="print its base alone: base(...)",
                )
            )
        return formatter.of_base(row.n, row.base)
    if number.low is None or number.high is None:
        raise EstimateError(Finding(problem=_why_no_interval(number), key=described(number)))
    write = formatter.interval if style.method == "interval" else formatter.range
    return write(number.low, number.high, number.unit, decimals=decimals_of(number))


Filter = Callable[..., Any]


def filters(formatter: Formatter) -> dict[str, Filter]:
    """Give the filters that change how a number is written, or which number it is, and keep its trace."""
    ways = ("percent", "of_base", "interval", "range", "words", "count", "ordinal", "chinese_words")
    rounding = f"round {formatter.display.rounding}"
    plain: dict[str, Filter] = {way: _way(way) for way in ways}
    return plain | {
        "points": points,
        "counted": counted,
        "decimals": lambda number, n: _number(number).styled(decimals=n),
        "zh": lambda number: _number(number).styled(chinese=True),
        "round": lambda number, n=0: combined(rounding, _number(number), n),
        "abs": lambda number: combined("absolute", _number(number)),
        "lower": lowered,
        "sort": ordered,
        "min": smallest,
        "max": largest,
        "sum": total,
    }


def _way(method: str) -> Filter:
    def write(number: Any, decimals: int | None = None) -> Number:
        changes = {} if decimals is None else {"decimals": decimals}
        return _number(number).styled(method=method, **changes)

    return write


def counted(number: Any, singular: str, plural: str) -> Number:
    """Write a count in words with the noun that agrees with it: "two answers", "one answer", "no answers"."""
    for noun in (singular, plural):
        if found := typed_in(str(noun)):
            raise TemplateError(Finding(problem="a number in the noun has no source", key="counted", value=found[0]))
    return _number(number).styled(method="counted", nouns=(str(singular), str(plural)))


def lowered(value: Any) -> Any:
    """Write a name for the middle of a sentence: in small letters, but for words with more than one capital (SDG)."""
    if not isinstance(value, Label):
        return str(value).lower()
    words = [word if sum(map(str.isupper, word)) > 1 else word.lower() for word in value.text.split(" ")]
    return replace(value, text=" ".join(words))


def points(number: Any, *, decimals: int | None = None, signed: bool = False, short: bool = False) -> Number:
    """Write a difference in percentage points, with a sign or without the words where asked."""
    return _number(number).styled(method="points", decimals=decimals, signed=signed, short=short)


def smallest(*numbers: Any) -> Number:
    """Give the smallest of several numbers, which keeps the trace of them all."""
    return combined("smallest", *_several(numbers))


def largest(*numbers: Any) -> Number:
    """Give the largest of several numbers, which keeps the trace of them all."""
    return combined("largest", *_several(numbers))


def total(*numbers: Any) -> Number:
    """Add up several numbers of one unit."""
    return combined("total", *_several(numbers))


def average(*numbers: Any) -> Number:
    """Give the mean of several numbers of one unit, each counted once."""
    return combined("average", *_several(numbers))


def ordered(numbers: Iterable[Any], *, reverse: bool = False) -> list[Number]:
    """Sort numbers of one unit by their value; those that are hidden cannot be ordered."""
    several = _several((numbers,))
    combined("smallest", *several)  # refuses mixed units
    if any(each.value is None for each in several):
        raise EstimateError(Finding(problem="one of these estimates is hidden, so that they have no order"))
    return sorted(several, key=lambda each: each.value or 0.0, reverse=reverse)


def _several(numbers: tuple[Any, ...]) -> list[Number]:
    given = numbers[0] if len(numbers) == 1 and isinstance(numbers[0], Iterable) else numbers
    several = [traced(each) for each in given]
    if not several:
        raise TemplateError(Finding(problem="there are no numbers to choose from"))
    return several


def _number(value: Any) -> Number:
    if not isinstance(value, Number):
        raise TemplateError(
            Finding(
                problem="this number has no source",
                value=str(value),
                expected="a number of the paper, such as share(...), respondents(), or cited(...)",
            )
        )
    return value
