"""A workbook in which a coder ticks codes in Excel: a sheet a question, and the codebook beside them.

An answer is a row, a code is a column; `x` gives the code. Answers are strangers' text: every cell is written as text,
never as a formula, and marked so that a spreadsheet takes it for text when it is typed into, too.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

import pandas as pd

from recount.coding.exchange.archive import THE_TIME, Archive, packed
from recount.coding.exchange.booksheet import BOOK, SHEET, book_rows
from recount.coding.exchange.booksheet import WIDTHS as BOOK_WIDTHS
from recount.coding.exchange.identity import writable
from recount.coding.lines import Answers
from recount.coding.sets import codes_in
from recount.study.codebook import NONE, Code, Codebook

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FRONT = ("respondent", "answer")
BACK = ("note", "answer_sha256")
TICK = "x"
# What a cell can hold, and what a sheet can be called.
CELL = 32_767
SHEET_NAME = 31
WIDTHS = {"respondent": 14, "answer": 70, "note": 30, "answer_sha256": 12}
CODE_WIDTH = 11


def workbook_of(codebook: Codebook, answers: Mapping[str, Answers], given: Mapping[str, pd.DataFrame]) -> bytes:
    """Write the answers of some questions as a workbook, with the codes that one coder gave (lines by question)."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, question in sheet_names(answers).items():
        _question(book.create_sheet(name), codebook.questions[question], answers[question], given.get(question))
    asked = {question: codebook.questions[question] for question in answers}
    _codebook(book.create_sheet(SHEET), codebook.model_copy(update={"questions": asked}))
    stream = BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def sheet_names(questions: Iterable[str]) -> dict[str, str]:
    """Name a question's sheet by its id, as far as a sheet's name can be so long."""
    names: dict[str, str] = {}
    for question in questions:
        name, count = question[:SHEET_NAME], 1
        while name.casefold() in {taken.casefold() for taken in (*names, SHEET)}:
            count += 1
            name = f"{question[: SHEET_NAME - 3]} {count}"
        names[name] = question
    return names


def _question(sheet: "Worksheet", codes: Sequence[Code], answers: Answers, given: pd.DataFrame | None) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    columns = (*(code.id for code in codes), NONE)
    header = (*FRONT, *columns, *BACK)
    said = {} if given is None else {(row["respondent"], row["answer_sha256"]): row for row in given.to_dict("records")}
    _row(sheet, 1, header)
    for place, (who, text, digest) in enumerate(
        zip(answers.respondents, answers.texts, answers.hashes, strict=True), start=2
    ):
        row = said.get((who, digest), {"codes": "", "note": ""})
        chosen = codes_in(row["codes"])
        ticks = (TICK if code in chosen else "" for code in columns)
        _row(sheet, place, (who, text, *ticks, row["note"], digest))
    first, last = len(FRONT) + 1, len(FRONT) + len(columns)
    ticked = DataValidation(type="list", formula1=f'"{TICK}"', allow_blank=True, showErrorMessage=True)
    ticked.error = f"{TICK} gives the code; nothing does not"
    ticked.add(f"{get_column_letter(first)}2:{get_column_letter(last)}{len(answers.texts) + 1}")
    sheet.add_data_validation(ticked)
    for number, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = WIDTHS.get(name, CODE_WIDTH)
    sheet.freeze_panes = f"{get_column_letter(first)}2"


def _codebook(sheet: "Worksheet", codebook: Codebook) -> None:
    from openpyxl.utils import get_column_letter

    for place, row in enumerate((BOOK, *book_rows(codebook)), start=1):
        _row(sheet, place, row)
    for number, name in enumerate(BOOK, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = BOOK_WIDTHS[name]
    sheet.freeze_panes = "C2"


def _row(sheet: "Worksheet", place: int, texts: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font

    for number, text in enumerate(texts, start=1):
        if text or place == 1:
            cell = sheet.cell(place, number)
            cell.value = writable(text)[:CELL]
            cell.data_type = "s"  # also where it looks like a formula
            cell.style = "Normal"
            cell.quotePrefix = True
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=place == 1)


def _timeless(content: bytes) -> bytes:
    """Write a workbook again with fixed times, within it and around it."""
    archive = Archive(content, "workbook")
    files = {name: archive.read(name) or b"" for name in archive.names}
    stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*THE_TIME).encode()
    core = "docProps/core.xml"
    files[core] = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, files[core])
    return packed(files)
