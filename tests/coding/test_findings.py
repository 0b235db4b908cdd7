from typing import Any

import pandas as pd
import pytest
import yaml

from recount.coding.suggested import accepted
from recount.errors import CodingError, StudyError
from recount.study.codebook import Codebook
from tests.coding.hand_built import CODEBOOK, clean_of, coded, lines, ruling

MONEY = "no money"


def told(*sheets: pd.DataFrame, **options: object) -> CodingError:
    """Code with these coders' files, which are wrong, and give the error."""
    with pytest.raises(CodingError) as caught:
        coded(
            clean_of(obstacles=[MONEY, "few people"]),
            codings={"obstacles": {f"coder{n}": sheet for n, sheet in enumerate(sheets)}},
            **options,
        )
    return caught.value


def test_an_unknown_code_is_told_with_the_nearest() -> None:
    error = told(lines({"R0": (MONEY, "funding;fundign")}))
    assert len(error.findings) == 1
    finding = error.findings[0]
    assert (finding.file, finding.row, finding.value) == ("obstacles.coder0.csv", 2, "fundign")
    assert "'funding'" in finding.expected
    assert "R0" in finding.key
    assert finding.mend


def test_codes_joined_by_a_comma_are_told_how_to_join_them() -> None:
    assert "semicolon" in str(told(lines({"R0": (MONEY, "funding,staff")})))


def test_none_beside_another_code_is_told() -> None:
    finding = told(lines({"R1": ("few people", "none;staff")})).findings[0]
    assert "beside another code" in finding.problem
    assert finding.value == "none;staff"


def test_a_cell_of_semicolons_is_no_code() -> None:
    assert "no code here" in str(told(lines({"R0": (MONEY, ";")})))


def test_a_respondent_with_two_lines_is_told_at_the_second() -> None:
    twice = pd.concat([lines({"R0": (MONEY, "law")}), lines({"R0": (MONEY, "law")})], ignore_index=True)
    finding = told(twice).findings[0]
    assert (finding.row, finding.value) == (3, "R0")
    assert "a line already" in finding.problem


@pytest.mark.parametrize("digest", ["", "abc", "g" * 64])
def test_what_is_no_hash_is_told(digest: str) -> None:
    finding = told(lines({"R0": (MONEY, "law")}).assign(answer_sha256=digest)).findings[0]
    assert "not the hash" in finding.problem
    assert "uncoded.csv" in finding.mend


def test_an_adjudication_names_who_decided() -> None:
    with pytest.raises(CodingError, match="nobody is named"):
        coded(clean_of(obstacles=[MONEY]), adjudications={"obstacles": ruling({"R0": (MONEY, "law")}, by="")})


EXCLUDED = pd.DataFrame({"row": [9], "respondent": ["R7"], "reason": ["speeder"], "detail": [""]})


def test_a_respondent_whom_the_export_does_not_have_is_told_with_the_nearest() -> None:
    finding = told(lines({"R00": ("something else", "law")}), excluded=EXCLUDED).findings[0]
    assert "no such respondent" in finding.problem
    assert "'R0'" in finding.expected


def test_a_misspelt_respondent_is_found_by_the_answer() -> None:
    finding = told(lines({"city-1": ("few people", "staff")}), excluded=EXCLUDED).findings[0]
    assert finding.expected == "the answer with this hash is respondent 'R1''s"


def test_a_respondent_whom_cleaning_leaves_out_is_no_error() -> None:
    sheets = {"ann": lines({"R7": ("gone", "law")})}
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets}, excluded=EXCLUDED)
    assert [finding.value for finding in got.unused] == ["R7"]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_files_and_rows() -> None:
    first = lines({"R0": (MONEY, "lwa"), "R1": ("few people", "none;staff")})
    second = lines({"R1": ("few people", "stuff;mony")})
    error = told(first, second)
    assert [(finding.file, finding.row) for finding in error.findings] == [
        ("obstacles.coder0.csv", 2),
        ("obstacles.coder0.csv", 3),
        ("obstacles.coder1.csv", 2),
        ("obstacles.coder1.csv", 2),
    ]


