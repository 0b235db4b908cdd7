"""Codes that were given under an earlier version of the codebook, and mean something else today."""

from typing import Any

import pytest

from recount.coding.code import Coded
from recount.errors import CodingError
from recount.study.versions import Versions
from tests.coding.hand_built import CODEBOOK, VERSIONS, clean_of, coded, decisions, lines, problems, ruling

ANSWERS = ["a", "b"]
OLD = VERSIONS.all[0]
FUNDING = OLD.questions["obstacles"][0]


def of(*, ann: dict[str, tuple[str, str]], **options: Any) -> Coded:
    marks = {"codebook_version": options.pop("version")} if "version" in options else {}
    return coded(clean_of(obstacles=ANSWERS), codings={"obstacles": {"ann": lines(ann, **marks)}}, **options)


def test_a_code_that_changed_its_meaning_opens_the_answer_again() -> None:
    got = of(ann={"R0": ("a", "funding"), "R1": ("b", "staff")}, versions=VERSIONS)
    assert decisions(got) == [("R1", "staff", "single coder")]
    assert problems(got) == {"R0": "code changed its meaning"}


def test_a_line_that_says_it_was_given_under_the_version_in_force_counts() -> None:
    got = of(ann={"R0": ("a", "funding"), "R1": ("b", "staff")}, versions=VERSIONS, version="1.2")
    assert len(decisions(got)) == 2


def test_without_earlier_versions_every_line_counts() -> None:
    assert len(decisions(of(ann={"R0": ("a", "funding"), "R1": ("b", "staff")}))) == 2


def test_an_adjudication_with_such_a_code_is_open_again_and_one_without_stands() -> None:
    ruled = {"obstacles": ruling({"R0": ("a", "funding;law"), "R1": ("b", "law")})}
    got = of(ann={"R1": ("b", "funding")}, versions=VERSIONS, adjudications=ruled)
    assert decisions(got) == [("R1", "law", "adjudication")]
    assert problems(got) == {"R0": "code changed its meaning"}


def test_agreement_is_of_codes_that_mean_the_same() -> None:
    ann, ben = {"R0": ("a", "funding"), "R1": ("b", "staff")}, {"R0": ("a", "law"), "R1": ("b", "staff")}
    both = {"ann": lines(ann), "ben": lines(ben)}
    got = coded(clean_of(obstacles=ANSWERS), codings={"obstacles": both}, versions=VERSIONS).agreement
    assert set(got.loc[(got["question"] == "obstacles"), "n"]) == {1}


def test_a_code_that_is_gone_opens_answers_that_had_it_and_is_a_mistake_where_it_is_given_now() -> None:
    more = OLD.model_copy(
        update={
            "questions": {
                **OLD.questions,
                "obstacles": (*OLD.questions["obstacles"], FUNDING.model_copy(update={"id": "gone"})),
            }
        }
    )
    got = of(ann={"R0": ("a", "gone")}, versions=Versions((more, CODEBOOK)))
    assert problems(got)["R0"] == "code changed its meaning"
    with pytest.raises(CodingError, match="no such code"):
        of(ann={"R0": ("a", "gone")}, versions=Versions((more, CODEBOOK)), version="1.2")


def test_a_version_that_nobody_kept_is_told() -> None:
    with pytest.raises(CodingError, match="no such version of the codebook"):
        of(ann={"R0": ("a", "staff")}, versions=VERSIONS, version="0.9")
