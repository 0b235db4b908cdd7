import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.code import CODES, UNCODED
from recount.coding.measure import COLUMNS as AGREEMENT
from recount.study.codebook import Codebook
from tests.coding.hand_built import clean_of, coded, decisions, lines, problems, ruling

MONEY = "no money"
STAFF = "too few people"


def test_two_coders_who_give_the_same_codes_decide_by_agreement() -> None:
    got = coded(
        clean_of(obstacles=[MONEY]),
        codings={
            "obstacles": {
                "ann": lines({"R0": (MONEY, "staff;funding")}),
                "ben": lines({"R0": (MONEY, "funding; staff")}),
            }
        },
    )
    exp = pd.DataFrame(
        {
            "respondent": ["R0", "R0"],
            "question": ["obstacles", "obstacles"],
            "code": ["funding", "staff"],
            "decided_by": ["agreement", "agreement"],
            "codebook_version": ["1.2", "1.2"],
        },
        dtype="str",
    )
    pd.testing.assert_frame_equal(got.codes, exp)
    assert got.uncoded.empty


def test_one_coder_decides_alone() -> None:
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": {"ann": lines({"R0": (MONEY, "funding")})}})
    assert decisions(got) == [("R0", "funding", "single coder")]


def test_a_coder_who_has_not_come_to_an_answer_does_not_count_as_one() -> None:
    sheets = {"ann": lines({"R0": (MONEY, "funding")}), "ben": lines({"R0": (MONEY, "")})}
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets})
    assert decisions(got) == [("R0", "funding", "single coder")]


DISAGREEING = {"ann": lines({"R0": (MONEY, "funding")}), "ben": lines({"R0": (MONEY, "funding;law")})}


def test_where_coders_differ_the_adjudicator_decides() -> None:
    got = coded(
        clean_of(obstacles=[MONEY]),
        codings={"obstacles": DISAGREEING},
        adjudications={"obstacles": ruling({"R0": (MONEY, "law")})},
    )
    assert decisions(got) == [("R0", "law", "adjudication")]
    assert got.uncoded.empty


def test_where_coders_differ_and_nobody_adjudicated_there_are_no_codes() -> None:
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": DISAGREEING})
    exp = pd.DataFrame(
        [("R0", "obstacles", answer_hash(MONEY), MONEY, "disagreement not adjudicated")],
        columns=list(UNCODED),
        dtype="str",
    )
    pd.testing.assert_frame_equal(got.uncoded, exp)
    assert got.codes.empty


def test_a_blank_adjudication_decides_nothing() -> None:
    got = coded(
        clean_of(obstacles=[MONEY]),
        codings={"obstacles": DISAGREEING},
        adjudications={"obstacles": ruling({"R0": (MONEY, "")}, by="")},
    )
    assert problems(got) == {"R0": "disagreement not adjudicated"}


def test_an_adjudication_of_another_wording_is_open_again() -> None:
    got = coded(
        clean_of(obstacles=[MONEY]),
        codings={"obstacles": DISAGREEING},
        adjudications={"obstacles": ruling({"R0": ("no mony", "law")})},
    )
    assert problems(got) == {"R0": "disagreement not adjudicated"}
    assert got.codes.empty


def test_two_of_three_coders_are_not_a_decision() -> None:
    sheets = {name: lines({"R0": (MONEY, codes)}) for name, codes in (("ann", "law"), ("ben", "law"), ("cat", "staff"))}
    assert problems(coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets})) == {
        "R0": "disagreement not adjudicated"
    }


@pytest.mark.parametrize(("ruled", "decided_by"), [("law", "adjudication"), ("funding", "agreement")])
def test_an_adjudicator_can_overrule_coders_who_agree(ruled: str, decided_by: str) -> None:
    sheets = {name: lines({"R0": (MONEY, "funding")}) for name in ("ann", "ben")}
    got = coded(
        clean_of(obstacles=[MONEY]),
        codings={"obstacles": sheets},
        adjudications={"obstacles": ruling({"R0": (MONEY, ruled)})},
    )
    assert decisions(got) == [("R0", ruled, decided_by)]


def test_codes_of_another_wording_are_not_used() -> None:
    sheets = {name: lines({"R0": ("no mony", "funding")}) for name in ("ann", "ben")}
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets})
    assert problems(got) == {"R0": "edited after coding"}
    assert got.codes.empty


def test_where_one_coder_has_read_the_new_wording_that_coder_decides_alone() -> None:
    sheets = {"ann": lines({"R0": ("no mony", "law")}), "ben": lines({"R0": (MONEY, "funding")})}
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets})
    assert decisions(got) == [("R0", "funding", "single coder")]


def test_blank_codes_and_answers_without_a_line_are_not_coded() -> None:
    got = coded(clean_of(obstacles=[MONEY, STAFF, None]), codings={"obstacles": {"ann": lines({"R0": (MONEY, " ")})}})
    assert problems(got) == {"R0": "not coded", "R1": "not coded"}


def test_none_is_a_decision_that_no_code_applies() -> None:
    sheets = {name: lines({"R0": ("hello", "none")}) for name in ("ann", "ben")}
    assert decisions(coded(clean_of(obstacles=["hello"]), codings={"obstacles": sheets})) == [
        ("R0", "none", "agreement")
    ]


