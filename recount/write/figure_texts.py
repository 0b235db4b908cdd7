"""What a figure may print: the text of each estimate as the formatter writes it, and what its words may say besides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from recount.display.formatter import Formatter
from recount.study.figures import Figure
from recount.write.lookup import Lookup
from recount.write.number import Estimate
from recount.write.typed import typed_in

NOT_ESTIMABLE = "not estimable"
_HOW_MANY = re.compile(r"\band ([\d,]+) more\b|\b([\d,]+) most frequent of ([\d,]+)\b")


def texts(rows: Sequence[Estimate], figure: Figure, formatter: Formatter) -> list[str]:
    """Give the text that a figure prints for each of its estimates, in drawing order.

    An UpSet figure counts respondents, a net has its sign, and with `sum_to_100` the shares of a bar are written
    together; everything else is written by its unit.
    """
    if not figure.sum_to_100:
        return [_text(row, figure, formatter) for row in rows]
    made: list[str] = []
    for (_, statistic), several in groupby(rows, key=lambda row: (row.question, row.statistic)):
        bar = list(several)
        shares = [row.value for row in bar if row.value is not None and not row.hidden]
        whole = statistic == "share" and len(shares) == len(bar)
        made += formatter.percentages(shares) if whole else [_text(row, figure, formatter) for row in bar]
    return made


def _text(row: Estimate, figure: Figure, formatter: Formatter) -> str:
    if row.hidden:
        return f"hidden: {row.hidden}"
    if row.value is None:
        return NOT_ESTIMABLE
    if figure.kind == "upset" and not row.weighted:
        return formatter.count(row.n)
    if figure.kind == "diverging" and row.statistic == "net":
        return formatter.points(row.value, signed=True, short=True)
    return formatter.value(row.value, row.unit)


def said_besides(
    text: str, rows: Sequence[Estimate], names: Sequence[str], lookup: Lookup, formatter: Formatter
) -> dict[str, str]:
    """Give the numbers that the words for a figure may say besides those that it prints, each with the reason.

    These are the bases and intervals of its estimates, numbers in names, and how many of several are told.
    """
    found: dict[str, str] = {}
    for why, part in (*_of_estimates(rows, formatter), *_of_names(rows, names, lookup), *_counts(text, rows, lookup)):
        for number in typed_in(part):
            found.setdefault(number, why)
    return found


def _of_estimates(rows: Sequence[Estimate], formatter: Formatter) -> Iterator[tuple[str, str]]:
    for row in rows:
        if row.n is not None and row.base is not None and not row.hidden:
            yield f"base of {row.key}", formatter.of_base(row.n, row.base)
        if row.base is not None:
            yield f"base of {row.key}", formatter.count(row.base)
        if row.low is not None and row.high is not None and not row.hidden:
            yield f"interval of {row.key}", formatter.interval(row.low, row.high, row.unit)
            yield f"interval of {row.key}", formatter.range(row.low, row.high, row.unit)


def _of_names(rows: Sequence[Estimate], names: Sequence[str], lookup: Lookup) -> Iterator[tuple[str, str]]:
    for wave, settings in lookup.settings.waves.items():
        yield f"name of wave {wave}", settings.title or wave
    for question in dict.fromkeys(row.question for row in rows if row.question in lookup.instrument.by_id):
        yield f"name of {question}", lookup.label(question).text
    for name in names:
        yield f"name of {name}", name


def _counts(text: str, rows: Sequence[Estimate], lookup: Lookup) -> Iterator[tuple[str, str]]:
    """How many there are of what is drawn or told: never more than there are estimates of that kind."""
    every = {(row.wave, row.question, row.statistic): 0 for row in rows}
    most = max((len(lookup.index.of(*each)) for each in every), default=0)
    for found in _HOW_MANY.finditer(text):
        for number in filter(None, found.groups()):
            if int(number.replace(",", "")) <= max(most, len(rows)):
                yield "how many there are", number


def expected_texts(
    keys: Sequence[str], figure: Figure, lookup: Lookup, formatter: Formatter
) -> Mapping[int, tuple[Estimate, str]]:
    """Give, by their place, the estimates of the rows of a figure's source data that exist, each with its text."""
    found = {place: estimate for place, key in enumerate(keys) if (estimate := lookup.index.get(key)) is not None}
    return dict(
        zip(found, zip(found.values(), texts(list(found.values()), figure, formatter), strict=True), strict=True)
    )
