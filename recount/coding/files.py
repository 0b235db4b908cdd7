"""The files that people who code write, found by their names."""

from pathlib import Path

# What spreadsheets and editors leave beside an open file.
TEMPORARY = ("~$", ".")


def coding_files(folder: str | Path, wave: str) -> list[Path]:
    """List the wave's files of coders and adjudicators, sorted by name.

    Files whose names fit no question that is coded are listed too, so that a run meets them, and `read_codings` tells
    of them: a coder's work must not be left out in silence.
    """
    found = (path for path in (Path(folder) / wave).glob("*") if path.suffix.lower() == ".csv")
    return sorted(path for path in found if not path.name.startswith(TEMPORARY))


def name_parts(path: Path) -> tuple[str, str] | None:
    """Give question and coder from QUESTION.CODER.csv; None for another name."""
    parts = path.stem.split(".")
    return (parts[0], parts[1]) if len(parts) == 2 and all(parts) else None  # noqa: PLR2004 - question and coder
