import numpy as np
import pandas as pd
import pytest

from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row, values

TOOLS = {
    "id": "tools",
    "type": "multi",
    "categories": [
        *categories("phone", "web"),
        {"id": "neither", "label": "Neither", "alone": True},
        *categories("unsure", missing=("unsure",)),
    ],
    "nets": {"any": ["phone", "web"]},
    "net": ["phone", "web"],
    "combinations": True,
    "waves": {WAVE: {"columns": {"phone": "p", "web": "w", "neither": "n", "unsure": "u"}}},
}


def ticks(*chosen: str | None, names: tuple[str, ...] = ("phone", "web", "neither", "unsure")) -> pd.DataFrame:
    """A respondent a text: the categories ticked, joined by `+`; None for no answer."""
    columns = {
        f"tools__{name}": pd.array([None if each is None else name in each.split("+") for each in chosen], "boolean")
        for name in names
    }
    return make_clean(**columns)


FIVE = ("phone+web", "phone", "neither", "unsure", None)


def test_shares_are_of_respondents_not_of_ticks() -> None:
    got = estimated(ticks(*FIVE), make_instrument(TOOLS))
    exp = {"phone": 2 / 3, "web": 1 / 3, "neither": 1 / 3, "any": 2 / 3}
    assert values(got, "tools/share") == exp
    share = row(got, "tools/share/phone")
    assert (share["n"], share["base"], share["asked"], share["answered"]) == (2, 3, 5, 3)


def test_a_missing_category_ticked_alone_is_no_valid_answer_yet_not_nonresponse() -> None:
    got = estimated(ticks(*FIVE), make_instrument(TOOLS))
    assert values(got, "tools/share_asked") == {"unsure": 0.2, "no answer": 0.2}
    assert row(got, "tools/nonresponse")["value"] == 0.2


def test_a_net_counts_a_respondent_once() -> None:
    got = estimated(ticks("phone+web", "phone", "neither"), make_instrument(TOOLS))
    assert row(got, "tools/count/any")["value"] == 2


def test_net_is_the_difference_of_the_two_shares() -> None:
    got = row(estimated(ticks("phone+web", "phone", "neither", "phone"), make_instrument(TOOLS)), "tools/net")
    assert got["value"] == 0.5
    # Scores 0, 1, 0, 1.
    assert got["se"] == pytest.approx(np.std([0, 1, 0, 1], ddof=1) / 2)


def test_the_mean_number_chosen_counts_none_of_these_as_none() -> None:
    got = row(estimated(ticks(*FIVE), make_instrument(TOOLS)), "tools/chosen_mean")
    assert got["value"] == 1
    assert got["base"] == 3
    assert got["se"] == pytest.approx(np.std([2, 1, 0], ddof=1) / np.sqrt(3))


def test_combinations_are_each_set_that_somebody_ticked_most_frequent_first() -> None:
    chosen = ("web+phone", "web", "phone", "phone", "neither", "unsure", None)
    got = estimated(ticks(*chosen), make_instrument(TOOLS))
    exp = {"phone": 2 / 5, "phone+web": 1 / 5, "web": 1 / 5, "neither": 1 / 5}
    assert list(values(got, "tools/combination").items()) == list(exp.items())


def test_more_categories_than_a_machine_word_has_bits_still_combine() -> None:
    names = tuple(f"c{number}" for number in range(70))
    question = {
        "id": "tools",
        "type": "multi",
        "combinations": True,
        "categories": categories(*names),
        "waves": {WAVE: {"columns": {name: name for name in names}}},
    }
    got = estimated(ticks("c0", "c69", "c0+c69", "c0", names=names), make_instrument(question))
    assert values(got, "tools/combination") == {"c0": 0.5, "c0+c69": 0.25, "c69": 0.25}


def test_a_category_that_the_wave_did_not_offer_is_left_out() -> None:
    clean = ticks("phone", "neither").assign(tools__web=pd.array([None, None], dtype="boolean"))
    fielding = {"columns": {"phone": "p", "neither": "n", "unsure": "u"}, "offered": ["phone", "neither", "unsure"]}
    got = estimated(clean, make_instrument({**TOOLS, "waves": {WAVE: fielding}}))
    assert set(values(got, "tools/share")) == {"phone", "neither", "any"}
    assert row(got, "tools/share/any")["value"] == 0.5


def test_who_answered_without_a_tick_is_in_the_base() -> None:
    got = estimated(ticks("phone", ""), make_instrument(TOOLS))
    assert row(got, "tools/share/phone")["value"] == 0.5
    assert values(got, "tools/combination") == {"phone": 0.5}


@pytest.mark.parametrize(("base", "exp"), [("answered", 2 / 3), ("asked", 2 / 4), ("respondents", 2 / 5)])
def test_the_question_declares_what_its_shares_are_of(base: str, exp: float) -> None:
    has = {"id": "has", "type": "single", "categories": categories("yes", "no")}
    question = {**TOOLS, "base": base, "universe": {"has": ["yes"]}}
    # The last was not asked: a tick that is there all the same does not count.
    clean = ticks("phone", "phone", "web", None, "phone").assign(has=["yes"] * 4 + ["no"])
    got = estimated(clean, make_instrument(has, question))
    assert row(got, "tools/share/phone")["value"] == exp
    assert row(got, "tools/net")["value"] == pytest.approx(exp / 2)
