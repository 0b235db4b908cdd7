from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from recount.errors import ExportError
from recount.ingest.read import read_export
from recount.ingest.spss import text_by

SAVED = {
    "haven_labelled-num-na.sav": (1, 2),
    "haven_labelled-num.sav": (1, 1),
    "haven_labelled-str.sav": (1, 2),
    "haven_umlauts.sav": (1, 4),
    "mrsets_simple_alltypes.sav": (12, 6),
    "ordered_category.sav": (1, 4),
    "sample_missing.sav": (7, 7),
}


@pytest.mark.parametrize("name", SAVED)
def test_every_case_and_variable_of_a_real_file_is_read(data: Path, name: str) -> None:
    path = data / "fixtures/spss" / name
    got = read_export(path, name=name)
    exp, _ = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    assert (got.format, got.header) == ("spss", ())
    assert (len(got.columns), got.cells.num_rows) == SAVED[name] == exp.shape[::-1]
    assert got.cells["row"].to_pylist() == list(range(1, len(exp) + 1))
    nulls = [got.cells[each.name].null_count for each in got.columns]
    assert nulls == exp.isna().sum().tolist()


def test_user_missing_values_and_ranges_stay_and_are_declared(data: Path) -> None:
    got = read_export(data / "fixtures/spss/mrsets_simple_alltypes.sav", name="mrsets.sav")
    assert got.column("x").labels == {"1": "red", "2": "green", "3": "blue"}
    assert got.column("x").missing == ("7", "8", "99")
    assert got.cells["x"].to_pylist() == ["1", "2", "3", "4", "8", "9"]
    # -999 to 0, and 999: of the range only what occurs can be listed.
    assert got.column("z").missing == ("-9", "999")
    assert got.cells["z"].to_pylist() == ["-9", None, "1.234", "999", "3.14159", None]
    assert got.column("z").label.startswith("Numberic variable")


def test_dates_and_times_are_iso(data: Path) -> None:
    got = read_export(data / "fixtures/spss/sample_missing.sav", name="sample_missing.sav")
    assert got.cells["mydate"].to_pylist()[:4] == ["2018-05-06", "1880-05-06", "1960-01-01", "1583-01-01"]
    assert got.cells["dtime"].to_pylist()[:3] == ["2018-05-06 10:10:10", "1880-05-06 10:10:10", "1960-01-01 00:00:00"]
    assert got.cells["mytime"].to_pylist()[:2] == ["10:10:10", "23:10:10"]
    assert got.column("mynum").missing == ("-1", "2500")


def test_umlauts_in_labels_are_read(data: Path) -> None:
    got = read_export(data / "fixtures/spss/haven_umlauts.sav", name="haven_umlauts.sav")
    assert got.column("var1").label == "This is an ä-umlaut"
    assert got.column("var1").labels["2"] == "the ü umlaut"


def test_a_file_written_with_everything_comes_back(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1.0, 2.0, 3.0, 4.0],
            "opinion": [1.0, 97.0, 99.0, None],
            "open": ["NA", "Z", "", "sí, 北京"],
            "share": [0.1, 1 / 3, 1e17, -0.0],
        }
    )
    path = tmp_path / "export"
    pyreadstat.write_sav(
        frame,
        path,
        column_labels={"opinion": "What do you think?"},
        variable_value_labels={"opinion": {1: "Good", 98: "Refused"}},
        missing_ranges={"opinion": [{"lo": 97, "hi": float("inf")}], "open": ["Z"]},
    )
    got = read_export(path, name="export.sav")
    exp = {
        "row": [1, 2, 3, 4],
        "id": ["1", "2", "3", "4"],
        "opinion": ["1", "97", "99", None],
        "open": ["NA", "Z", "", "sí, 北京"],
        "share": ["0.1", "0.3333333333333333", "1e+17", "0"],
    }
    assert got.cells.to_pydict() == exp
    assert got.column("opinion").label == "What do you think?"
    assert got.column("opinion").missing == ("97", "98", "99")
    assert got.column("open").missing == ("Z",)


def test_the_platform_that_wrote_the_file_is_known_by_its_names(tmp_path: Path) -> None:
    path = tmp_path / "export"
    frame = pd.DataFrame({"id": [1.0], "submitdate": ["2022-05-01"], "lastpage": [4.0], "interviewtime": [60.5]})
    pyreadstat.write_sav(frame, path)
    got = read_export(path, name="export.sav")
    assert got.roles == {
        "finished": "submitdate",
        "duration": "interviewtime",
        "recorded": "submitdate",
        "respondent": "id",
    }


def test_a_column_named_row_does_not_hide_the_row_number(tmp_path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"row": [7.0]}), tmp_path / "export")
    got = read_export(tmp_path / "export", name="export.sav")
    assert got.cells.to_pylist() == [{"row": 1, "row (2)": "7"}]


def test_a_file_without_cases_has_its_columns(tmp_path: Path) -> None:
    pyreadstat.write_sav(pd.DataFrame({"a": pd.Series([], dtype=float)}), tmp_path / "export")
    got = read_export(tmp_path / "export", name="export.sav")
    assert (got.cells.column_names, got.cells.num_rows) == (["row", "a"], 0)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(b"$FL2" + b"x" * 300)
    with pytest.raises(ExportError, match="SPSS file cannot be read"):
        read_export(tmp_path / "export", name="export.sav")


@pytest.mark.parametrize(
    ("variable_format", "value", "exp"),
    [
        ("F8.2", 5.0, "5"),
        ("EDATE10", 13744944000.0, "2018-05-06"),
        ("DATETIME20", 13744980610.5, "2018-05-06 10:10:10.500000"),
        ("DATE11", 1e18, "1e+18"),
        ("TIME8", 90000.0, "25:00:00"),
        ("DTIME10", -61.25, "-00:01:01.25"),
        ("WKDAY3", 2.0, "2"),
        ("A8", "x", "x"),
    ],
)
def test_a_format_decides_how_a_value_reads(variable_format: str, value: float | str, exp: str) -> None:
    got = text_by(variable_format)(value)
    assert got == exp