def test_a_program_that_goes_by_rules_decides_only_where_no_person_did() -> None:
    sheets = {
        "ann": lines({"R0": (MONEY, "funding")}),
        "rule": lines({"R0": (MONEY, "law"), "R1": (STAFF, "staff")}),
    }
    got = coded(clean_of(obstacles=[MONEY, STAFF]), codings={"obstacles": sheets})
    assert decisions(got) == [("R0", "funding", "single coder"), ("R1", "staff", "rule")]
    assert got.agreement["n"].eq(0).all()


def test_a_code_does_not_bring_its_parent_along() -> None:
    codebook = Codebook.declared_in(
        "codebook.yaml",
        {
            "version": "1",
            "questions": {
                "obstacles": [
                    {"id": "resources", "label": "", "definition": ""},
                    {"id": "money", "label": "", "definition": "", "parent": "resources"},
                ],
                "wishes": [{"id": "training", "label": "", "definition": ""}],
            },
        },
    )
    sheets = {"ann": lines({"R0": (MONEY, "money"), "R1": (STAFF, "resources")})}
    got = coded(clean_of(obstacles=[MONEY, STAFF]), codings={"obstacles": sheets}, codebook=codebook)
    assert [row[:2] for row in decisions(got)] == [("R0", "money"), ("R1", "resources")]


def test_rows_stand_in_the_order_of_questionnaire_respondents_and_codebook() -> None:
    got = coded(
        clean_of(obstacles=[MONEY, STAFF], wishes=["both", None]),
        codings={
            "wishes": {"ann": lines({"R0": ("both", "money;training")})},
            "obstacles": {"ann": lines({"R1": (STAFF, "law;funding"), "R0": (MONEY, "none")})},
        },
    )
    assert got.codes[["question", "respondent", "code"]].to_numpy().tolist() == [
        ["obstacles", "R0", "none"],
        ["obstacles", "R1", "funding"],
        ["obstacles", "R1", "law"],
        ["wishes", "R0", "training"],
        ["wishes", "R0", "money"],
    ]


def test_only_questions_that_are_to_be_coded_are() -> None:
    got = coded(clean_of(remarks=["thank you"], wishes=["more"]))
    assert got.uncoded["question"].tolist() == ["wishes"]


def test_the_tables_have_the_columns_of_the_contract_even_where_nothing_is_coded() -> None:
    got = coded(clean_of(obstacles=[None]))
    assert tuple(got.codes) == CODES == ("respondent", "question", "code", "decided_by", "codebook_version")
    assert tuple(got.uncoded) == UNCODED == ("respondent", "question", "answer_sha256", "answer", "problem")
    assert tuple(got.agreement) == AGREEMENT == ("question", "code", "statistic", "value", "se", "low", "high", "n")
    assert got.codes.empty
    assert got.agreement["value"].isna().all()


def test_a_line_of_a_response_that_cleaning_leaves_out_is_told_of_and_not_used() -> None:
    sheets = {"ann": lines({"R0": (MONEY, "funding"), "R7": ("gone", "law")})}
    got = coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets})
    assert decisions(got) == [("R0", "funding", "single coder")]
    assert [(finding.row, finding.value) for finding in got.unused] == [(3, "R7")]
    assert "cleaning leaves this response out" in str(got.unused[0])


def test_a_line_of_an_answer_that_is_gone_is_told_of_and_needs_nobody() -> None:
    sheets = {"ann": lines({"R0": (MONEY, "funding"), "R1": ("n/a", "none")})}
    got = coded(clean_of(obstacles=[MONEY, None]), codings={"obstacles": sheets})
    assert [finding.value for finding in got.unused] == ["R1"]
    assert got.uncoded.empty


@pytest.mark.parametrize(
    ("one", "other"), [("  no money\n", "no money"), ("cafe\u0301", "caf\u00e9"), ("\u00a0no money", "no money")]
)
def test_outer_blanks_and_the_form_of_accents_do_not_change_an_answer(one: str, other: str) -> None:
    assert answer_hash(one) == answer_hash(other)


@pytest.mark.parametrize(("one", "other"), [("no money", "No money"), ("no money", "no  money"), ("a", "b")])
def test_every_other_difference_makes_another_answer(one: str, other: str) -> None:
    assert answer_hash(one) != answer_hash(other)


def test_the_hash_is_the_sha_256_in_full() -> None:
    # echo -n abc | sha256sum; also the example of FIPS 180-2, appendix B.1.
    assert answer_hash("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_answers_that_nobody_coded_are_no_error_and_are_counted() -> None:
    got = coded(clean_of(obstacles=[MONEY, STAFF], wishes=["more", None]))
    assert got.codes.empty
    see = "or see results/2020/uncoded.csv"
    assert got.waiting == (
        f"obstacles: 2 answers wait for a coder: open results/coding/2020/obstacles.html {see}",
        f"wishes: 1 answer waits for a coder: open results/coding/2020/wishes.html {see}",
    )
    sheets = {"ann": lines({"R0": (MONEY, "funding")})}
    assert coded(clean_of(obstacles=[MONEY]), codings={"obstacles": sheets}).waiting == ()


def test_a_disagreement_waits_for_an_adjudicator() -> None:
    got = coded(clean_of(obstacles=[MONEY, STAFF]), codings={"obstacles": DISAGREEING})
    assert [line.split(" open ")[0] for line in got.waiting] == [
        "obstacles: 1 answer waits for a coder:",
        "obstacles: 1 answer waits for an adjudicator:",
    ]
    assert "results/coding/2020/obstacles.adjudication.html" in got.waiting[1]
