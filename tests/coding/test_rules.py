"""Questions that keywords code, where config.yaml says so."""

import pytest

from recount.coding.keywords import found_by_keywords
from recount.errors import CodingError
from recount.study.codebook import Code, Codebook
from tests.coding.hand_built import CODEBOOK, clean_of, coded, decisions, lines, problems

ANSWERS = ["No BUDGET, and no staff", "falta de presupuesto", "经费不足", "all is well", None]
KEYWORDS = {"funding": (r"\bbudget", r"\bpresupuesto", "经费"), "staff": (r"\bstaff\b",), "law": ()}
BY_RULE = Codebook(
    version="1",
    questions={
        "obstacles": tuple(
            code.model_copy(update={"keywords": KEYWORDS[code.id]}) for code in CODEBOOK.questions["obstacles"]
        ),
        "wishes": CODEBOOK.questions["wishes"],
    },
)


def test_an_answer_gets_every_code_of_which_it_holds_a_keyword_or_none() -> None:
    got = coded(clean_of(obstacles=ANSWERS), codebook=BY_RULE, by_rule=["obstacles"])
    assert decisions(got) == [
        ("R0", "funding", "rule"),
        ("R0", "staff", "rule"),
        ("R1", "funding", "rule"),
        ("R2", "funding", "rule"),
        ("R3", "none", "rule"),
    ]
    assert problems(got) == {}


def test_keywords_decide_nothing_where_config_does_not_say_so() -> None:
    got = coded(clean_of(obstacles=ANSWERS), codebook=BY_RULE)
    assert decisions(got) == []
    assert len(problems(got)) == 4


def test_what_a_person_said_goes_before_the_keywords_and_agreement_is_of_people() -> None:
    ann = lines({"R0": ("No BUDGET, and no staff", "law")})
    got = coded(
        clean_of(obstacles=ANSWERS), codebook=BY_RULE, by_rule=["obstacles"], codings={"obstacles": {"ann": ann}}
    )
    assert decisions(got)[0] == ("R0", "law", "single coder")
    assert {by for _, _, by in decisions(got)[1:]} == {"rule"}
    assert got.agreement["n"].eq(0).all()


def test_a_question_without_keywords_cannot_be_coded_by_rule() -> None:
    with pytest.raises(CodingError, match="none of its codes has keywords"):
        coded(clean_of(obstacles=ANSWERS), by_rule=["obstacles"])


def test_a_file_of_the_coder_rule_beside_keywords_is_told() -> None:
    file = lines({"R0": ("No BUDGET, and no staff", "law")})
    with pytest.raises(CodingError, match="so does a file"):
        coded(
            clean_of(obstacles=ANSWERS), codebook=BY_RULE, by_rule=["obstacles"], codings={"obstacles": {"rule": file}}
        )


def test_a_keyword_that_would_take_for_ever_on_an_answer_is_told_with_its_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recount.coding.keywords.SECONDS", 0.05)
    code = Code(id="funding", label="", definition="", keywords=(r"(\w+\s?)+$",))
    with pytest.raises(CodingError) as caught:
        found_by_keywords([code], "no money " * 500 + "!", question="obstacles")
    (finding,) = caught.value.findings
    assert (finding.file, finding.key) == ("data/coding/codebook.yaml", "obstacles.funding.keywords")
    assert finding.value == r"(\w+\s?)+$"
    assert "takes more than 0.05 s" in finding.problem
