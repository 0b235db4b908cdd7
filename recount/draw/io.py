"""Writing a figure: three picture formats, its source data, its alternative text."""

from pathlib import Path
from typing import Any

from recount.draw.drawn import Drawn
from recount.draw.theme import themed

DPI = 300
# What would differ between two builds, or tell of the machine, is left out of the files.
_SILENT: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}


def write_drawn(drawn: Drawn, stem: Path) -> None:
    """Write STEM.svg, .png, .pdf, .csv and .txt; the same figure gives the same bytes."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    with themed():
        for suffix, metadata in _SILENT.items():
            drawn.picture.savefig(_beside(stem, suffix), format=suffix, dpi=DPI, metadata=metadata)
    drawn.source.to_csv(_beside(stem, "csv"), index=False, lineterminator="\n", encoding="utf-8")
    _beside(stem, "txt").write_text(f"{drawn.alternative}\n", encoding="utf-8", newline="\n")


def _beside(stem: Path, suffix: str) -> Path:
    return stem.with_name(f"{stem.name}.{suffix}")
