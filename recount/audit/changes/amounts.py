"""A change and its parts in words."""

from recount.audit.changes.causes import Parts
from recount.audit.changes.change import Change
from recount.display.formatter import Formatter
from recount.write.arithmetic import POINTS, RESPONDENTS, SHARE

# Parts are written finer than the numbers of the paper, so that small ones are seen.
FINER = 1


def causes(change: Change, formatter: Formatter) -> str:
    """Write the parts of a change, or why it has none."""
    if change.parts.why_not:
        return change.parts.why_not
    return "; ".join(_parts(change.parts, change.unit, formatter)) or "nothing that it counts"


def amount(part: float, unit: str, formatter: Formatter) -> str:
    """Write a part with its sign: of shares in points."""
    if unit in (SHARE, POINTS):
        decimals = formatter.display.percent_decimals + FINER
        return formatter.points(part, decimals=decimals, signed=True, short=True) + " points"
    sign = "+" if part > 0 else "−"
    if unit in (RESPONDENTS, "number") and part == round(part):
        return sign + formatter.count(abs(part))
    return sign + formatter.number(abs(part), decimals=formatter.display.decimals + FINER)


def _parts(parts: Parts, unit: str, formatter: Formatter) -> list[str]:
    return [f"{cause} {amount(float(part), unit, formatter)}" for cause, part in parts.parts]
