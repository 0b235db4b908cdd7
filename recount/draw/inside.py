"""Text inside axes, at a place of the data."""

from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from recount.draw.sheet import Across
from recount.draw.theme import INK, MM, SMALL, half_capital


def write_inside(
    axes: Axes, x: float, y: float, text: str, *, colour: str = INK, size: float = SMALL, across: Across = "center"
) -> Text:
    """Write one line that stands by its capitals on a place of the data, as the texts beside the axes do."""
    figure = axes.get_figure(root=True)
    if figure is None:
        raise ValueError("axes that belong to no figure cannot be written on")
    lower = ScaledTranslation(0, -half_capital(size) * MM, figure.dpi_scale_trans)
    place = axes.transData + lower
    return axes.text(x, y, text, fontsize=size, color=colour, ha=across, va="baseline", transform=place)
