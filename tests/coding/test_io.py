import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.code import Coded
from recount.coding.io import coding_files, read_coded, read_codings, write_coded
from recount.errors import CodingError
from tests.coding.hand_built import ROOT, WAVE, clean_of, coded, lines

QUESTIONS = ["obstacles", "wishes"]
HEADER = "respondent,answer_sha256,answer,codes,note\n"
RULINGS = "respondent,answer_sha256,answer,codes,by,why\n"
HASH = "ab" * 32


def written(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write files into the wave's folder, and give the coding folder."""
    (folder / WAVE).mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / WAVE / name).write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def refused(folder: Path) -> CodingError:
    with pytest.raises(CodingError) as caught:
        read_codings(folder, WAVE, QUESTIONS)
    return caught.value


def paths(folder: Path) -> SimpleNamespace:
    return SimpleNamespace(**{name: str(folder / f"{name}.csv") for name in ("codes", "agreement", "uncoded")})


def test_files_are_found_by_question_and_coder(tmp_path: Path) -> None:
    files = {"wishes.ann.csv": HEADER, "obstacles.ben.csv": HEADER, "obstacles.adjudication.csv": RULINGS}
    folder = written(
        tmp_path, {**files, "obstacles.ann.csv": HEADER, "README.md": "", "~$wishes.ann.csv": "", ".x.csv": ""}
    )
    codings, adjudications = read_codings(folder, WAVE, QUESTIONS)
    assert {question: list(sheets) for question, sheets in codings.items()} == {
        "obstacles": ["ann", "ben"],
        "wishes": ["ann"],
    }
    assert list(adjudications) == ["obstacles"]
    assert [path.name for path in coding_files(folder, WAVE)] == [
        "obstacles.adjudication.csv",
        "obstacles.ann.csv",
        "obstacles.ben.csv",
        "wishes.ann.csv",
    ]


def test_a_wave_without_coders_has_no_files(tmp_path: Path) -> None:
    assert coding_files(tmp_path, WAVE) == []
    assert read_codings(tmp_path, WAVE, QUESTIONS) == ({}, {})


def test_coders_files_of_a_wave_in_which_no_question_is_coded_are_told(tmp_path: Path) -> None:
    folder = written(tmp_path, {"wishes.ann.csv": HEADER})
    with pytest.raises(CodingError, match="set `coded: true` at its question"):
        read_codings(folder, WAVE, [])


def test_listing_the_files_imports_nothing_heavy() -> None:
    heavy = "{'pandas', 'numpy', 'pyarrow', 'pydantic'}"
    code = f"import sys; import recount.coding.io; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "content",
    [
        f'{HEADER}R0,{HASH},"a, b",law;staff,sure\n',
        f'\ufeff{HEADER}R0,{HASH},"a, b",law;staff,sure\n'.replace("\n", "\r\n"),
        f'respondent;answer_sha256;answer;codes;note\nR0;{HASH};a, b;"law;staff";sure\n',
        f"respondent\tanswer_sha256\tanswer\tcodes\tnote\nR0\t{HASH}\ta, b\tlaw;staff\tsure\n",
        f'note,codes,respondent,answer,answer_sha256\nsure,law;staff,R0,"a, b",{HASH}\n',
    ],
    ids=["commas", "byte order mark", "semicolons", "tabs", "other order"],
)
def test_whatever_way_a_spreadsheet_saves_csv_it_is_read_the_same(tmp_path: Path, content: str) -> None:
    codings, _ = read_codings(written(tmp_path, {"wishes.ann.csv": content}), WAVE, QUESTIONS)
    exp = {"respondent": "R0", "answer_sha256": HASH, "answer": "a, b", "codes": "law;staff", "note": "sure"}
    got = codings["wishes"]["ann"]
    assert got.drop(columns=["file", "row"]).to_dict("records") == [exp]
    assert got["file"].tolist() == [(tmp_path / WAVE / "wishes.ann.csv").as_posix()]


def test_a_coders_file_may_say_which_codes_were_suggested_and_an_adjudicators_may_not(tmp_path: Path) -> None:
    header = HEADER.replace("\n", ",suggested\n")
    folder = written(tmp_path, {"wishes.ann.csv": f"{header}R0,{HASH},a,law;staff,,law:0.75\n"})
    codings, _ = read_codings(folder, WAVE, QUESTIONS)
    assert codings["wishes"]["ann"]["suggested"].tolist() == ["law:0.75"]
    written(tmp_path, {"wishes.adjudication.csv": RULINGS.replace("\n", ",suggested\n")})
    assert [finding.value for finding in refused(folder).findings] == ["suggested"]


def test_rows_are_those_of_a_spreadsheet(tmp_path: Path) -> None:
    content = f'{HEADER}R0,{HASH},"two\nlines\u2028here",law,\n,,,,\nR1,{HASH},b,law,\n'
    codings, _ = read_codings(written(tmp_path, {"wishes.ann.csv": content}), WAVE, QUESTIONS)
    got = codings["wishes"]["ann"]
    assert got[["respondent", "row"]].to_numpy().tolist() == [["R0", 2], ["R1", 4]]
    assert got.loc[0, "answer"] == "two\nlines\u2028here"


