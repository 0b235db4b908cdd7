"""A number as it stands in estimates.csv, digit for digit: to be compared, not to be read."""

import math


def exact(value: float | None) -> str:
    """Write the shortest digits that give the same number back; blank where there is none."""
    if value is None or math.isnan(value):
        return ""
    return repr(float(value)).removesuffix(".0")


def whole(value: float | None) -> int | None:
    """Give a count as a whole number, None where there is none."""
    return None if value is None or math.isnan(value) else int(value)
