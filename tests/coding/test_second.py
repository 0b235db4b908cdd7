"""Which answers a second coder codes."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.coding.answers import answer_hash
from recount.coding.lines import Answers
from recount.coding.second import second_sample, sheet_of, strata_of
from recount.study.settings import DoubleCoding


def answers(size: int, *, first: int = 0) -> Answers:
    texts = tuple("x" * (n + 1) for n in range(size))
    named = pd.Index([f"R{n}" for n in range(first, first + size)])
    return Answers(named, texts, tuple(map(answer_hash, texts)))


def drawn(of: Answers, strata: list[str], **chosen: object) -> list[str]:
    places = second_sample(of, pd.Series(strata, dtype="str"), DoubleCoding(**chosen), wave="2020", question="why")
    return [str(of.respondents[place]) for place in places]


def test_a_share_is_rounded_up_and_a_number_is_taken_as_it_is() -> None:
    assert len(drawn(answers(41), [""] * 41, share=0.2)) == 9
    assert len(drawn(answers(41), [""] * 41, number=7)) == 7
    assert len(drawn(answers(5), [""] * 5, number=7)) == 5


def test_each_stratum_has_its_share() -> None:
    strata = ["a"] * 60 + ["b"] * 30 + ["c"] * 10
    got = drawn(answers(100), strata, number=20)
    assert Counter(strata[int(name[1:])] for name in got) == {"a": 12, "b": 6, "c": 2}


def test_a_small_stratum_has_one_answer_at_least() -> None:
    strata = ["a"] * 98 + ["b", "c"]
    got = drawn(answers(100), strata, number=5)
    assert Counter(strata[int(name[1:])] for name in got) == {"a": 3, "b": 1, "c": 1}


def test_the_seed_draws_the_same_sample_and_another_draws_another() -> None:
    got = drawn(answers(200), [""] * 200, number=20, seed=4)
    assert drawn(answers(200), [""] * 200, number=20, seed=4) == got
    assert drawn(answers(200), [""] * 200, number=20, seed=5) != got


def test_a_response_more_does_not_turn_the_sample_over() -> None:
    before = drawn(answers(200), [""] * 200, number=20)
    after = drawn(answers(201), [""] * 201, number=20)
    assert len({*before} & {*after}) >= 19


def test_answers_are_drawn_as_if_at_random() -> None:
    got = Counter(name for seed in range(300) for name in drawn(answers(20), [""] * 20, number=5, seed=seed))
    # Each is drawn in a quarter of 300 samples; six standard deviations of a binomial to either side.
    assert all(abs(count - 75) < 6 * np.sqrt(300 * 0.25 * 0.75) for count in got.values())
    assert len(got) == 20


def test_strata_are_answers_to_questions_and_thirds_by_length() -> None:
    clean = pd.DataFrame({"respondent": [f"R{n}" for n in range(6)], "region": ["x", "y", None, "x", "x", "y"]})
    got = strata_of(answers(6), clean, ("region", "length"))
    assert got.tolist() == ["x, short", "y, short", "-, middling", "x, middling", "x, long", "y, long"]
    assert strata_of(answers(3), clean, ()).tolist() == ["", "", ""]


def test_the_sheet_has_the_answers_and_no_codes() -> None:
    got = sheet_of(answers(3), np.array([0, 2]))
    assert got.to_dict("list") == {
        "respondent": ["R0", "R2"],
        "answer_sha256": [answer_hash("x"), answer_hash("xxx")],
        "answer": ["x", "xxx"],
        "codes": ["", ""],
        "note": ["", ""],
    }


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=40), st.integers(1, 40), st.integers(0, 3))
def test_the_sample_has_its_size_and_nobody_twice(strata: list[str], number: int, seed: int) -> None:
    got = drawn(answers(len(strata)), strata, number=number, seed=seed)
    assert len(got) == len({*got}) == min(number, len(strata))


@pytest.mark.parametrize("share", [0, 1.5])
def test_a_share_is_between_0_and_1(share: float) -> None:
    with pytest.raises(ValueError, match="share"):
        DoubleCoding(share=share)
