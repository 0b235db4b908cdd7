from collections.abc import Callable
from pathlib import Path

import pytest

from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

Read = Callable[..., RawExport]
EXPANDED = (
    "Respondent ID,Collector ID,Start Date,End Date,Do you have an office?,Which channels?,,,Why?\n"
    ",,,,Response,Meetings,Networks,Other (please specify),Open-Ended Response\n"
    "101,7,01/05/2018 10:00,01/05/2018 10:20,Yes,Meetings,,by mail,Because\n"
    '102,7,01/05/2018 11:00,01/05/2018 11:20,No,,Networks,,"No, ""never"""\n'
)


def test_questions_and_options_of_two_header_rows_are_joined(read: Read) -> None:
    got = read(EXPANDED)
    assert (got.format, len(got.header)) == ("surveymonkey", 2)
    assert [each.name for each in got.columns[4:]] == [
        "Do you have an office?",
        "Which channels? [Meetings]",
        "Which channels? [Networks]",
        "Which channels? [Other (please specify)]",
        "Why?",
    ]
    assert got.column("Which channels? [Networks]").texts == ("", "Networks")
    assert got.column("Which channels? [Networks]").label == "Which channels?"
    assert got.cells["Why?"].to_pylist() == ["Because", 'No, "never"']
    assert got.cells["row"].to_pylist() == [3, 4]


def test_the_platform_columns_are_known(read: Read) -> None:
    assert read(EXPANDED).roles == {"started": "Start Date", "recorded": "End Date", "respondent": "Respondent ID"}


@pytest.mark.parametrize("word", ["Antwort", "Réponse", "Respuesta abierta"])
def test_a_second_header_row_in_another_language_is_one(read: Read, word: str) -> None:
    got = read(f"respondent_id,date_created,Q1\n,,{word}\n1,2020-01-05,ja\n")
    assert [each.name for each in got.columns] == ["respondent_id", "date_created", "Q1"]
    assert got.cells.num_rows == 1
    assert got.roles["started"] == "date_created"


def test_a_respondent_without_id_is_no_header(read: Read) -> None:
    got = read("Respondent ID,Q1,Q2\n,yes,no\n1,no,no\n")
    assert (len(got.header), got.cells.num_rows) == (1, 2)


def test_an_option_that_stands_twice_is_numbered(read: Read) -> None:
    got = read("Respondent ID,Q1,,Q1,\n,A,B,A,B\n1,A,,,B\n")
    assert [each.name for each in got.columns] == ["Respondent ID", "Q1 [A]", "Q1 [B]", "Q1 [A] (2)", "Q1 [B] (2)"]


def test_one_header_row_is_read_as_one(data: Path) -> None:
    got = read_export(data / "thanksgiving/thanksgiving-2015-poll-data.csv", name="thanksgiving.csv")
    assert (got.format, len(got.header)) == ("surveymonkey", 1)
    assert got.roles == {"respondent": "RespondentID"}
