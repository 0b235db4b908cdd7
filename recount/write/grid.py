"""Tables as pandoc's pipe tables: real tables in every document, cells on one line, widths by their content."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDEST, NARROWEST = 48, 5
# Above this many characters in a line pandoc takes the relative widths from the rule under the head.
LINE = 80


@dataclass(frozen=True)
class Cell:
    """The Markdown of one cell, and how many characters a reader sees of it."""

    markdown: str
    width: int


EMPTY = Cell("", 0)


@dataclass(frozen=True)
class Grid:
    """A head and rows of the same length; the columns `names` hold text, the others values."""

    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    names: tuple[int, ...] = (0,)

    def markdown(self) -> str:
        """Write the table; names to the left, values to the right."""
        widths = _widths([self.head, *self.rows])
        lines = ["-" * width for width in widths]
        rule = [f":{line}" if place in self.names else f"{line}:" for place, line in enumerate(lines)]
        cells = [[cell.markdown for cell in row] for row in (self.head, *self.rows)]
        return "\n".join(f"| {' | '.join(line)} |" for line in (cells[0], rule, *cells[1:]))


def _widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    widths = [min(max(NARROWEST, *(cell.width for cell in column)), WIDEST) for column in zip(*rows, strict=True)]
    # A value's head may break into lines at its blanks, its values may not.
    values = [max(NARROWEST, *(row[place].width for row in rows[1:]), 0) for place in range(1, len(widths))]
    widths[1:] = [max(value, min(width, 14)) for value, width in zip(values, widths[1:], strict=True)]
    scale = max(1, -(-LINE // max(sum(widths), 1)))
    return [width * scale for width in widths]
