import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from recount.errors import ExportError
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

Book = Callable[..., RawExport]


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Save rows as a workbook without extension, and read it; further sheets by keyword `sheets`."""

    def written(
        rows: list[list[Any]], *, sheets: dict[str, list[list[Any]]] | None = None, **settings: Any
    ) -> RawExport:
        workbook = openpyxl.Workbook()
        workbook.active.title = "Responses"
        for title, content in {"Responses": rows, **(sheets or {})}.items():
            sheet = workbook["Responses"] if title == "Responses" else workbook.create_sheet(title)
            for row in content:
                sheet.append(row)
        workbook.save(tmp_path / "export")
        return read_export(tmp_path / "export", name="export.xlsx", **settings)

    return written


def test_cells_read_as_a_person_typed_them(book: Book) -> None:
    typed: list[tuple[Any, str]] = [
        (5, "5"),
        (5.0, "5"),
        (-0.25, "-0.25"),
        (2.3, "2.3"),
        (1e-7, "1e-07"),
        (123456789012, "123456789012"),
        ("007", "007"),
        (" NA ", " NA "),
        (datetime(2020, 1, 5), "2020-01-05"),  # noqa: DTZ001 - Excel knows no time zones
        (datetime(2020, 1, 5, 14, 30), "2020-01-05 14:30:00"),  # noqa: DTZ001 - as above
        (date(2020, 2, 29), "2020-02-29"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=30, minutes=1), "30:01:00"),
        ("#N/A", "#N/A"),
        ("two\nlines", "two\nlines"),
    ]
    got = book([["a"], *([value] for value, _ in typed)])
    assert got.cells["a"].to_pylist() == [text for _, text in typed]
    assert (got.format, got.encoding, got.delimiter) == ("excel", "", "")


def test_truth_values_are_written_as_excel_shows_them(book: Book) -> None:
    assert book([["a", "b"], [True, False]]).cells["a"].to_pylist() == ["TRUE"]


def test_an_empty_cell_is_null_and_a_blank_row_counts(book: Book) -> None:
    got = book([["a", "b"], [1, None], [], [None, 2]])
    assert got.cells.to_pylist() == [{"row": 2, "a": "1", "b": None}, {"row": 4, "a": None, "b": "2"}]


def test_every_cell_of_a_sheet_is_accounted_for(book: Book) -> None:
    rows = [["a", None, "c"], [1, "x", None], [None, None, "y"], ["z"]]
    got = book(rows)
    held = sum(got.cells.num_rows - got.cells[each.name].null_count for each in got.columns)
    filled = sum(cell is not None for row in rows for cell in row)
    assert held + sum(bool(text) for text in got.header[0]) == filled
    assert [each.name for each in got.columns] == ["a", "column 2", "c"]


def test_a_note_beside_the_table_is_told(book: Book) -> None:
    with pytest.raises(ExportError, match="3 cells, the header 2") as error:
        book([["a", "b"], [1, 2], [1, 2, "look here"]])
    assert error.value.findings[0].row == 3


def test_a_platform_layout_is_recognised_in_a_workbook(book: Book) -> None:
    got = book([["Respondent ID", "Which?", None], [None, "A", "B"], [101, "A", None]])
    assert got.format == "surveymonkey"
    assert [each.name for each in got.columns] == ["Respondent ID", "Which? [A]", "Which? [B]"]
    assert got.cells["Respondent ID"].to_pylist() == ["101"]


def test_format_excel_means_one_plain_header_row(book: Book) -> None:
    got = book([["Respondent ID", "Which?"], [None, "Response"], [101, "A"]], format="excel", header_rows=1)
    assert (got.cells.num_rows, got.roles) == (2, {})


def test_one_of_several_sheets_is_chosen_by_the_author(book: Book) -> None:
    sheets = {"Codes": [["code"], ["x"]], "Empty": []}
    with pytest.raises(ExportError, match="several sheets") as error:
        book([["a"], [1]], sheets=sheets)
    assert "'Responses', 'Codes'" in error.value.findings[0].expected
    assert book([["a"], [1]], sheets=sheets, sheet="Codes").cells["code"].to_pylist() == ["x"]


def test_an_unknown_sheet_is_told_with_the_nearest(book: Book) -> None:
    with pytest.raises(ExportError, match="Responses"):
        book([["a"], [1]], sheet="responses")


def test_an_empty_workbook_is_told(book: Book) -> None:
    with pytest.raises(ExportError, match="workbook is empty"):
        book([])


def test_a_formula_saved_without_its_value_is_told(book: Book) -> None:
    with pytest.raises(ExportError, match="without its value") as error:
        book([["a", "b"], [1, "=A2*2"], [2, "=A3*2"]])
    assert [finding.key for finding in error.value.findings] == ["B2", "B3"]


def test_a_formula_gives_the_value_saved_with_it(book: Book, tmp_path: Path) -> None:
    with pytest.raises(ExportError):
        book([["a", "b"], [1, "=A2*2"], [2, '=""']])
    saved = _with_sheet(
        tmp_path / "export",
        lambda xml: (
            xml.replace(b"<f>A2*2</f><v></v>", b"<f>A2*2</f><v>2</v>")
            .replace(b"<f>A2*2</f><v />", b"<f>A2*2</f><v>2</v>")
            .replace(b'<c r="B3">', b'<c r="B3" t="str">')
        ),
    )
    got = read_export(saved, name="saved.xlsx")
    assert got.cells["b"].to_pylist() == ["2", None]


def test_a_number_that_is_no_date_but_formatted_as_one_is_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["a"])
    workbook.active.append([99999999])
    workbook.active["A2"].number_format = "yyyy-mm-dd"
    workbook.save(tmp_path / "export")
    with pytest.raises(ExportError, match="A2"):
        read_export(tmp_path / "export", name="export.xlsx")


def test_a_wrong_dimension_does_not_cut_the_sheet(book: Book, tmp_path: Path) -> None:
    book([["a", "b"], [1, 2], [3, 4]])
    cut = _with_sheet(tmp_path / "export", lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1"'))
    assert read_export(cut, name="cut.xlsx").cells["b"].to_pylist() == ["2", "4"]


def test_escaped_control_characters_are_read_as_excel_means_them(book: Book) -> None:
    assert book([["a"], ["x_x000D_y"]]).cells["a"].to_pylist() == ["x\ry"]


def test_a_damaged_workbook_is_told(book: Book, tmp_path: Path) -> None:
    book([["a"], [1]])
    damaged = tmp_path / "damaged"
    damaged.write_bytes((tmp_path / "export").read_bytes()[:-200])
    with pytest.raises(ExportError, match="damaged"):
        read_export(damaged, name="export.xlsx")


def test_a_sheet_whose_content_breaks_off_is_told(book: Book, tmp_path: Path) -> None:
    book([["a", "b"], *([number, number] for number in range(3000))])
    broken = _with_sheet(tmp_path / "export", lambda xml: xml[: len(xml) - 500])
    with pytest.raises(ExportError, match="cannot be read"):
        read_export(broken, name="export.xlsx")


def test_a_real_workbook_with_several_sheets_is_read_sheet_by_sheet(data: Path) -> None:
    got = read_export(data / "fixtures/odk/or_other.xlsx", name="or_other.xlsx", sheet="choices")
    assert got.cells.num_rows > 0
    assert "name" in got.cells.column_names


def _with_sheet(path: Path, changed: Callable[[bytes], bytes]) -> Path:
    """Copy a workbook with the XML of its sheet changed."""
    target = path.with_name("changed")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            copy.writestr(name, changed(content) if name.startswith("xl/worksheets/") else content)
    return target
