"""Excel workbooks (.xlsx): one sheet, its cells as the text that a person would have typed."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree.ElementTree import ParseError

from recount.errors import ExportError, Finding, nearest
from recount.ingest.numbers import duration_text, number_text
from recount.ingest.records import Record

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

# A formula without a value; an empty text is a value, and says t="str".
VALUELESS = re.compile(
    rb'<c r="([A-Z]+[0-9]+)"(?![^>]*t="str")[^>]*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
BATCH = 1_000
MENDS = "set `sheet:` of the wave in config.yaml"


def records(path: Path, *, file: str, sheet: str | None = None) -> Iterator[Record]:
    """Read the rows of a sheet, each with its number; a blank row is no record, an empty cell is None.

    Without `sheet`, the workbook must have just one visible sheet that is not empty. A formula gives the value that was
    saved with it. Raise `ExportError` where the workbook cannot be read, or a formula was saved without its value.
    """
    try:
        with path.open("rb") as stream:
            chosen = _chosen(_opened(stream), file, sheet)
            _refuse_unsaved_formulas(path, chosen, file)
            yield from _rows(chosen, file)
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, OSError) as error:
        raise ExportError(
            Finding(
                problem=f"the workbook cannot be read: {error}",
                file=file,
                expected="an Excel workbook (.xlsx) without a password",
                mend="open it, and save it as .xlsx again",
            )
        ) from None


def _opened(stream: BinaryIO) -> Any:
    """Open a workbook from a stream, since openpyxl refuses a path without the usual extension."""
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions, which hold no cells
        return openpyxl.load_workbook(stream, read_only=True, data_only=True)


def cell_text(value: Any) -> str | None:
    """Write a cell's value as it would be typed: 5 and not 5.0, dates in ISO form, at midnight without a time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    written = next((text for kind, text in TEXTS if isinstance(value, kind)), str)
    return None if value is None else written(value)


def _unescaped(text: str) -> str:
    """Undo the `_x000D_` that Excel writes for control characters."""
    if "_x" not in text:
        return text
    from openpyxl.utils.escape import unescape

    return str(unescape(text))


def _moment_text(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")


# The first kind that fits: a datetime is a date, too.
TEXTS: tuple[tuple[Any, Callable[[Any], str]], ...] = (
    (str, _unescaped),
    (int | float, number_text),
    (datetime, _moment_text),
    (date | time, lambda value: value.isoformat()),
    (timedelta, lambda value: duration_text(value.total_seconds())),
)


def _rows(sheet: "ReadOnlyWorksheet", file: str) -> Iterator[Record]:
    sheet.reset_dimensions()  # many programs write wrong ones
    numbered = enumerate(sheet.iter_rows(values_only=True), start=1)
    while batch := _batch(numbered, file):
        for number, values in batch:
            cells = [cell_text(value) for value in values]
            while cells and cells[-1] is None:
                cells.pop()
            if cells:
                yield number, cells


def _batch(numbered: Iterator[tuple[int, Any]], file: str) -> list[tuple[int, Any]]:
    """Read some rows; openpyxl warns of, and drops, a number that is no date but formatted as one: that is an error."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        rows = list(islice(numbered, BATCH))
    lost = [str(each.message) for each in told if "marked as a date" in str(each.message)]
    if lost:
        raise ExportError(
            *(Finding(problem=problem, file=file, mend="give the cell a number format and save") for problem in lost)
        )
    return rows


def _chosen(workbook: Any, file: str, sheet: str | None) -> "ReadOnlyWorksheet":
    if sheet is not None:
        if sheet in workbook.sheetnames:
            return workbook[sheet]
        raise ExportError(
            Finding(
                problem="the workbook has no such sheet",
                file=file,
                key="sheet",
                value=sheet,
                expected=nearest(sheet, workbook.sheetnames),
                mend=MENDS,
            )
        )
    filled = [each for each in workbook.worksheets if each.sheet_state == "visible" and next(_rows(each, file), None)]
    if len(filled) == 1:
        return filled[0]
    problem = "several sheets of the workbook hold cells" if filled else "the workbook is empty"
    names = ", ".join(repr(each.title) for each in filled or workbook.worksheets)
    raise ExportError(Finding(problem=problem, file=file, expected=f"one of the sheets {names}", mend=MENDS))


def _refuse_unsaved_formulas(path: Path, sheet: "ReadOnlyWorksheet", file: str) -> None:
    """A program that does not calculate saves formulas without values: such cells would be lost."""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as xml:  # noqa: SLF001 - no public name
        content = xml.read()
    lost = [
        Finding(
            problem="the formula was saved without its value",
            file=file,
            key=place.decode(),
            expected="a value",
            mend="open the workbook in a spreadsheet, let it calculate, and save it",
        )
        for place in VALUELESS.findall(content)
    ]
    if lost:
        raise ExportError(*lost)
