"""Corrections by people: what a raw cell should say, and which responses were withdrawn."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.context import Files
from recount.errors import Finding, nearest
from recount.ingest.raw import RawExport

HEADER = ("row", "respondent", "column", "before", "after", "reason", "by")
WHOLE = "*"
EXCLUDE = "exclude"


@dataclass(frozen=True)
class CorrectedCell:
    """One raw cell that a person corrected: the response (by position), the column, what stood there, and why."""

    position: int
    column: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Corrected:
    """The export with its corrections, the cells corrected, the responses withdrawn (by position) and why."""

    raw: RawExport
    cells: tuple[CorrectedCell, ...] = ()
    withdrawn: Mapping[int, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def correct(raw: RawExport, corrections: pd.DataFrame | None, respondents: pa.Array, files: Files) -> Corrected:
    """Apply corrections to raw cells; each must find what it says stood there.

    `corrections` has the columns of data/corrections/WAVE.csv, and perhaps `line`, the row of that file. `respondents`
    are the ids as the export has them. What does not fit is a finding; nothing is applied to that cell.
    """
    if corrections is None or corrections.empty:
        return Corrected(raw)
    position_of = pd.Index(raw.cells["row"].to_numpy())
    cells: dict[tuple[int, str], CorrectedCell] = {}
    withdrawn: dict[int, str] = {}
    findings: list[Finding] = []
    for line, correction in _lines(corrections):
        position = int(position_of.get_indexer([correction["row"]])[0])
        faults = list(_faults(correction, position, raw, respondents))
        key = (position, correction["column"])
        if not faults and (key in cells or (position in withdrawn and correction["column"] == WHOLE)):
            faults = [Finding(problem="this cell is corrected twice", expected="one correction a cell")]
        place = f"{correction['column']} of row {correction['row']}"
        findings += [replace(fault, file=files.corrections, row=line, key=place) for fault in faults]
        why = f"{correction['reason']} ({correction['by']})"
        if not faults and correction["column"] == WHOLE:
            withdrawn[position] = why
        elif not faults:
            column = raw.named(correction["column"])
            name = column.name if column else correction["column"]
            cells[key] = CorrectedCell(position, name, _text(raw, name, position), correction["after"], why)
    applied = tuple(sorted(cells.values(), key=lambda cell: (cell.position, cell.column)))
    return Corrected(_applied(raw, applied), applied, withdrawn, tuple(findings))


def _lines(corrections: pd.DataFrame) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each correction with the row of the file in which it stands."""
    for place, record in enumerate(corrections.to_dict("records")):
        yield int(record.get("line", place + 2)), {str(key): value for key, value in record.items()}


def _faults(correction: Mapping[str, Any], position: int, raw: RawExport, respondents: pa.Array) -> Iterator[Finding]:
    if position < 0:
        yield Finding(problem="the export has no response in this row", value=str(correction["row"]))
        return
    respondent = respondents[position].as_py() or ""
    if correction["respondent"] and correction["respondent"].strip() != respondent:
        yield Finding(
            problem="this row is another respondent's", value=correction["respondent"], expected=repr(respondent)
        )
    if correction["column"] == WHOLE:
        if correction["after"] != EXCLUDE:
            yield Finding(
                problem="a correction of the whole response can only exclude it",
                value=correction["after"],
                expected=repr(EXCLUDE),
            )
        return
    column = raw.named(correction["column"])
    if column is None:
        known = [each.name for each in raw.columns]
        yield Finding(
            problem="the export has no such column",
            value=correction["column"],
            expected=nearest(correction["column"], known),
        )
        return
    standing = _text(raw, column.name, position)
    if _unwrapped(correction["before"]) != _unwrapped(standing):
        yield Finding(problem="this is not what stands there", value=correction["before"], expected=repr(standing))


def _text(raw: RawExport, column: str, position: int) -> str:
    return str(raw.cells[column][position].as_py() or "")


def _unwrapped(text: str) -> str:
    """Spreadsheets rewrite the line ends inside a cell."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _applied(raw: RawExport, corrected: tuple[CorrectedCell, ...]) -> RawExport:
    by_column: dict[str, list[CorrectedCell]] = defaultdict(list)
    for cell in corrected:
        by_column[cell.column].append(cell)
    cells = raw.cells
    for name, changed in by_column.items():
        mask = np.zeros(len(cells), dtype=bool)
        mask[[cell.position for cell in changed]] = True
        column = raw.texts(name).cast(pa.large_string()).combine_chunks()
        texts = pa.array([cell.after for cell in changed], pa.large_string())
        place = cells.schema.get_field_index(name)
        cells = cells.set_column(place, name, pc.replace_with_mask(column, pa.array(mask), texts))
    return replace(raw, cells=cells)
