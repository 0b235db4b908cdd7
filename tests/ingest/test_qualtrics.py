from collections.abc import Callable
from pathlib import Path

import pytest

from recount.errors import ExportError
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

Read = Callable[..., RawExport]
ROLES = {
    "status": "Status",
    "finished": "Finished",
    "duration": "Duration (in seconds)",
    "started": "StartDate",
    "recorded": "RecordedDate",
    "respondent": "ResponseId",
}


def test_three_header_rows_with_german_wording_are_read_by_their_import_ids(data: Path) -> None:
    got = read_export(data / "fixtures/qualtrics/sample_3header.csv", name="sample_3header.csv")
    assert got.format == "qualtrics"
    assert got.roles == ROLES
    assert got.column("Finished").label == "Beendet"
    assert got.column("Q1").texts == ("Q1", "This is a multiple choice question.", '{"ImportId":"QID1"}')
    assert got.cells.select(["row", "ResponseId", "Q2"]).to_pylist() == [
        {"row": 4, "ResponseId": "R_2YPOQ602ER1jkf1", "Q2": "Hello World!"}
    ]


def test_the_legacy_export_is_read_by_its_second_header_row(data: Path) -> None:
    got = read_export(data / "fixtures/qualtrics/sample_legacy_2header.csv", name="legacy.csv")
    assert (got.format, got.encoding) == ("qualtrics-legacy", "utf-8-sig")
    assert got.columns[0].name == "V1"  # not the byte order mark and V1
    exp = {"status": "V7", "finished": "V10", "started": "V8", "recorded": "V9", "respondent": "V1"}
    assert got.roles == exp
    assert got.columns[-1].name == "column 16"
    assert got.cells["row"].to_pylist() == [3]


def test_platform_columns_renamed_by_the_language_are_found_by_import_id(read: Read) -> None:
    ids = '"{""ImportId"":""_recordId""}","{""ImportId"":""finished""}","{""ImportId"":""QID1""}"'
    got = read(f"Antwort,Beendet,Q1\nAntwort-ID,Beendet,Alter?\n{ids}\nR_1,1,33\n")
    assert got.roles == {"finished": "Beendet", "respondent": "Antwort"}


def test_tab_delimited_utf_16_is_the_other_export_of_the_platform(read: Read) -> None:
    ids = '{"ImportId":"_recordId"}\t{"ImportId":"QID1"}'.replace('"', '""')
    text = "ResponseId\tQ1\nID\tWhy?\n" + "\t".join(f'"{each}"' for each in ids.split("\t")) + "\nR_1\tça va, déjà\n"
    got = read(text.encode("utf-16"))
    assert (got.format, got.encoding, got.delimiter) == ("qualtrics", "utf-16", "\t")
    assert got.cells["Q1"].to_pylist() == ["ça va, déjà"]


def test_an_export_without_import_ids_still_has_its_wording_row(read: Read) -> None:
    got = read("ResponseId,Finished,RecordedDate,Q1\nResponse ID,Finished,Recorded Date,Age?\nR_1,1,2020-01-05,33\n")
    assert (got.format, len(got.header)) == ("qualtrics", 2)
    assert got.column("Q1").label == "Age?"


def test_an_export_whose_further_header_rows_are_gone_loses_no_response(read: Read) -> None:
    got = read("ResponseId,Finished,RecordedDate,Q1\nR_1,1,2020-01-05,33\n")
    assert (got.format, len(got.header)) == ("qualtrics", 1)
    assert got.cells["Q1"].to_pylist() == ["33"]


def test_a_hostile_json_header_is_text(read: Read) -> None:
    deep = "{" * 5000
    got = read(f'a,b\n"{deep}","{{""ImportId"""\n1,2\n')
    assert (got.format, got.cells.num_rows) == ("csv", 2)


def test_a_header_that_is_not_qualtrics_is_told_so_and_not_swallowed(read: Read) -> None:
    with pytest.raises(ExportError, match="not Qualtrics") as error:
        read("a,b\n1,2\n3,4\n5,6\n", format="qualtrics")
    assert "header_rows" in error.value.findings[0].mend
