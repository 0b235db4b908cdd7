"""A workbook in which a coder ticks codes, there and back."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from recount.coding.answers import answer_hash
from recount.coding.exchange.filled import lines_of
from recount.coding.exchange.workbook import sheet_names, workbook_of
from recount.coding.lines import answers_of
from recount.errors import CodingError
from tests.coding.hand_built import CODEBOOK, clean_of, lines

HOSTILE = '=HYPERLINK("http://x","y") \x01 <b> 经费不足\n二、🙂'
CLEAN = clean_of(obstacles=["No budget", HOSTILE, "@Laws"], wishes=["+1", None, "More money"])
ANSWERS = {question: answers_of(CLEAN, question) for question in ("obstacles", "wishes")}
GIVEN = {
    "obstacles": lines({"R0": ("No budget", "funding;staff"), "R1": (HOSTILE, "none")}, note="-1 | see\nbelow"),
    "wishes": lines({"R2": ("More money", "money")}, note=""),
}


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "2020.xlsx"
    path.write_bytes(workbook_of(CODEBOOK, ANSWERS, GIVEN))
    return path


def edited(path: Path, cells: dict[str, object], sheet: str = "obstacles") -> Path:
    """Fill in cells as a person would in a spreadsheet, and save."""
    book = openpyxl.load_workbook(path)
    for place, value in cells.items():
        book[sheet][place] = value
    book.save(path)
    return path


def told(path: Path) -> str:
    with pytest.raises(CodingError) as caught:
        lines_of(path, CODEBOOK, ANSWERS)
    return str(caught.value)


def test_what_a_coder_gave_comes_back_as_it_was(workbook: Path) -> None:
    brought = lines_of(workbook, CODEBOOK, ANSWERS)
    assert brought.left_out == ()
    for question, own in GIVEN.items():
        assert brought.lines[question].to_dict("records") == own.to_dict("records")


def test_no_cell_is_a_formula_whatever_people_answered(workbook: Path) -> None:
    cells = [cell for sheet in openpyxl.load_workbook(workbook) for row in sheet.iter_rows() for cell in row]
    filled = [cell for cell in cells if cell.value is not None]
    assert {cell.data_type for cell in filled} == {"s"}
    assert all(cell.quotePrefix for cell in filled)


def test_the_codebook_lies_beside_the_answers_and_ticks_are_offered(workbook: Path) -> None:
    book = openpyxl.load_workbook(workbook)
    assert book.sheetnames == ["obstacles", "wishes", "codebook"]
    assert [cell.value for cell in book["codebook"][2]][:4] == ["obstacles", "funding", "funding", "funding"]
    (validation,) = book["obstacles"].data_validations.dataValidation
    assert (validation.formula1, str(validation.sqref)) == ('"x"', "C2:F4")
    assert [cell.value for cell in book["obstacles"][1]] == [
        *("respondent", "answer", "funding", "staff", "law", "none", "note", "answer_sha256")
    ]


def test_equal_input_gives_equal_bytes() -> None:
    assert workbook_of(CODEBOOK, ANSWERS, GIVEN) == workbook_of(CODEBOOK, ANSWERS, GIVEN)


def test_ticks_of_a_person_are_read_also_after_sorting(workbook: Path) -> None:
    sheet = openpyxl.load_workbook(workbook)["obstacles"]
    first, third = ([cell.value for cell in sheet[row]] for row in (2, 4))
    cells = {
        f"{letter}{row}": value
        for row, values in ((2, third), (4, first))
        for letter, value in zip("ABCDEFGH", values, strict=True)
    }
    brought = lines_of(edited(workbook, {**cells, "E2": "X", "C4": 1, "D4": "0"}), CODEBOOK, ANSWERS)
    given = brought.lines["obstacles"].set_index("respondent")["codes"].to_dict()
    assert given == {"R2": "law", "R1": "none", "R0": "funding"}
    assert brought.lines["obstacles"].set_index("respondent").loc["R2", "answer_sha256"] == answer_hash("@Laws")


def test_a_row_of_an_answer_that_was_edited_since_is_left_out_and_told(workbook: Path) -> None:
    now = {**ANSWERS, "obstacles": answers_of(clean_of(obstacles=["Some budget", HOSTILE, "@Laws"]), "obstacles")}
    brought = lines_of(workbook, CODEBOOK, now)
    assert list(brought.lines["obstacles"]["respondent"]) == ["R1"]
    assert "row 2, respondent: 'R0'" in str(brought.left_out[0])


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"C2": "maybe"}, "row 2, funding of respondent R0: 'maybe': this is neither a tick nor nothing"),
        ({"F2": "x"}, "`none` is ticked beside another code"),
        ({"C1": "funds"}, "'funds': the codebook has no such code for this question"),
        ({"H1": "hash"}, "there must be one column 'answer_sha256'"),
        ({"A4": "R0"}, "row 4: 'R0': this respondent has a row already"),
    ],
)
def test_what_cannot_be_understood_is_told_with_its_place(
    workbook: Path, cells: dict[str, object], message: str
) -> None:
    assert message in told(edited(workbook, cells))


def test_a_workbook_of_something_else_is_told(tmp_path: Path) -> None:
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    path = tmp_path / "x.xlsx"
    path.write_bytes(stream.getvalue())
    assert "no sheet bears the name of a question" in told(path)


def test_a_file_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"respondent,codes\n")
    assert "no zip archive" in told(path)


def test_sheets_of_long_names_stay_apart() -> None:
    questions = ["a" * 40, "a" * 41, "codebook"]
    names = sheet_names(questions)
    assert list(names.values()) == questions
    assert len({name.casefold() for name in (*names, "codebook")}) == 4
    assert max(map(len, names)) <= 31
