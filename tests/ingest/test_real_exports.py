from collections.abc import Callable
from pathlib import Path

import pyarrow.compute as pc
import pytest

from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

JUPYTER = "jupyter2015/20160115235816-SurveyExport.csv"
EXPORTS = {
    "masculinity/raw-responses.csv": ("csv", ",", 1615, 98, 1),
    "haskell/2021-state-of-haskell-survey-results.csv": ("csv", ",", 1152, 188, 1),
    "haskell/2022-state-of-haskell-survey-results.csv": ("csv", ",", 1038, 188, 1),
    JUPYTER: ("csv", ",", 1706, 37, 1),
    "jupyter2015/hinderances_themes.csv": ("csv", ";", 763, 3, 1),
    "thanksgiving/thanksgiving-2015-poll-data.csv": ("surveymonkey", ",", 1058, 65, 1),
    "fixtures/qualtrics/sample_3header.csv": ("qualtrics", ",", 1, 20, 3),
    "fixtures/qualtrics/sample_legacy_2header.csv": ("qualtrics-legacy", ",", 1, 16, 2),
    "fixtures/redcap/checkboxes-1_data.csv": ("csv", ",", 4, 13, 1),
    "fixtures/redcap/decimal_data.csv": ("csv", ",", 4, 9, 1),
    "fixtures/redcap/longitudinal_data.csv": ("csv", ",", 18, 125, 1),
    "fixtures/redcap/survey_data.csv": ("csv", ",", 2, 33, 1),
}


def cells_held(export: RawExport) -> int:
    header = sum(len(row) for row in export.header)
    return header + sum(export.cells.num_rows - export.cells[each.name].null_count for each in export.columns)


@pytest.mark.parametrize("name", EXPORTS)
def test_every_cell_of_a_real_export_is_accounted_for(
    data: Path, name: str, counted: Callable[[str, str], int]
) -> None:
    got = read_export(data / name, name=name)
    form, delimiter, rows, columns, header_rows = EXPORTS[name]
    assert (got.format, got.delimiter) == (form, delimiter)
    assert (got.cells.num_rows, len(got.columns), len(got.header)) == (rows, columns, header_rows)
    text = (data / name).read_text(encoding="utf-8-sig")
    assert cells_held(got) == counted(text, delimiter)
    assert got.file == Path(name).name


def test_the_nameless_column_of_masculinity_holds_the_row_numbers_it_was_exported_with(data: Path) -> None:
    got = read_export(data / "masculinity/raw-responses.csv", name="raw-responses.csv")
    assert got.columns[0].name == "column 1"
    assert got.cells["column 1"].to_pylist() == [str(number) for number in range(1, 1616)]
    assert got.cells["row"].to_pylist() == list(range(2, 1617))


def test_texts_that_look_missing_stay_text(data: Path) -> None:
    got = read_export(data / "masculinity/raw-responses.csv", name="raw-responses.csv")
    assert pc.sum(pc.equal(got.cells["q0004_0001"], "Not selected")).as_py() > 0
    assert sum(pc.sum(pc.equal(got.cells[each.name], "NA")).as_py() for each in got.columns) > 0
    assert sum(got.cells[each.name].null_count for each in got.columns) == 0


def test_the_statuses_of_jupyter_sum_to_the_published_counts(data: Path) -> None:
    got = read_export(data / JUPYTER, name=JUPYTER)
    counts = {each["values"]: each["counts"] for each in pc.value_counts(got.cells["Status"]).to_pylist()}
    assert counts == {"Partial": 927, "Complete": 779}


def test_a_name_with_non_breaking_spaces_is_kept_and_found(data: Path) -> None:
    got = read_export(data / JUPYTER, name=JUPYTER)
    typed = (
        "Tool / Application #1:What tools and applications, if any, would you like to see more tightly integrated "
        "with Jupyter Notebook?"
    )
    column = got.named(typed)
    assert column is not None
    assert "\xa0" in column.name
    assert column.name != typed


def test_a_question_of_jupyter_that_stands_twice_gets_two_columns(data: Path) -> None:
    got = read_export(data / JUPYTER, name=JUPYTER)
    assert len({each.name for each in got.columns}) == len(got.header[0]) == 37


def test_decimal_commas_of_redcap_are_not_parsed(data: Path) -> None:
    got = read_export(data / "fixtures/redcap/decimal_data.csv", name="decimal_data.csv")
    assert got.cells["height_comma"].to_pylist() == ["1,54", "1,84", "1,95", "1,61"]


def test_the_themes_of_jupyter_are_delimited_by_semicolons_and_hold_commas(data: Path) -> None:
    got = read_export(data / "jupyter2015/hinderances_themes.csv", name="hinderances_themes.csv")
    themes = " ".join(text or "" for text in got.cells["hinderances_themes"].to_pylist())
    assert themes.count("development") >= 425
