from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from recount.clean.io import read_corrections
from recount.errors import AnswersError
from tests.clean.conftest import Study

WHO = {"id": "who", "type": "id"}
A = {"id": "a", "type": "single", "categories": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]}
TEXTS = {"who": ["C1", "C2"], "a": ["Yse", "No"], "note": ["x", "y"]}
IGNORED = {"2020": {"note": "not analysed"}}
HEADER = "row,respondent,column,before,after,reason,by\n"


@pytest.fixture
def corrections(tmp_path: Path) -> Any:
    def read(*lines: str) -> Any:
        file = tmp_path / "2020.csv"
        file.write_text(HEADER + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return read_corrections(file)

    return read


def test_a_corrected_cell_is_read_and_logged_with_who_and_why(study: Study, corrections: Any) -> None:
    got = study.clean(TEXTS, WHO, A, corrections=corrections("2,C1,a,Yse,Yes,typing error,A. Kosovac"), ignored=IGNORED)
    exp = pd.DataFrame(
        [[2, "C1", "a", "a", "Yse", "yes", "correction", "typing error (A. Kosovac)"]],
        columns=["row", "respondent", "variable", "column", "before", "after", "rule", "reason"],
    ).astype({"row": "int32"})
    pd.testing.assert_frame_equal(got.changes, exp)
    assert got.clean["a"].tolist() == ["yes", "no"]


def test_a_corrected_cell_that_needs_a_rule_is_logged_once_with_both_reasons(study: Study, corrections: Any) -> None:
    asked = {**A, "id": "b", "universe": {"a": ["no"]}}
    texts = {"who": ["C1"], "a": ["Yes"], "b": ["No"]}
    got = study.clean(texts, WHO, A, asked, corrections=corrections("2,C1,b,No,Yes,phoned them,MA"))
    assert got.changes[["variable", "before", "after", "rule"]].to_numpy().tolist() == [
        ["b", "No", "", "outside universe"]
    ]
    assert got.changes["reason"].tolist() == ["phoned them (MA); the question was not asked of this respondent"]


def test_a_correction_of_a_column_that_no_question_reads_is_logged(study: Study, corrections: Any) -> None:
    texts = {**TEXTS, "a": ["Yes", "No"]}
    got = study.clean(texts, WHO, A, corrections=corrections("2,C1,note,x,z,why,MA"), ignored=IGNORED)
    assert got.changes[["variable", "column", "before", "after"]].to_numpy().tolist() == [["", "note", "x", "z"]]


def test_a_correction_of_a_response_that_is_left_out_is_logged(study: Study, corrections: Any) -> None:
    texts = {**TEXTS, "a": ["Yes", "No"]}
    got = study.clean(texts, WHO, A, corrections=corrections("2,C1,who,C1,C2,the same city,MA"), ignored=IGNORED)
    assert got.excluded[["row", "respondent", "reason"]].to_numpy().tolist() == [[2, "C2", "duplicate"]]
    assert got.changes[["variable", "before", "after", "rule"]].to_numpy().tolist() == [
        ["respondent", "C1", "C2", "correction"]
    ]


def test_a_whole_response_can_be_withdrawn(study: Study, corrections: Any) -> None:
    got = study.clean(
        {**TEXTS, "a": ["Yse", "No"]},
        WHO,
        A,
        corrections=corrections("2,C1,*,,exclude,asked to be left out,MA"),
        ignored=IGNORED,
    )
    assert got.excluded[["row", "reason", "detail"]].to_numpy().tolist() == [
        [2, "withdrawn", "asked to be left out (MA)"]
    ]
    assert got.clean["row"].tolist() == [3]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("2,C1,a,Yes,No,why,MA", "this is not what stands there"),
        ("9,C1,a,Yse,No,why,MA", "the export has no response in this row"),
        ("2,C2,a,Yse,No,why,MA", "this row is another respondent's"),
        ("2,C1,aa,Yse,No,why,MA", "the export has no such column"),
        ("2,C1,*,,delete,why,MA", "can only exclude it"),
    ],
)
def test_a_correction_that_does_not_fit_stops(study: Study, corrections: Any, line: str, problem: str) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean(TEXTS, WHO, A, corrections=corrections(line), ignored=IGNORED)
    (finding,) = stop.value.findings
    assert problem in finding.problem
    assert (finding.file, finding.row) == ("data/corrections/2020.csv", 2)


def test_two_corrections_of_one_cell_stop(study: Study, corrections: Any) -> None:
    twice = corrections("2,C1,a,Yse,Yes,why,MA", "2,C1,a,Yse,No,why,MA")
    with pytest.raises(AnswersError, match="this cell is corrected twice"):
        study.clean(TEXTS, WHO, A, corrections=twice, ignored=IGNORED)


def test_line_ends_that_a_spreadsheet_rewrote_still_fit(study: Study, corrections: Any) -> None:
    texts = {"who": ["C1"], "a": ["No\r\n?"]}
    got = study.clean(texts, WHO, A, corrections=corrections('2,C1,a,"No\n?",No,why,MA'))
    assert got.clean["a"].tolist() == ["no"]


def test_a_missing_file_has_no_corrections(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "2020.csv").empty


def test_semicolons_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    file = tmp_path / "2020.csv"
    file.write_bytes("\ufeffrow;respondent;column;before;after;reason;by\r\n2;C1;a;b;c;d;e\r\n".encode())
    assert read_corrections(file).to_dict("records") == [
        {"row": 2, "respondent": "C1", "column": "a", "before": "b", "after": "c", "reason": "d", "by": "e", "line": 2}
    ]


def test_every_row_that_is_not_filled_in_is_told(tmp_path: Path) -> None:
    file = tmp_path / "2020.csv"
    file.write_text(HEADER + "x,C1,a,b,c,why,MA\n2,C1,,b,c,,MA\n\n2,C1,a\n", encoding="utf-8")
    with pytest.raises(AnswersError) as stop:
        read_corrections(file)
    assert [(each.row, each.problem) for each in stop.value.findings] == [
        (2, "this is no row"),
        (3, "column is blank"),
        (3, "reason is blank"),
        (5, "this row has another number of cells"),
    ]


def test_another_header_or_encoding_stops(tmp_path: Path) -> None:
    file = tmp_path / "2020.csv"
    file.write_text("row,column\n", encoding="utf-8")
    with pytest.raises(AnswersError, match="row,respondent,column,before,after,reason,by"):
        read_corrections(file)
    file.write_bytes((HEADER + "2,C1,a,b,c,Müller,MA\n").encode("cp1252"))
    with pytest.raises(AnswersError, match="not UTF-8"):
        read_corrections(file)
