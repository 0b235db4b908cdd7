"""Reading what the paper is written from, and writing the paper with its ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from recount.errors import Finding, StudyError
from recount.ingest.guard import unguarded

if TYPE_CHECKING:  # whoever reads the ledger need not load all that writes the paper
    from recount.write.paper import Written

MARKDOWN, PRINTED, CLAIMS = "paper.md", "printed.json", "claims.json"
_ENTRY = re.compile(r"^[ \t]*@(\w+)[ \t]*[{(][ \t]*([^\s,{}]+)[ \t]*,", re.MULTILINE)
_NO_WORK = ("comment", "string", "preamble")


def read_template(file: str | Path) -> str:
    """Read the template of the paper; raise `StudyError` where there is none."""
    try:
        return Path(file).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StudyError(Finding(problem="there is no such template", file=str(file))) from None


def read_bibliography_keys(file: str | Path) -> list[str]:
    """Read the keys of a BibTeX file, in its order."""
    text = read_template(file)
    return [key for kind, key in _ENTRY.findall(text) if kind.lower() not in _NO_WORK]


def read_alternatives(files: Iterable[str | Path]) -> dict[str, str]:
    """Read the alternative texts of figures, by the name of the figure."""
    return {Path(file).stem: Path(file).read_text(encoding="utf-8").strip() for file in files}


def read_sources(files: Iterable[str | Path]) -> dict[str, pd.DataFrame]:
    """Read the source data of figures, by the name of the figure: texts, and `value` as a number."""
    return {Path(file).stem: _read_source(Path(file)) for file in files}


def write_written(written: Written, folder: str | Path) -> None:
    """Write paper.md, printed.json (the ledger, before its provenance) and claims.json into a folder."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    _write(place / MARKDOWN, written.markdown)
    _write(place / PRINTED, as_json(written.numbers))
    _write(place / CLAIMS, as_json(written.claims))


def read_numbers(file: str | Path) -> dict[str, Any]:
    """Read numbers.json, or printed.json."""
    return _read_json(file)


def write_numbers(numbers: dict[str, Any], file: str | Path) -> None:
    """Write numbers.json."""
    _write(Path(file), as_json(numbers))


def read_claims(file: str | Path) -> dict[str, Any]:
    """Read claims.json."""
    return _read_json(file)


def as_json(content: dict[str, Any]) -> str:
    """Write JSON the same way each time."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _read_source(file: Path) -> pd.DataFrame:
    table = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
    frame = table.apply(unguarded)
    # Python's own reading of a number is exact; that of a CSV reader may be off by the last digit.
    return frame.assign(value=[float(each or "nan") for each in frame["value"]])


def _read_json(file: str | Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(Path(file).read_text(encoding="utf-8"))
    return content


def _write(file: Path, text: str) -> None:
    file.write_bytes(text.encode("utf-8"))
