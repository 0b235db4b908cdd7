"""How far a claim is from turning over: to the threshold, and over the interval."""

from dataclasses import dataclass
from decimal import Decimal
from math import isnan

from recount.display.rounding import as_decimal
from recount.write.number import Number
from recount.write.truth import SYMBOLS, Comparison, value_of
from recount.write.two_samples import independent, interval_of_difference


@dataclass(frozen=True, kw_only=True)
class Margin:
    """How far one comparison is from turning over.

    `difference` is the distance to the threshold in the comparison's unit, negative where it fails. `reach` is how far
    the interval reaches over the threshold from the side on which the value lies, in the same unit: zero or negative
    where it stays on that side, None where there is no interval to ask. Of two independent estimates it is that of
    their difference, over zero.
    """

    comparison: Comparison
    difference: float
    reach: float | None

    @property
    def reaches_over(self) -> bool | None:
        """Whether the interval reaches over the threshold; None where there is none."""
        return None if self.reach is None else self.reach > 0


def margin(comparison: Comparison) -> Margin:
    """Measure one comparison."""
    left, right = value_of(comparison.left, {}), value_of(comparison.right, {})
    apart = left - right
    signed = {"<": -apart, "<=": -apart, ">": apart, ">=": apart, "==": -abs(apart), "!=": abs(apart)}
    return Margin(comparison=comparison, difference=signed[comparison.symbol], reach=_reach(comparison))


def _reach(comparison: Comparison) -> float | None:
    ends = _interval_of_apart(comparison.left, comparison.right)
    if ends is None:
        return None
    low, high = ends
    over, under = float(high), float(-low)  # how far it reaches upwards and downwards over zero
    apart = as_decimal(value_of(comparison.left, {})) - as_decimal(value_of(comparison.right, {}))
    if comparison.symbol in ("==", "!="):
        return max(over, under) if apart == 0 else (over if apart < 0 else under)
    rising = comparison.symbol in ("<", "<=")  # larger values of the left side turn it over, where it holds
    return over if rising == SYMBOLS[comparison.symbol](apart, Decimal(0)) else under


def _interval_of_apart(left: Number, right: Number) -> tuple[Decimal, Decimal] | None:
    """The interval of the left side less the right one, at the digits that are printed from."""
    if fixed(right) and left.low is not None and left.high is not None:
        line = as_decimal(value_of(right, {}))
        return as_decimal(left.low) - line, as_decimal(left.high) - line
    if fixed(left) and right.low is not None and right.high is not None:
        line = as_decimal(value_of(left, {}))
        return line - as_decimal(right.high), line - as_decimal(right.low)
    if independent(left, right):
        low, high = interval_of_difference(left, right)
        return None if isnan(low) else (as_decimal(low), as_decimal(high))
    return None


def fixed(number: Number) -> bool:
    """Whether it is a line that somebody drew, and not estimated."""
    return next(number.estimates(), None) is None
