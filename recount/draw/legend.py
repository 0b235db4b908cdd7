"""A legend in one or more rows above a figure."""

from collections.abc import Sequence

from recount.draw.measure import width
from recount.draw.sheet import Sheet
from recount.draw.theme import QUIET, SMALL

SWATCH = 2.6
ROW = 3.8
BETWEEN = 3.5


def places(names: Sequence[str], limit: float) -> list[tuple[float, int]]:
    """Say where each entry stands, in millimetres from the left, and in which row, so that none is beyond `limit`."""
    found: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for name in names:
        needed = SWATCH + 1.2 + width(name, SMALL)
        if found and x + needed > limit:
            x, row = 0.0, row + 1
        found.append((x, row))
        x += needed + BETWEEN
    return found


def rows_of(names: Sequence[str], limit: float) -> int:
    """Count the rows that a legend needs."""
    return places(names, limit)[-1][1] + 1


def swatches(sheet: Sheet, left: float, top: float, entries: Sequence[tuple[str, str]], limit: float) -> None:
    """Draw coloured squares with their names; `entries` are (colour, name)."""
    for (colour, name), (x, row) in zip(entries, places([name for _, name in entries], limit), strict=True):
        y = top + ROW * row
        sheet.box(left + x, y - SWATCH / 2, SWATCH, SWATCH, fill=colour)
        sheet.text(left + x + SWATCH + 1.2, y, name, size=SMALL, colour=QUIET)
