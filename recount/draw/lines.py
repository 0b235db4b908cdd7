"""The common ground of figures with an item a line: labels at the left, axes, columns of text at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from recount.draw.measure import width, wrapped
from recount.draw.sheet import MARGIN, Across, Sheet
from recount.draw.theme import FAINT, INK, QUIET, SMALL, TEXT, leading

GAP = 3.0
LABELS = 58.0  # at most, in millimetres
AXIS = 5.0
TOP, BARE = 6.2, 1.5  # above the headings, with and without a mark or legend


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column of text beside the axes: its heading, and how wide it is."""

    heading: str
    width: float
    across: Across = "left"


@dataclass(frozen=True, kw_only=True)
class Lines:
    """A sheet with its lines laid out; `centres` and places of columns are in millimetres, `axes` count y so too."""

    sheet: Sheet
    axes: Axes
    centres: tuple[float, ...]
    columns: tuple[float, ...]
    across: tuple[Across, ...]
    top: float
    left: float
    wide: float

    def write(
        self, column: int, line: int, text: str, *, colour: str = QUIET, shift: float = 0.0, size: float = TEXT
    ) -> None:
        """Write into a column at the right, perhaps some millimetres from where it begins."""
        self.sheet.text(
            self.columns[column] + shift,
            self.top + self.centres[line],
            text,
            size=size,
            colour=colour,
            across=self.across[column],
        )

    def write_hidden(self, line: int, text: str) -> None:
        """Write why there is no value, where the columns would be."""
        self.sheet.text(self.left + self.wide + GAP, self.top + self.centres[line], text, colour=QUIET)

    def head_at(self, x: float, text: str) -> None:
        """Write a heading above a place of the axes, which is given in their own units."""
        low, high = self.axes.get_xlim()
        place = self.left + (x - low) / (high - low) * self.wide
        self.sheet.text(place, self.top - 0.8, text, size=SMALL, colour=QUIET, down="bottom")


def lay_out(
    labels: Sequence[str],
    *,
    columns: Sequence[Column],
    note: str,
    pitch: float,
    head: float = TOP,
    quiet: Sequence[bool] = (),
) -> Lines:
    """Make the sheet as high as its lines need, and write the labels, the headings and the note below.

    Args:
        labels: what each line shows.
        columns: the columns at the right, from left to right.
        note: what stands below the axis, in small letters.
        pitch: the least height of a line, in millimetres.
        head: the height above the headings, where a legend or a mark stands.
        quiet: for each line, whether its label stands back.
    """
    broken = [wrapped(label, LABELS, TEXT) for label in labels]
    heights = [max(pitch, leading(TEXT) * (label.count("\n") + 1) + 2.2) for label in broken]
    centres = tuple(sum(heights[:place]) + height / 2 for place, height in enumerate(heights))
    headings = max((column.heading.count("\n") + 1 for column in columns if column.heading), default=0)
    top = head + headings * leading(SMALL) + 1.0
    below = wrapped(note, 180.0, SMALL)
    foot = AXIS + leading(SMALL) * (below.count("\n") + 1) + 3.0
    sheet = Sheet(top + sum(heights) + foot)
    left = MARGIN + max(width(line, TEXT) for label in broken for line in label.split("\n")) + GAP
    right = sheet.width - MARGIN - sum(column.width for column in columns)
    axes = sheet.axes(left, top, right - left - GAP, sum(heights))
    axes.set_ylim(sum(heights), 0)
    places = _places(columns, right)
    for place, (label, centre) in enumerate(zip(broken, centres, strict=True)):
        colour = QUIET if quiet and quiet[place] else INK
        sheet.text(left - GAP, top + centre, label, colour=colour, across="right")
    for column, x in zip(columns, places, strict=True):
        sheet.text(x, top - 0.8, column.heading, size=SMALL, colour=QUIET, across=column.across, down="bottom")
    sheet.text(MARGIN, sheet.height - MARGIN, below, size=SMALL, colour=QUIET, down="bottom")
    return Lines(
        sheet=sheet,
        axes=axes,
        centres=centres,
        columns=places,
        across=tuple(each.across for each in columns),
        top=top,
        left=left,
        wide=right - left - GAP,
    )


def _places(columns: Sequence[Column], start: float) -> tuple[float, ...]:
    """Where the text of each column begins, or ends where it is set right, from `start` on; in millimetres."""
    return tuple(
        start + sum(each.width for each in columns[:place]) + (column.width if column.across == "right" else 0)
        for place, column in enumerate(columns)
    )


def rule(axes: Axes, at: float) -> None:
    """Draw a thin vertical line behind everything."""
    axes.axvline(at, color=FAINT, linewidth=0.5, zorder=0)