def test_lines_know_the_file_and_row_that_they_were_read_from() -> None:
    sheet = lines({"R0": (MONEY, "lwa")}).assign(file="data/coding/2020/obstacles.ann.csv", row=17)
    finding = told(sheet).findings[0]
    assert (finding.file, finding.row) == ("data/coding/2020/obstacles.ann.csv", 17)


def pasted(mend: str) -> dict[str, Any]:
    """Read the example that stands below the first line of an advice."""
    content: dict[str, Any] = yaml.safe_load("\n".join(mend.splitlines()[1:]))
    return content


def test_a_question_without_codes_in_the_codebook_is_told_even_before_anybody_coded() -> None:
    codebook = CODEBOOK.model_copy(update={"questions": {"wishes": CODEBOOK.questions["wishes"]}})
    with pytest.raises(CodingError, match="no codes for this question") as caught:
        coded(clean_of(obstacles=[MONEY]), codebook=codebook, codebook_file="coding/codebook.yaml")
    (finding,) = caught.value.findings
    assert (finding.file, finding.key) == ("coding/codebook.yaml", "questions.obstacles")
    assert list(pasted(finding.mend)["questions"]) == ["obstacles"]


def test_a_missing_codebook_is_told_once_with_one_to_begin_with() -> None:
    (finding,) = told(lines({"R0": (MONEY, "law")}), codebook=None).findings
    assert (finding.file, finding.problem) == ("data/coding/codebook.yaml", "there is no codebook")
    assert list(Codebook.declared_in("codebook.yaml", pasted(finding.mend)).questions) == ["obstacles", "wishes"]


@pytest.mark.parametrize("wrong", [{"money": "Money"}, "money", {"id": "money", "label": "Money", "definition": "x"}])
def test_a_codebook_of_the_wrong_shape_is_told_what_it_holds(wrong: object) -> None:
    with pytest.raises(StudyError) as caught:
        Codebook.declared_in("codebook.yaml", {"version": "1", "questions": {"help": wrong}})
    finding = caught.value.findings[0]
    assert (finding.key, finding.problem) == ("questions.help", "this is not a list")
    assert finding.expected == "a list of codes, each with id, label, definition"


def test_a_question_that_is_not_coded_is_told() -> None:
    with pytest.raises(CodingError, match="obstacles"):
        coded(clean_of(obstacles=[MONEY]), codings={"obstacle": {"ann": lines({"R0": (MONEY, "law")})}})


def test_a_respondent_who_stands_twice_in_the_clean_table_is_told() -> None:
    clean = clean_of(obstacles=[MONEY, MONEY]).assign(respondent="R0")
    with pytest.raises(CodingError, match="stands twice"):
        coded(clean)


def test_a_codebook_cannot_have_a_code_called_none() -> None:
    with pytest.raises(StudyError, match="no code applies"):
        Codebook.declared_in(
            "codebook.yaml",
            {"version": "1", "questions": {"obstacles": [{"id": "none", "label": "None", "definition": "nothing"}]}},
        )


@pytest.mark.parametrize("suggested", ["funding", "funding:high", "funding:1.5", "funding:0.5,law:0.5"])
def test_what_is_no_list_of_accepted_suggestions_is_told(suggested: str) -> None:
    finding = told(lines({"R0": (MONEY, "funding")}, suggested=suggested)).findings[0]
    assert (finding.value, finding.key) == (suggested, "suggested of respondent R0")


def test_accepted_suggestions_decide_nothing() -> None:
    sheet = lines({"R0": (MONEY, "law")}, suggested="law:0.75;staff:0.5")
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": {"ann": sheet}})
    assert got.codes["code"].tolist() == ["law"]


def test_of_accepted_suggestions_those_stand_that_are_still_among_the_codes() -> None:
    assert accepted("law:0.75; staff:0.5", ("law", "funding")) == {"law": 0.75}
    assert accepted("law:", ("law",)) == {"law": None}
    assert accepted("", ("law",)) == {}
