from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from recount.errors import ExportError
from recount.ingest.read import read_export
from recount.ingest.stata import text_by


@pytest.mark.parametrize("name", ["haven_tagged-na-double.dta", "haven_tagged-na-int.dta"])
def test_tagged_missing_values_keep_their_tag(data: Path, name: str) -> None:
    got = read_export(data / "fixtures/stata" / name, name=name)
    assert got.format == "stata"
    assert got.cells["x"].to_pylist() == ["1", "2", "3", "4", "5", ".a", ".h", ".z"]
    assert got.column("x").labels == {".a": "apple", ".z": ".zebra"}
    assert got.column("x").missing == (".a", ".h", ".z")


def test_an_old_file_is_recognised_and_read(data: Path) -> None:
    got = read_export(data / "fixtures/stata/haven_notes.dta", name="haven_notes.dta")
    assert got.cells["outcome"].to_pylist() == ["2", "2", "4", "2", "1"]
    assert got.cells["row"].to_pylist() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("version", [8, 10, 12, 13, 15])
def test_each_version_that_is_written_comes_back(tmp_path: Path, version: int) -> None:
    frame = pd.DataFrame({"id": [1, 2, 3], "share": [0.1, None, 2.0], "open": ["NA", "", "two words"]})
    path = tmp_path / "export"
    pyreadstat.write_dta(
        frame,
        path,
        version=version,
        column_labels={"share": "Share of the budget"},
        variable_value_labels={"id": {1: "One"}},
    )
    got = read_export(path, name="export.dta")
    exp = {"row": [1, 2, 3], "id": ["1", "2", "3"], "share": ["0.1", None, "2"], "open": ["NA", "", "two words"]}
    assert got.cells.to_pydict() == exp
    assert got.column("share").label == "Share of the budget"
    assert got.column("id").labels == {"1": "One"}


def test_tags_that_are_written_come_back(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": [1, "a", None]}, dtype=object)
    pyreadstat.write_dta(frame, tmp_path / "export", missing_user_values={"x": ["a"]})
    got = read_export(tmp_path / "export", name="export.dta")
    assert got.cells["x"].to_pylist() == ["1", ".a", None]


@pytest.mark.parametrize(
    ("storage", "variable_format", "value", "exp"),
    [
        ("double", "%td", 21915.0, "2020-01-01"),
        ("double", "%tdD_m_Y", 21915.0, "2020-01-01"),
        ("int32", "%d", 0, "1960-01-01"),
        ("double", "%tc", 1893888000000.0 + 61_500, "2020-01-06 00:01:01.500000"),
        ("int16", "%tm", 720, "720"),
        ("float", "%9.0g", 0.10000000149011612, "0.1"),
        ("double", "%9.0g", 0.1, "0.1"),
        ("int8", "%8.0g", "a", ".a"),
        ("string", "%9s", "a", "a"),
        ("double", "%td", 1e12, "1000000000000"),
    ],
)
def test_storage_and_format_decide_how_a_value_reads(
    storage: str, variable_format: str, value: float | str, exp: str
) -> None:
    assert text_by(storage, variable_format)(value) == exp


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(b"<stata_dta><header>" + b"x" * 300)
    with pytest.raises(ExportError, match="Stata file cannot be read"):
        read_export(tmp_path / "export", name="export.dta")