def test_texts_that_look_like_missing_values_stay_texts(tmp_path: Path) -> None:
    content = f"{HEADER}NA,{HASH},None,law,null\n001,{HASH},1e3,law,\n"
    codings, _ = read_codings(written(tmp_path, {"wishes.ann.csv": content}), WAVE, QUESTIONS)
    assert codings["wishes"]["ann"][["respondent", "answer"]].to_numpy().tolist() == [["NA", "None"], ["001", "1e3"]]


def test_an_answer_longer_than_the_csv_modules_limit_is_read(tmp_path: Path) -> None:
    answer = "x" * 200_000
    codings, _ = read_codings(
        written(tmp_path, {"wishes.ann.csv": f"{HEADER}R0,{HASH},{answer},law,\n"}), WAVE, QUESTIONS
    )
    assert codings["wishes"]["ann"].loc[0, "answer"] == answer


def test_a_file_that_belongs_to_no_question_is_told(tmp_path: Path) -> None:
    error = refused(written(tmp_path, {"whishes.ann.csv": HEADER, "wishes.csv": HEADER, "wishes.ann.2.csv": HEADER}))
    assert len(error.findings) == 3
    text = str(error)
    assert "'wishes'" in text
    assert "QUESTION.CODER.csv" in text


def test_unknown_missing_and_doubled_columns_are_told(tmp_path: Path) -> None:
    error = refused(written(tmp_path, {"wishes.ann.csv": "respondent,answer_sha256,answer,code,note,note\n"}))
    problems = [(finding.problem, finding.value) for finding in error.findings]
    assert ("there is no such column", "code") in problems
    assert ("this column stands twice", "note") in problems
    assert ("the column 'codes' is missing", None) in problems
    assert "'codes'" in next(finding.expected for finding in error.findings if finding.value == "code")


def test_an_empty_file_lacks_its_columns(tmp_path: Path) -> None:
    assert "'respondent' is missing" in str(refused(written(tmp_path, {"wishes.ann.csv": ""})))


def test_a_row_of_another_width_is_told(tmp_path: Path) -> None:
    error = refused(written(tmp_path, {"wishes.ann.csv": f"{HEADER}R0,{HASH},a, b,law,\n"}))
    assert [(finding.row, finding.problem) for finding in error.findings] == [(2, "the row has 6 cells")]


def test_an_open_quote_is_told(tmp_path: Path) -> None:
    error = refused(written(tmp_path, {"wishes.ann.csv": f'{HEADER}R0,{HASH},"a,law,\n'}))
    assert error.findings[0].row == 2
    assert "cannot be read" in str(error)


def test_text_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    error = refused(written(tmp_path, {"wishes.ann.csv": f"{HEADER}R0,{HASH},café,law,\n".encode("cp1252")}))
    assert "CSV UTF-8" in str(error)


def test_all_files_that_cannot_be_read_are_told_at_once(tmp_path: Path) -> None:
    files = {"wishes.ann.csv": "x\n", "obstacles.ben.csv": f"{HEADER}1,2\n", "obstacles.adjudication.csv": HEADER}
    assert {Path(finding.file).name for finding in refused(written(tmp_path, files)).findings} == {*files}


def test_answers_come_back_from_the_files_as_they_were(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "'=1+1",
        "\tindented",
        "\rreturned",
        "<script>alert(1)</script>",
        'a "quoted", answer',
        "a\rb",
        "a\r\nb\nc",
        "\x00\x1b[31m",
        "NA",
        "金",
        "' OR 1",
    ]
    exp = coded(clean_of(obstacles=texts))
    write_coded(exp, paths(tmp_path))
    got = read_coded(paths(tmp_path))
    assert got.uncoded["answer"].tolist() == texts
    pd.testing.assert_frame_equal(got.uncoded, exp.uncoded)
    assert [answer_hash(text) for text in got.uncoded["answer"]] == got.uncoded["answer_sha256"].tolist()


def test_all_three_tables_come_back_as_they_were(tmp_path: Path) -> None:
    sheets = {
        "ann": lines({"R0": ("a", "law"), "R1": ("b", "staff")}),
        "ben": lines({"R0": ("a", "law"), "R1": ("b", "law")}),
    }
    exp = coded(clean_of(obstacles=["a", "b", "c"]), codings={"obstacles": sheets})
    write_coded(exp, paths(tmp_path))
    got = read_coded(paths(tmp_path))
    assert isinstance(got, Coded)
    for name in ("codes", "agreement", "uncoded"):
        pd.testing.assert_frame_equal(getattr(got, name), getattr(exp, name), check_exact=True)


def test_tables_are_written_with_line_feeds_alone_and_twice_the_same(tmp_path: Path) -> None:
    exp = coded(clean_of(obstacles=["a", "b"]), codings={"obstacles": {"ann": lines({"R0": ("a", "law")})}})
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        write_coded(exp, paths(tmp_path / folder))
    for name in ("codes.csv", "agreement.csv", "uncoded.csv"):
        first, second = ((tmp_path / folder / name).read_bytes() for folder in ("one", "two"))
        assert first == second
        assert b"\r" not in first
        assert first.endswith(b"\n")


def test_what_is_not_estimable_is_an_empty_cell(tmp_path: Path) -> None:
    write_coded(coded(clean_of(obstacles=["a"])), paths(tmp_path))
    rows = (tmp_path / "agreement.csv").read_text(encoding="utf-8").splitlines()
    assert rows[1] == '"obstacles","","percent","","","","",0'
