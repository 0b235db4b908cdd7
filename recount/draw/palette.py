"""Colours of a scale, from one end over the middle to the other."""

import matplotlib as mpl

from recount.draw.theme import INK, MIDDLE, PAPER

# Hues of Okabe and Ito's vermillion and blue, in HUSL: apart with every common colour vision.
NEGATIVE, POSITIVE = 26, 245
SATURATION, LIGHTNESS = 92, 48
DARK = 0.3
MOST = 0.8


def diverging_colours(count: int) -> list[str]:
    """Choose the colours of `count` ordered categories, from the negative end to the positive one.

    seaborn's diverging palette keeps the steps of lightness even for any number of categories, so that neighbours
    differ in grey as well, and both sides weigh the same to the eye.
    """
    from seaborn import diverging_palette  # noqa: PLC0415 - late: it costs more than a second, and one kind needs it

    colours = diverging_palette(NEGATIVE, POSITIVE, s=SATURATION, l=LIGHTNESS, n=count)
    # The middle is a grey that stands out from the paper.
    return [mpl.colors.to_hex(colour) if lightness(colour) < MOST else MIDDLE for colour in colours]


def lightness(colour: str | tuple[float, ...]) -> float:
    """Measure how light a colour is, 0 to 1 (relative luminance, Rec. 709)."""
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in mpl.colors.to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def on(colour: str) -> str:
    """Choose the ink that is read best on a colour."""
    return PAPER if lightness(colour) < DARK else INK
