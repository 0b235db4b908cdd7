"""Where two waves of a question can be compared, and where not."""

from typing import Any

import pytest

from recount.study.breaks import break_between
from recount.study.instrument import Instrument, Question

CATEGORIES = [{"id": each, "label": each} for each in ("a", "b", "c")]


def asked(earlier: dict[str, Any], *, type_: str = "single", **more: Any) -> Question:
    """A question of two waves, of which the earlier one is declared so; the later one has nothing of its own."""
    waves = {"2018": {"column": "q", **earlier}, "2020": {"column": "q"}}
    office = {"id": "office", "label": "Office", "text": "Office?", "type": "single", "categories": CATEGORIES}
    question = {"id": "q", "label": "Q", "text": "Which?", "type": type_, "categories": CATEGORIES, **more}
    declared = [office | {"waves": {wave: {"column": "o"} for wave in waves}}, question | {"waves": waves}]
    return Instrument.declared_in("i.yaml", {"title": "S", "questions": declared}).by_id["q"]


def test_two_waves_of_one_questionnaire_can_be_compared() -> None:
    assert break_between(asked({}), "2018", "2020", "a") == ""


@pytest.mark.parametrize(
    ("earlier", "why"),
    [
        ({"comparable": False, "note": "asked by telephone"}, "wave 2018 is not comparable: asked by telephone"),
        ({"text": "What?"}, "the question was worded differently in 2018 and in 2020"),
        ({"universe": {"office": ["a"]}}, "others were asked: in 2018 those of office: a and in 2020 everyone"),
        ({"offered": ["a", "b"]}, "other answers were offered: c in 2020 alone"),
    ],
)
def test_each_break_is_named_whichever_wave_comes_first(earlier: dict[str, Any], why: str) -> None:
    question = asked(earlier)
    assert break_between(question, "2018", "2020", "a").startswith(why)
    assert break_between(question, "2020", "2018", "a") != ""


@pytest.mark.parametrize("earlier", [{"text": "What?"}, {"universe": {"office": ["a"]}}, {"offered": ["a", "b"]}])
def test_a_note_takes_the_waves_at_their_word(earlier: dict[str, Any]) -> None:
    assert break_between(asked({**earlier, "note": "means the same"}), "2018", "2020", "a") == ""


def test_of_several_answers_only_those_that_one_could_not_tick_are_apart() -> None:
    question = asked({"offered": ["a", "b"]}, type_="multi", nets={"ab": ["a", "b"], "bc": ["b", "c"]})
    apart = {name: bool(break_between(question, "2018", "2020", name)) for name in ("a", "c", "ab", "bc", "")}
    assert apart == {"a": False, "c": True, "ab": False, "bc": True, "": True}


def test_the_order_in_which_a_universe_is_written_is_no_break() -> None:
    universe = {"office": ["a", "b"]}
    question = asked({"universe": {"office": ["b", "a"]}}, universe=universe)
    assert break_between(question, "2018", "2020") == ""
