"""How wide a text is, and how it breaks into lines."""

import re
import unicodedata
from functools import cache

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties

from recount.draw.fonts import families
from recount.draw.theme import MM

# Fine enough that rounding to whole pixels does not matter.
_DPI = 720
# A word; or one East Asian letter, for those lines break anywhere.
_PIECES = re.compile(r"[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+")


def plain(text: str) -> str:
    """Take out runs of blanks and what cannot be seen, such as control characters and turns of direction."""
    visible = "".join(each if each.isprintable() else _unseen(each) for each in text)
    return " ".join(visible.split())


def _unseen(letter: str) -> str:
    return "" if unicodedata.category(letter) == "Cf" else " "


@cache
def width(text: str, size: float, weight: str = "normal") -> float:
    """Measure one line of text, in millimetres."""
    properties = FontProperties(family=families(text), size=size, weight=weight)
    pixels = _renderer().get_text_width_height_descent(text, properties, ismath=False)[0]  # type: ignore[no-untyped-call]
    return float(pixels) / _DPI / MM


def wrapped(text: str, limit: float, size: float) -> str:
    """Break a text into lines no wider than `limit` millimetres; only a word that is wider itself is cut."""
    lines, line = [], ""
    for piece in _PIECES.findall(plain(text)):
        for part in _cut(piece, limit, size):
            if line and width((line + part).rstrip(), size) > limit:
                lines.append(line.rstrip())
                line = part.lstrip()
            else:
                line += part
    return "\n".join([*lines, line.rstrip()]).strip("\n")


def _cut(word: str, limit: float, size: float) -> list[str]:
    if width(word, size) <= limit:
        return [word]
    parts = [""]
    for letter in word:
        if parts[-1] and width(parts[-1] + letter, size) > limit:
            parts.append("")
        parts[-1] += letter
    return parts


@cache
def _renderer() -> RendererAgg:
    return RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]
