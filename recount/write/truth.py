"""Conditions on traced numbers: whether they hold, and on what they were decided."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from recount.display.rounding import as_decimal
from recount.errors import EstimateError, Finding, TemplateError, nearest
from recount.write.arithmetic import OPERATIONS, P_VALUE, Operand, traced
from recount.write.number import Constant, Estimate, Number, Operation, Ranked, described
from recount.write.two_samples import AGAIN, again

SYMBOLS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
JOINED = {"and": all, "or": any}
MAJORITY = 0.5
# Where the values of a unit lie.
REACH = {"share": (0, 1), "share of mentions": (0, 1), "difference of shares": (-1, 1), P_VALUE: (0, 1)}


@dataclass(frozen=True, eq=False)
class Comparison:
    """One number held against another."""

    symbol: str
    left: Number
    right: Number

    def __bool__(self) -> bool:
        return holds(self)


@dataclass(frozen=True, eq=False)
class Joined:
    """Conditions joined by `and` or `or`, or one after `not`.

    `test` says what they come to together, where the study declares it: "no change by a margin of 5 percentage points".
    """

    word: str
    of: "tuple[Truth, ...]"
    test: str = ""

    def __bool__(self) -> bool:
        return holds(self)


Truth = Comparison | Joined


def compared(symbol: str, left: Operand, right: Operand) -> Comparison:
    """Hold two numbers against each other; raise where their units differ, or where one of them is hidden.

    A bare number takes the unit of the other side; one that no share can reach (50 where 0.5 is meant) is an error.
    """
    first, second = traced(left), traced(right)
    units = {each.unit for each in (first, second)} - {""}
    formula = f"{described(first)} {symbol} {described(second)}"
    if len(units) > 1:
        raise TemplateError(
            Finding(problem=f"units are mixed: {first.unit} and {second.unit}", key="condition", value=formula)
        )
    for each in (first, second):
        if each.value is None:
            raise EstimateError(
                Finding(
                    problem=f"{described(each)} is {each.hidden or 'not estimable'}", key="condition", value=formula
                )
            )
        _check_reach(each, units, formula)
    return Comparison(symbol, first, second)


def ranked_as(symbol: str, ranked: Ranked, category: str) -> Truth:
    """Hold the k-th most frequent category against a name: k - 1 shares are larger than its own, all others smaller."""
    by_category = {each.row.category: each for each in ranked.order if each.row}
    if symbol not in ("==", "!=") or category not in by_category:
        raise TemplateError(
            Finding(
                problem="a ranked category is held against the name of another by == or !=",
                key="condition",
                value=f"{symbol} {category}",
                expected=nearest(category, list(by_category)),
            )
        )
    own = by_category[category]
    others = [each for each in ranked.order if each is not own]
    order = [Comparison(">", each, own) for each in others[: ranked.k - 1]]
    order += [Comparison(">", own, each) for each in others[ranked.k - 1 :]]
    same: Truth = order[0] if len(order) == 1 else Joined("and", tuple(order))
    return same if symbol == "==" else Joined("not", (same,))


def _check_reach(number: Number, units: set[str], formula: str) -> None:
    reach = REACH.get(next(iter(units), ""))
    if reach and isinstance(number.trace, Constant) and not reach[0] <= number.trace.value <= reach[1]:
        per_cent = "" if P_VALUE in units else f"{number.trace.value / 100:g} for {number.trace.value:g} per cent"
        problem = f"a {next(iter(units))} lies between {reach[0]} and {reach[1]}"
        raise TemplateError(Finding(problem=problem, key="condition", value=formula, expected=per_cent))


def holds(truth: Truth, moved: Mapping[str, float] | None = None) -> bool:
    """Decide a condition, with other values for some estimates (by key) where asked "what if".

    Values are compared at the 12 significant digits that are printed from, so that noise of arithmetic decides nothing.
    """
    if isinstance(truth, Joined):
        outcomes = [holds(each, moved) for each in truth.of]
        return not outcomes[0] if truth.word == "not" else JOINED[truth.word](outcomes)
    left, right = (as_decimal(value_of(side, moved or {})) for side in (truth.left, truth.right))
    return SYMBOLS[truth.symbol](left, right)


def value_of(number: Number, moved: Mapping[str, float]) -> float:
    """Compute a number again, with other values for some estimates; raise ValueError where it has none."""
    if isinstance(number.trace, Operation) and number.trace.name in OPERATIONS:
        return OPERATIONS[number.trace.name]([value_of(each, moved) for each in number.trace.of])
    if isinstance(number.trace, Operation) and number.trace.name in AGAIN and moved:
        return again(number.trace, moved)
    if isinstance(number.trace, Estimate) and number.trace.key in moved:
        return moved[number.trace.key]
    if number.value is None:
        raise ValueError(f"{described(number)} has no value")
    return number.value


def comparisons(truth: Truth) -> Iterator[Comparison]:
    """Go through the comparisons of a condition, in the order in which they were written."""
    if isinstance(truth, Comparison):
        yield truth
    else:
        for each in truth.of:
            yield from comparisons(each)


def formula(truth: Truth) -> str:
    """Write a condition with the keys of its estimates."""
    if isinstance(truth, Comparison):
        return f"{_side(truth.left)} {truth.symbol} {_side(truth.right)}"
    if truth.word == "not":
        return f"not ({formula(truth.of[0])})"
    mixed = {each.word for each in truth.of if isinstance(each, Joined)} - {"not", truth.word}
    inner = [f"({formula(each)})" if mixed and isinstance(each, Joined) else formula(each) for each in truth.of]
    joined = f" {truth.word} ".join(inner)
    return f"{truth.test} ({joined})" if truth.test else joined


def tests(truth: Truth) -> Iterator[str]:
    """Name the declared tests that a condition rests on, in the order in which they were written."""
    if isinstance(truth, Joined):
        yield from [truth.test] if truth.test else []
        for each in truth.of:
            yield from tests(each)


def _side(number: Number) -> str:
    """A ranked number is named with its rank, for its key alone would hide what was asked."""
    if isinstance(number.trace, Operation) and number.trace.name == "ranked":
        return f"number {described(number.trace.of[0])} by frequency ({described(number)})"
    return described(number)
