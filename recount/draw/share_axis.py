"""The axis of shares: where it ends, its ticks, and how they are written."""

from matplotlib.axes import Axes

from recount.display.formatter import Formatter
from recount.draw.lines import rule

# Where an axis ends, and the step of its ticks.
ENDS = ((0.05, 0.01), (0.1, 0.02), (0.2, 0.05), (0.3, 0.1), (0.5, 0.1), (0.8, 0.2), (1.0, 0.25))


def end_of(highest: float) -> tuple[float, float]:
    """Choose where the axis ends, and its step, so that the highest value has room; a share ends at 1.

    Where nothing is above zero there is nothing to look at closely, and the axis goes to 1.
    """
    return next((each for each in ENDS if 0 < highest <= each[0]), ENDS[-1])


def share_axis(axes: Axes, highest: float, formatter: Formatter) -> None:
    """Draw an axis from 0 to the highest value, with faint lines at its ticks."""
    end, step = end_of(highest)
    axes.set_xlim(0, end)
    ticks = [step * place for place in range(round(end / step) + 1)]
    write_ticks(axes, ticks, [formatter.percent(tick, decimals=0) for tick in ticks])


def write_ticks(axes: Axes, ticks: list[float], texts: list[str]) -> None:
    """Draw ticks below the axes, each with its text and a faint line."""
    axes.set_xticks(ticks, texts)
    axes.tick_params(bottom=True, labelbottom=True)
    axes.spines["bottom"].set_visible(True)
    for tick in ticks:
        rule(axes, tick)
