"""Arithmetic on traced numbers: which units go together, and what comes of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from recount.display.rounding import as_decimal, rounded
from recount.errors import Finding, TemplateError
from recount.write.number import Constant, Estimate, Number, Operation, described

SHARE, POINTS, RESPONDENTS, RATIO = "share", "difference of shares", "respondents", "ratio"
DAYS, LENGTH = "days", "number of days"
P_VALUE = "p-value"
MENTION = "share of mentions"
COUNTS = (RESPONDENTS, "number")
HUNDRED = 100.0

Operand = Number | float

# What an operation computes. A claim's margin computes it again, with one respondent moved.
OPERATIONS: dict[str, Callable[[Sequence[float]], float]] = {
    "+": lambda of: of[0] + of[1],
    "-": lambda of: of[0] - of[1],
    "*": lambda of: of[0] * of[1],
    "/": lambda of: of[0] / of[1],
    "negative": lambda of: -of[0],
    "absolute": lambda of: abs(of[0]),
    "smallest": min,
    "largest": max,
    "ranked": lambda of: sorted(of[1:], reverse=True)[int(of[0]) - 1],
    "total": sum,
    "average": lambda of: sum(of) / len(of),
    "round half up": lambda of: _rounded(of, "half up"),
    "round half even": lambda of: _rounded(of, "half even"),
}


def _rounded(of: Sequence[float], rule: str) -> float:
    """Round as the formatter does, so that a rounded number and a printed one are the same."""
    return float(rounded(as_decimal(of[0]), int(of[1]), rule))


def combined(name: str, *operands: Operand) -> Number:
    """Combine numbers by one of `OPERATIONS`; raise `TemplateError` where their units do not go together.

    A plain Python number is a constant of the template's expression and is kept in the trace. What is hidden stays
    hidden in all that is made of it.
    """
    of = tuple(traced(each) for each in operands)
    unit = _unit(name, of)
    hidden = next((each.hidden for each in of if each.hidden), "")
    values = [each.value for each in of if each.value is not None]
    if len(values) < len(of):
        return Number(value=None, unit=unit, trace=Operation(name, of), hidden=hidden)
    try:
        value = OPERATIONS[name](values)
    except ZeroDivisionError:
        raise _refused(name, of, "division by zero") from None
    made = Number(value=value, unit=unit, trace=Operation(name, of))
    if name in ("smallest", "largest"):
        chosen = next(each for each in of if each.value == value)
        return replace(made, low=chosen.low, high=chosen.high, label=chosen.label, category=chosen.category)
    return made


def traced(value: Operand) -> Number:
    """Take a number as it is, and a plain one as a constant; raise `TemplateError` for anything else."""
    if isinstance(value, Number):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TemplateError(
            Finding(problem="this is not a number", value=repr(value), expected="a number, such as share(...)")
        )
    return Number(value=float(value), unit="", trace=Constant(float(value)))


def _unit(name: str, of: tuple[Number, ...]) -> str:
    return UNITS.get(name, _same_unit)(name, of)


def _unit_of_negative(name: str, of: tuple[Number, ...]) -> str:
    if of[0].unit not in (POINTS, "mean", "coefficient", RATIO):
        raise _refused(name, of, f"a value of unit {of[0].unit!r} has no negative")
    return of[0].unit


def _unit_of_rounded(name: str, of: tuple[Number, ...]) -> str:
    decimals = of[1]
    if not isinstance(decimals.trace, Constant) or decimals.trace.value % 1:
        raise _refused(name, of, "a number is rounded to a whole number of decimals")
    return of[0].unit


def _same_unit(name: str, of: tuple[Number, ...]) -> str:
    units = {each.unit for each in of}
    if len(units) > 1:
        raise _refused(name, of, "units are mixed")
    return of[0].unit


def _unit_of_sum(name: str, of: tuple[Number, ...]) -> str:
    if len(of) == 2 and {of[0].unit, of[1].unit} == {SHARE, POINTS}:  # noqa: PLR2004 - a pair
        return SHARE
    if len(of) == 2 and {of[0].unit, of[1].unit} == {DAYS, LENGTH}:  # noqa: PLR2004 - a pair
        return DAYS
    unit = _unit_beside_constants(name, of)
    if unit == SHARE:
        _check_shares_add(name, of)
    if unit == DAYS:
        raise _refused(name, of, "two dates do not add up")
    return unit


def _unit_of_difference(name: str, of: tuple[Number, ...]) -> str:
    first, second = of
    if isinstance(first.trace, Constant) and first.value == 1 and second.unit == SHARE:
        return SHARE  # the complement
    if first.unit == SHARE and second.unit == POINTS:
        return SHARE
    if first.unit == DAYS and second.unit == LENGTH:
        return DAYS
    unit = _unit_beside_constants(name, of)
    return {SHARE: POINTS, MENTION: POINTS, DAYS: LENGTH}.get(unit, unit)


def _unit_beside_constants(name: str, of: tuple[Number, ...]) -> str:
    """A count or a ratio may be changed by a constant; a share or a mean may not, for nobody could say what it is."""
    units = {each.unit for each in of if each.unit}
    if len(units) > 1:
        raise _refused(name, of, "units are mixed")
    unit = next(iter(units), "")
    if unit == P_VALUE:
        raise _refused(name, of, "p-values are compared, and neither added nor subtracted")
    if any(not each.unit for each in of) and unit not in (*COUNTS, RATIO, LENGTH, "year", ""):
        raise _refused(name, of, f"a bare number beside a value of unit {unit!r} has no unit")
    return unit


def _check_shares_add(name: str, of: tuple[Number, ...]) -> None:
    rows = [leaf for each in of for leaf in each.estimates()]
    places = {(row.wave, row.question, row.statistic, row.group, row.level) for row in rows}
    categories = [row.category for row in rows]
    if len(places) > 1 or not all(row.exclusive for row in rows) or len(set(categories)) < len(categories):
        raise _refused(
            name,
            of,
            "these shares do not add up: only different categories of one question that allows one answer do",
            mend="declare a net at the question in the instrument, or use average(...)",
        )


def _unit_of_product(name: str, of: tuple[Number, ...]) -> str:
    _check_no_percent(name, of)
    units = [each.unit for each in of if each.unit not in ("", RATIO)]
    if not units:
        return RATIO if any(each.unit for each in of) else ""
    if len(units) == 1:
        return units[0]
    if sorted(units) == sorted((SHARE, RESPONDENTS)):
        return RESPONDENTS
    raise _refused(name, of, "units are mixed")


def _unit_of_quotient(name: str, of: tuple[Number, ...]) -> str:
    first, second = of
    _check_no_percent(name, of)
    if second.unit in ("", RATIO) and first.unit:
        return first.unit
    if not first.unit and second.unit in (RESPONDENTS, RATIO):
        return RATIO  # one respondent of so many
    if first.unit == second.unit and first.unit not in (DAYS, "year"):
        return RATIO
    raise _refused(name, of, "units are mixed")


def _check_no_percent(name: str, of: tuple[Number, ...]) -> None:
    """A share times 100 would be printed as 8,571%, and held against the wrong line."""
    scales = {each.trace.value for each in of if isinstance(each.trace, Constant)}
    if any(each.unit in (SHARE, POINTS) for each in of) and scales & {HUNDRED, 1 / HUNDRED}:
        raise _refused(
            name,
            of,
            "shares are 0 to 1, and the formatter writes the percent",
            mend="leave the 100 out: {{ share(...) }} prints 86%, and a claim holds it against 0.5",
        )


# The unit that comes of an operation; of the others the one that all operands share.
UNITS: dict[str, Callable[[str, tuple[Number, ...]], str]] = {
    "+": _unit_of_sum,
    "total": _unit_of_sum,
    "-": _unit_of_difference,
    "*": _unit_of_product,
    "/": _unit_of_quotient,
    "negative": _unit_of_negative,
    "round half up": _unit_of_rounded,
    "round half even": _unit_of_rounded,
}


def _refused(name: str, of: tuple[Number, ...], problem: str, mend: str = "") -> TemplateError:
    operands = " and ".join(f"{described(each)} ({each.unit or 'a bare number'})" for each in of)
    return TemplateError(Finding(problem=f"{problem}: {operands}", key=f"operation {name}", mend=mend))


def row_of(number: Number, wanted: str) -> Estimate:
    """Give the one estimate that a number is; raise `TemplateError` where it is made of several."""
    if number.row is None:
        raise TemplateError(
            Finding(problem=f"{described(number)} is made of several estimates, and has no {wanted} of its own")
        )
    return number.row
