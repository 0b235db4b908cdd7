"""Reading what pages are made of, and writing them."""

from collections.abc import Iterable
from pathlib import Path


def read_assets(files: Iterable[str | Path]) -> dict[str, str]:
    """Read templates, styles and scripts, by their names."""
    return {Path(file).name: Path(file).read_text(encoding="utf-8") for file in files}


def write_page(page: str, output: str | Path) -> None:
    """Write a page; the same inputs give the same bytes."""
    Path(output).parent.mkdir(parents=True, exist_ok=True)
    Path(output).write_bytes(page.encode("utf-8"))
