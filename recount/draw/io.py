"""Writing a figure: three picture formats, its source data, its alternative text."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.text import Text

from recount.draw.drawn import Drawn
from recount.draw.fonts import needs_second
from recount.draw.theme import DPI, themed
from recount.ingest.guard import guarded

# What would differ between two builds, or tell of the machine, is left out of the files.
_SILENT: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
# Columns of the source data that hold what people wrote.
TEXTS = ("label", "series", "panel", "display")
# How a PDF holds its fonts: journals want TrueType, which an East Asian font with its other kind of outlines is not.
_TRUETYPE, _DRAWN = 42, 3


def write_drawn(drawn: Drawn, stem: Path) -> None:
    """Write STEM.svg, .png, .pdf, .csv and .txt; the same figure gives the same bytes."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    with themed():
        mpl.rcParams["pdf.fonttype"] = _fonts_of(drawn)
        for suffix, metadata in _SILENT.items():
            drawn.picture.savefig(_beside(stem, suffix), format=suffix, dpi=DPI, metadata=metadata)
    source = drawn.source.assign(**{name: guarded(drawn.source[name].astype("str")) for name in TEXTS})
    source.to_csv(_beside(stem, "csv"), index=False, lineterminator="\n", encoding="utf-8")
    _beside(stem, "txt").write_text(f"{drawn.alternative}\n", encoding="utf-8", newline="\n")


def _fonts_of(drawn: Drawn) -> int:
    texts = (each.get_text() for each in drawn.picture.findobj(Text) if isinstance(each, Text))
    return _DRAWN if any(needs_second(text) for text in texts) else _TRUETYPE


def _beside(stem: Path, suffix: str) -> Path:
    return stem.with_name(f"{stem.name}.{suffix}")
