"""The files of quotation: who cleared what, which names are taken out, which words stay; and what comes of them.

data/coding/cleared/WAVE.csv    respondent, question, answer_sha256, language, cleared_by, when
data/coding/cleared/names.csv   text, kind: taken out wherever it stands (kind: name, city, ...)
data/coding/cleared/keep.txt    words that stay, one a line
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

from recount.coding.io import read_quotable, write_text
from recount.coding.verbatim.places import place_names
from recount.coding.verbatim.quotable import CLEARED, Quotable
from recount.coding.verbatim.redact import Redactor, redactor
from recount.errors import CodingError, Finding

NAMES = ("text", "kind")
KIND = "name"

__all__ = ["read_cleared", "read_quotable", "read_redactor", "write_quotable"]


class Outputs(Protocol):
    """Where the tables of a wave go."""

    quotable: str
    redactions: str


def read_cleared(path: str | Path) -> pd.DataFrame:
    """Read the clearances of a wave, with `file` and `line`; raise `CodingError` where the header is another."""
    return _rows(Path(path), CLEARED)


def read_redactor(folder: str | Path, languages: Sequence[str]) -> Redactor:
    """Read the study's lists from the folder of clearances, and take the names of places in these languages."""
    names, keep = Path(folder, "names.csv"), Path(folder, "keep.txt")
    listed = _rows(names, NAMES) if names.exists() else pd.DataFrame(columns=list(NAMES))
    kept = keep.read_text(encoding="utf-8-sig").splitlines() if keep.exists() else []
    return redactor(
        place_names(tuple(sorted({"en", *languages}))),
        {text: kind or KIND for text, kind in zip(listed["text"], listed["kind"], strict=True) if text},
        [word for word in kept if word.strip()],
    )


def write_quotable(found: Quotable, outputs: Outputs) -> None:
    """Write quotable.csv and redactions.csv."""
    write_text(found.answers, outputs.quotable)
    write_text(found.redactions, outputs.redactions)


def _rows(path: Path, header: tuple[str, ...]) -> pd.DataFrame:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CodingError(Finding(problem="the file is not UTF-8", file=path.as_posix())) from None
    reader = csv.DictReader(text.splitlines())
    if tuple(name.strip() for name in reader.fieldnames or ()) != header:
        raise CodingError(
            Finding(
                problem="the header is another",
                file=path.as_posix(),
                row=1,
                value=",".join(reader.fieldnames or ()),
                expected=",".join(header),
            )
        )
    rows = [
        {**{name: (row[name] or "").strip() for name in header}, "file": path.as_posix(), "line": reader.line_num}
        for row in reader
    ]
    return pd.DataFrame(rows, columns=[*header, "file", "line"])
