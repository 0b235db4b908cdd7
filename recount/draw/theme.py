"""How every figure looks: sizes of a journal, colours that all can tell apart, nothing that is not needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl

MM = 1 / 25.4  # of an inch
DPI = 300

# Widths of one and of two columns of a journal, in millimetres.
SINGLE, DOUBLE = 89.0, 183.0

# Sizes of text, in points.
TEXT, SMALL = 7.0, 6.0
SPACING = 1.15

# Okabe and Ito (2008), Color Universal Design: told apart with every common colour vision.
OKABE_ITO = {
    "black": "#000000",
    "orange": "#E69F00",
    "sky blue": "#56B4E9",
    "bluish green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "reddish purple": "#CC79A7",
}
MAIN = OKABE_ITO["blue"]
BAR = OKABE_ITO["sky blue"]
WARNING = OKABE_ITO["vermillion"]

# Waves in the order of time: the first three from light to dark, so that their order shows in grey as well; and a
# shape for each. There are fewer shapes than colours, so that no pair of them comes back before thirty waves.
WAVE_COLOURS = tuple(
    OKABE_ITO[name] for name in ("sky blue", "blue", "black", "vermillion", "bluish green", "reddish purple")
)
WAVE_SHAPES = ("o", "s", "D", "^", "v")

INK, QUIET, FAINT = "#1A1A1A", "#595959", "#DDDDDD"
# What is no opinion stands in greys, apart from the scale.
GREYS = ("#8C8C8C", "#C4C4C4")
MIDDLE = "#D9D9D9"
STRIPE = "#F3F3F3"
PAPER = "#FFFFFF"

FONT = "DejaVu Sans"  # comes with matplotlib
# Of that font, in millimetres for each point of size: from line to line, and half the height of a capital.
_LEADING, _HALF_CAPITAL = 0.4057, 0.1286

_SETTINGS: dict[str, Any] = {
    "font.family": [FONT],
    "font.size": TEXT,
    # A dollar in a label is a dollar.
    "text.parse_math": False,
    "text.usetex": False,
    # Letters as wide in every format and at every resolution as they were measured.
    "text.hinting": "none",
    "text.color": INK,
    "axes.unicode_minus": True,
    "axes.linewidth": 0.6,
    "axes.edgecolor": QUIET,
    "xtick.color": QUIET,
    "xtick.labelcolor": QUIET,
    "xtick.labelsize": SMALL,
    "xtick.major.width": 0.6,
    "xtick.major.size": 2.0,
    "xtick.major.pad": 2.0,
    "lines.linewidth": 1.0,
    "lines.solid_capstyle": "butt",
    "figure.facecolor": PAPER,
    "savefig.facecolor": PAPER,
    "savefig.bbox": None,
    # The names inside an SVG come from its content alone, and its letters are drawn, so that it looks alike everywhere.
    "svg.hashsalt": "recount",
    "svg.fonttype": "path",
    "pdf.compression": 6,
}


def leading(size: float) -> float:
    """Say how far it is from one line of text to the next, in millimetres."""
    return _LEADING * size


def half_capital(size: float) -> float:
    """Say how far below the middle of a line its letters stand, in millimetres."""
    return _HALF_CAPITAL * size


@contextmanager
def themed() -> Iterator[None]:
    """Set the theme for as long as a figure is made or written; what a user has set elsewhere comes back after."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        yield
