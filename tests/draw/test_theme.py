import pytest
from matplotlib.colors import to_rgb

from recount.draw.theme import OKABE_ITO, WAVE_COLOURS


def lightness(colour: str) -> float:
    """CIE L* of a colour, 0 to 100, as a grey print shows it."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    y = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def test_the_colours_are_those_of_okabe_and_ito() -> None:
    assert set(OKABE_ITO.values()) == {
        "#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7",
    }  # fmt: skip


def test_waves_differ_in_grey_too() -> None:
    grey = [lightness(colour) for colour in WAVE_COLOURS[:3]]
    assert min(abs(a - b) for place, a in enumerate(grey) for b in grey[place + 1 :]) > 10


def test_lightness_agrees_with_published_values() -> None:
    assert lightness("#FFFFFF") == pytest.approx(100, abs=0.01)
    assert lightness("#777777") == pytest.approx(50.03, abs=0.05)
