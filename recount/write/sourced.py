"""Whether a number has its value from the data: a number in the template's own expression is no source."""

import re
from collections.abc import Iterator

from recount.write.arithmetic import OPERATIONS
from recount.write.number import Constant, Number, Operation, described
from recount.write.truth import Comparison

# Operations whose bare numbers choose or shape a value, and are no part of it.
SHAPED = ("ranked", "round")
STEP = 0.1
_PLAIN = re.compile(r"(?:0|[1-9]\d{0,11})(?:\.\d{0,2}[1-9])?")


def sourced(number: Number) -> bool:
    """Whether the value of a number rests on an estimate, or on what the study declares.

    Where a bare number is part of it, each other part is moved by a tenth of its value, up and down: what stays as it
    is, like `respondents() * 0 + 42` or `smallest(respondents(), 42)`, is a number that somebody typed.
    """
    parts = list(_parts(number))
    others = [each for each in parts if not isinstance(each.trace, Constant)]
    if number.value is None or len(others) == len(parts):
        return bool(others)
    names = {described(each) for each in others}
    return any(_moves(number, name, factor) for name in names for factor in (1 + STEP, 1 - STEP))


def declared_constant(text: str, why: str) -> Number | None:
    """Read a number that the template declares, and says why; None where it is not written in plain digits."""
    plain = _PLAIN.fullmatch(text)
    return Number(value=float(text), unit="", trace=Constant(float(text), why)) if plain else None


def constant_text(number: Number) -> str | None:
    """Give a declared constant as it was typed; None for any other number."""
    if isinstance(number.trace, Constant) and number.trace.why:
        return f"{number.trace.value:.15g}"
    return None


def typed_operands(number: Number) -> list[float]:
    """Give the bare numbers that are part of a value without being declared; 1 makes a complement, or one of so many.

    Ranks and decimals choose and shape a value, and are no part of it.
    """
    operation = _operation(number)
    if operation is None:
        constant = number.trace
        return [constant.value] if isinstance(constant, Constant) and not constant.why else []
    first, *others = operation.of
    whole = operation.name in ("-", "/") and isinstance(first.trace, Constant) and first.value == 1
    shaped = operation.name.startswith(SHAPED)
    parts = [each for each in others if not (shaped and isinstance(each.trace, Constant))]
    if not whole and not (shaped and isinstance(first.trace, Constant)):
        parts.insert(0, first)
    return [value for each in parts for value in typed_operands(each)]


def tested(comparison: Comparison) -> bool:
    """Whether a comparison holds anything of the data against something."""
    parts = [part for side in (comparison.left, comparison.right) for part in _parts(side)]
    return any(not isinstance(each.trace, Constant) for each in parts)


def _moves(number: Number, part: str, factor: float) -> bool:
    try:
        return _value(number, part, factor) != _value(number, part, 1)
    except ZeroDivisionError:
        return True


def _value(number: Number, part: str, factor: float) -> float:
    """Compute a number again with one part of it moved, wherever it stands; zero moves by the step."""
    if described(number) == part:
        value = number.value or 0.0
        return value * factor if value else factor - 1
    operation = _operation(number)
    if operation is None:
        return number.value or 0.0
    return OPERATIONS[operation.name]([_value(each, part, factor) for each in operation.of])


def _parts(number: Number) -> Iterator[Number]:
    operation = _operation(number)
    if operation is None:
        yield number
        return
    for each in operation.of:
        if not (operation.name.startswith(SHAPED) and isinstance(each.trace, Constant)):
            yield from _parts(each)


def _operation(number: Number) -> Operation | None:
    """The arithmetic that a number was made by, where it is not taken as it is."""
    trace = number.trace
    return trace if isinstance(trace, Operation) and trace.name in OPERATIONS else None
