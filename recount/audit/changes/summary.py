"""What became of a table or figure, in few lines however many of its numbers moved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from recount.audit.changes.amounts import amount
from recount.audit.changes.change import Change
from recount.audit.changes.floats import Cell, Float
from recount.display.counts import counted
from recount.display.formatter import Formatter
from recount.write.arithmetic import POINTS, SHARE

# The largest movements that are told of one table; the others stand in the file.
SHOWN = 3


@dataclass(frozen=True)
class Summary:
    """What is told of one table or figure: how much moved, what most, because of what, and what else is to be known."""

    title: str
    size: str
    largest: tuple[Cell, ...]
    causes: tuple[str, ...]
    others: tuple[str, ...]


def summaries(floats: Iterable[Float], formatter: Formatter) -> list[Summary]:
    """Sum up the tables and figures of which a number moved, or which show nothing on one side."""
    return [_summary(each, formatter) for each in floats if each.moved or each.lacking]


def _summary(found: Float, formatter: Formatter) -> Summary:
    values = [each for each in found.moved if not each.beside and None not in each.change.ends]
    order = sorted(values, key=lambda cell: (not _in_points(cell.change), -abs(cell.change.moved)))
    return Summary(
        title=found.title,
        size=_size(found, len(values)),
        largest=tuple(order[:SHOWN]),
        causes=tuple(_causes([each.change for each in values], formatter)),
        others=(*_others(found, values), *found.lacking),
    )


def _size(found: Float, values: int) -> str:
    moved = len(found.moved)
    if not moved:
        return f"none of {counted(len(found.cells), 'number')} reads otherwise"
    beside = moved - values
    also = f" ({beside} of them intervals, bases, or on one side alone)" if beside else ""
    return f"{moved} of {counted(len(found.cells), 'number')} {'reads' if moved == 1 else 'read'} otherwise{also}"


def _causes(changes: Sequence[Change], formatter: Formatter) -> Iterable[str]:
    """Each cause with how many numbers it moved, and how far those that are measured in points."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        for cause, _ in change.parts.parts:
            found.setdefault(cause, []).append(change)
    for cause, moved in sorted(found.items(), key=lambda each: -len(each[1])):
        parts = [dict(change.parts.parts)[cause] for change in moved if _in_points(change)]
        yield f"{cause}: {counted(len(moved), 'number')}{_span(parts, formatter)}"


def _span(parts: Sequence[Fraction], formatter: Formatter) -> str:
    if not parts:
        return ""
    ends = list(dict.fromkeys(amount(float(each), POINTS, formatter) for each in (min(parts), max(parts))))
    return f", {' to '.join(ends)}".replace(" points to ", " to ")


def _others(found: Float, values: Sequence[Cell]) -> Iterable[str]:
    """What was not taken apart, what stands on one side alone, and what forbids to compare; each with how often."""
    why: dict[str, int] = {}
    for cell in (*values, *(each for each in found.moved if None in each.change.ends)):
        if cell.change.parts.why_not:
            why[cell.change.parts.why_not] = why.get(cell.change.parts.why_not, 0) + 1
    yield from (f"{counted(count, 'number')}: {each}" for each, count in why.items())
    broken = dict.fromkeys(each for cell in found.moved for each in cell.change.breaks)
    yield from (f"not comparable: {each}" for each in broken)


def _in_points(change: Change) -> bool:
    return change.unit in (SHARE, POINTS)
