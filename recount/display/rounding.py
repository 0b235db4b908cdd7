"""Rounding in decimal, so that what is printed is what a person with pencil and paper would write."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

HUNDRED = Decimal(100)

# A double holds 15 to 17 significant digits; arithmetic on shares leaves its noise in the last of them. Read at 12,
# 0.9 - 0.615 is the tie 0.285 that it was meant to be, and no count of respondents comes near to the 13th digit.
_READ = Context(prec=12, rounding=ROUND_HALF_EVEN)
_EXACT = Context(prec=60)
_RULES = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN}


def as_decimal(value: float) -> Decimal:
    """Read a float by the digits that it prints (0.285 is 0.285, not 0.284999...), at 12 significant digits."""
    return _READ.create_decimal(repr(float(value)) if not isinstance(value, int) else value)


def rounded(value: Decimal, decimals: int, rule: str = "half up") -> Decimal:
    """Round to a number of decimals; a tie goes away from zero (`half up`) or to the even digit (`half even`)."""
    result = value.quantize(Decimal(1).scaleb(-decimals), rounding=_RULES[rule], context=_EXACT)
    return abs(result) if result == 0 else result  # minus nought is nought


def rounded_to_sum(values: Sequence[float], total: Decimal, decimals: int) -> list[Decimal]:
    """Round so that the results add up to `total`, by the largest remainder; of equal remainders the first gains.

    Source: the method of Hamilton (1792). The values must themselves add up to `total`, but for rounding.
    """
    step = Decimal(1).scaleb(-decimals)
    exact = [as_decimal(value) * total for value in values]
    floors = [value.quantize(step, rounding=ROUND_FLOOR, context=_EXACT) for value in exact]
    missing = int((total - sum(floors, Decimal(0))) / step)
    if not 0 <= missing <= len(values):
        raise ValueError(f"shares that are to be shown as a whole add up to {sum(values)}, not 1")
    gains = sorted(range(len(values)), key=lambda place: (floors[place] - exact[place], place))[:missing]
    return [floor + step if place in gains else floor for place, floor in enumerate(floors)]
