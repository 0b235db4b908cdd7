"""An empty figure, measured in millimetres from its top left corner."""

from typing import Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from recount.draw.fonts import families
from recount.draw.measure import plain
from recount.draw.theme import DOUBLE, INK, MM, PAPER, SMALL, SPACING, TEXT, WARNING, half_capital, leading

Across = Literal["left", "center", "right"]
Down = Literal["top", "center", "bottom", "baseline"]

MARGIN = 1.5


class Sheet:
    """A white figure on which text, axes and boxes are placed by millimetres."""

    def __init__(self, height: float, *, width: float = DOUBLE) -> None:
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width * MM, height * MM))
        FigureCanvasAgg(self.figure)

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Place axes without any frame, of which each kind of figure turns on what it needs."""
        made = self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )
        for side in made.spines.values():
            side.set_visible(False)
        made.tick_params(left=False, bottom=False, labelleft=False, labelbottom=False)
        made.patch.set_visible(False)
        return made

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = TEXT,
        colour: str = INK,
        weight: str = "normal",
        across: Across = "left",
        down: Down = "center",
    ) -> Text:
        """Write text at a point; its line breaks are kept, and nothing in it is markup.

        Text in the `center` stands by its capitals, so that all texts of a line share one baseline.
        """
        kept = "\n".join(plain(line) for line in text.split("\n"))
        if down == "center":
            y += kept.count("\n") / 2 * leading(size) + half_capital(size)
        return self.figure.text(
            x / self.width,
            1 - y / self.height,
            kept,
            fontsize=size,
            color=colour,
            fontweight=weight,
            ha=across,
            va="baseline" if down == "center" else down,
            family=families(text),
            linespacing=SPACING,
            multialignment=across,
        )

    def box(self, left: float, top: float, width: float, height: float, *, fill: str, edge: str = "none") -> None:
        """Draw a rectangle."""
        corner = (left / self.width, 1 - (top + height) / self.height)
        size = (width / self.width, height / self.height)
        # Behind the axes that stand on it.
        self.figure.add_artist(Rectangle(corner, *size, facecolor=fill, edgecolor=edge, linewidth=0.6, zorder=-1))

    def arrow(self, start: tuple[float, float], end: tuple[float, float], *, colour: str) -> None:
        """Draw an arrow from one point to another."""
        ends = [(x / self.width, 1 - y / self.height) for x, y in (start, end)]
        self.figure.add_artist(
            FancyArrowPatch(
                *ends, arrowstyle="-|>", mutation_scale=5, linewidth=0.6, color=colour, shrinkA=0, shrinkB=0
            )
        )

    def mark(self, x: float, y: float, shape: str, *, colour: str, size: float, hollow: bool = False) -> None:
        """Draw one mark, as legends do."""
        place = ([x / self.width], [1 - y / self.height])
        face = PAPER if hollow else colour
        self.figure.add_artist(
            Line2D(*place, marker=shape, color=colour, markerfacecolor=face, markersize=size, linestyle="none")
        )

    def simulated(self, mark: str) -> None:
        """Say in the top right corner that responses are simulated; nothing where the mark is empty."""
        if not mark:
            return
        said = self.text(self.width - MARGIN - 1, 2.6, mark, size=SMALL, colour=WARNING, across="right")
        said.set_bbox({"boxstyle": "round,pad=0.25", "facecolor": "white", "edgecolor": WARNING, "linewidth": 0.5})
