from collections.abc import Callable

import pytest

from recount.ingest.raw import RawExport

Read = Callable[..., RawExport]
CODES = (
    '"id","submitdate","lastpage","startlanguage","seed","startdate","datestamp","G01Q02","Q5[SQ001]","Q5[other]",'
    '"interviewtime"'
)
ROLES = {
    "finished": "submitdate",
    "duration": "interviewtime",
    "started": "startdate",
    "recorded": "submitdate",
    "respondent": "id",
}


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_codes_are_read_with_either_delimiter_and_a_mark(read: Read, delimiter: str) -> None:
    day = "2022-05-01"
    row = f'"1","{day} 10:00:00","4","es","123","{day} 09:50:00","{day} 10:00:00","A2","Y","sí; a veces","600.5"'
    text = f"{CODES}\r\n{row}\r\n".replace('","', f'"{delimiter}"')
    got = read(text.encode("utf-8-sig"))
    assert (got.format, got.delimiter, got.encoding) == ("limesurvey", delimiter, "utf-8-sig")
    assert got.roles == ROLES
    assert got.cells["Q5[SQ001]"].to_pylist() == ["Y"]
    assert got.cells["Q5[other]"].to_pylist() == ["sí; a veces"]


def test_an_unfinished_response_has_an_empty_submission_date(read: Read) -> None:
    got = read("id,submitdate,lastpage,Q1\n1,,2,A1\n2,2022-05-01,4,A2\n")
    assert got.cells[got.roles["finished"]].to_pylist() == ["", "2022-05-01"]


def test_full_headings_are_recognised_too(read: Read) -> None:
    got = read("Response ID,Date submitted,Last page,Start language,How old are you?\n1,2022-05-01,4,en,33\n")
    assert got.format == "limesurvey"
    assert got.roles == {"finished": "Date submitted", "recorded": "Date submitted", "respondent": "Response ID"}


def test_headings_of_code_and_wording_give_the_wording_as_label(read: Read) -> None:
    got = read(
        '"id. Response ID","submitdate. Date submitted","lastpage. Last page","Q1. How old?"\n1,2022-05-01,4,33\n'
    )
    assert got.format == "limesurvey"
    assert got.column("Q1. How old?").label == "How old?"
    assert got.roles["respondent"] == "id. Response ID"
