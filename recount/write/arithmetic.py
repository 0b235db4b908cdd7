"""Arithmetic on traced numbers: which units go together, and what comes of them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from recount.errors import Finding, TemplateError
from recount.write.number import Constant, Estimate, Number, Operation, described

SHARE, POINTS, RESPONDENTS, RATIO = "share", "difference of shares", "respondents", "ratio"
DAYS, LENGTH = "days", "number of days"
COUNTS = (RESPONDENTS, "number")

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
    "round": lambda of: round(of[0], int(of[1])),
}


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
    if name in ("+", "total"):
        return _unit_of_sum(name, of)
    if name == "-":
        return _unit_of_difference(of)
    if name == "*":
        return _unit_of_product(of)
    if name == "/":
        return _unit_of_quotient(of)
    if name == "negative" and of[0].unit not in (POINTS, "mean", "coefficient", RATIO):
        raise _refused(name, of, f"a value of unit {of[0].unit!r} has no negative")
    if name in ("round", "negative", "absolute"):
        return of[0].unit
    return _same_unit(name, of)


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


def _unit_of_difference(of: tuple[Number, ...]) -> str:
    first, second = of
    if isinstance(first.trace, Constant) and first.value == 1 and second.unit == SHARE:
        return SHARE  # the complement
    if first.unit == SHARE and second.unit == POINTS:
        return SHARE
    if first.unit == DAYS and second.unit == LENGTH:
        return DAYS
    unit = _unit_beside_constants("-", of)
    return {SHARE: POINTS, DAYS: LENGTH}.get(unit, unit)


def _unit_beside_constants(name: str, of: tuple[Number, ...]) -> str:
    """A count or a ratio may be changed by a constant; a share or a mean may not, for nobody could say what it is."""
    units = {each.unit for each in of if each.unit}
    if len(units) > 1:
        raise _refused(name, of, "units are mixed")
    unit = next(iter(units), "")
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


def _unit_of_product(of: tuple[Number, ...]) -> str:
    units = [each.unit for each in of if each.unit not in ("", RATIO)]
    if not units:
        return RATIO if any(each.unit for each in of) else ""
    if len(units) == 1:
        return units[0]
    if sorted(units) == sorted((SHARE, RESPONDENTS)):
        return RESPONDENTS
    raise _refused("*", of, "units are mixed")


def _unit_of_quotient(of: tuple[Number, ...]) -> str:
    first, second = of
    if second.unit in ("", RATIO) and first.unit:
        return first.unit
    if not first.unit and second.unit in (RESPONDENTS, RATIO):
        return RATIO  # one respondent of so many
    if first.unit == second.unit and first.unit not in (DAYS, "year"):
        return RATIO
    raise _refused("/", of, "units are mixed")


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
