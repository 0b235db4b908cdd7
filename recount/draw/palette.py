"""Colours of a scale, from one end over the middle to the other."""

from matplotlib.colors import to_hex, to_rgb

from recount.draw.theme import INK, MIDDLE, PAPER

# Hues of Okabe and Ito's vermillion and blue, in HUSL: apart with every common colour vision.
NEGATIVE, POSITIVE = 26, 245
SATURATION, LIGHTNESS = 92, 48
DARK = 0.3
MOST = 0.8
_WEIGHTS = (0.2126, 0.7152, 0.0722)
_TOE = 0.04045


def diverging_colours(count: int) -> list[str]:
    """Choose the colours of `count` ordered categories, from the negative end to the positive one.

    seaborn's diverging palette keeps the steps of lightness even for any number of categories, so that neighbours
    differ in grey as well, and both sides weigh the same to the eye.
    """
    from seaborn import diverging_palette  # late: it takes more than a second, and one kind of figure needs it

    colours = diverging_palette(NEGATIVE, POSITIVE, s=SATURATION, l=LIGHTNESS, n=count)
    # The middle is a grey that stands out from the paper.
    return [colour if lightness(colour) < MOST else MIDDLE for colour in map(to_hex, colours)]


def lightness(colour: str) -> float:
    """Measure how light a colour is, 0 to 1: its relative luminance (IEC 61966-2-1, Rec. 709)."""
    return sum(weight * _linear(each) for weight, each in zip(_WEIGHTS, to_rgb(colour), strict=True))


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _TOE else ((channel + 0.055) / 1.055) ** 2.4


def on(colour: str) -> str:
    """Choose the ink that is read best on a colour."""
    return PAPER if lightness(colour) < DARK else INK
