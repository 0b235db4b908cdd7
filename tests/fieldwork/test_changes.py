"""Each kind of change between two waves, planted: it is found, and named for what it is."""

from collections.abc import Callable

import pytest

from recount.fieldwork.adding import Comparison
from recount.fieldwork.draft import Proposal
from tests.fieldwork.conftest import NOW, Change, Questionnaire, at

Held = Callable[..., Comparison]


def found(comparison: Comparison) -> set[tuple[str, str]]:
    return {(change.kind, change.key) for change in comparison.changes}


def told(comparison: Comparison, kind: str, key: str) -> str:
    return next(change.text for change in comparison.changes if (change.kind, change.key) == (kind, key))


def proposed(comparison: Comparison, question: str) -> Proposal:
    return next(each for each in comparison.proposals if each.pair.question.id == question)


def a_new_question(questions: Questionnaire) -> None:
    questions["parking"] = {
        "id": "parking",
        "label": "Parking",
        "text": "Where did you leave your bicycle or car today?",
        "type": "single",
        "categories": [{"id": "street", "label": "In the street"}, {"id": "garage", "label": "In the garage"}],
        "waves": {NOW: {"column": "Q8"}},
    }


def a_dropped_question(questions: Questionnaire) -> None:
    del questions["member"]


def a_rewording(questions: Questionnaire) -> None:
    questions["hours"]["text"] = "How satisfied are you with the new opening hours on Sundays?"


def a_new_option(questions: Questionnaire) -> None:
    questions["visits"]["categories"].append({"id": "never", "label": "This is my first visit"})


def a_missing_option(questions: Questionnaire) -> None:
    questions["visits"]["categories"].pop()


def an_option_worded_otherwise(questions: Questionnaire) -> None:
    questions["visits"]["categories"][1]["label"] = "About once per month"


def several_choices(questions: Questionnaire) -> None:
    questions["visits"]["type"] = "multi"
    at(questions, "visits")["separator"] = ","


def a_number_in_classes(questions: Questionnaire) -> None:
    questions["way"] |= {
        "type": "single",
        "categories": [{"id": "short", "label": "Up to a quarter of an hour"}, {"id": "long", "label": "Longer"}],
    }
    del questions["way"]["range"]


def another_order(questions: Questionnaire) -> None:
    questions["visits"] = questions.pop("visits")  # to the end


def a_name_reused(questions: Questionnaire) -> None:
    """The column of the card's question now holds a question that was never asked; the card is not asked for."""
    a_dropped_question(questions)
    a_new_question(questions)
    at(questions, "parking")["column"] = "Q6"


def names_swapped(questions: Questionnaire) -> None:
    at(questions, "visits")["column"], at(questions, "hours")["column"] = "Q3", "Q2"


def test_the_same_questionnaire_changes_nothing(held: Held) -> None:
    same = held()
    assert found(same) == set()
    assert {each.pair.score for each in same.proposals} == {1.0}
    assert same.begun == ()


CASES: list[tuple[Change, set[tuple[str, str]]]] = [
    (a_new_question, {("new question", "Q8")}),
    (a_dropped_question, {("dropped question", "member")}),
    (a_rewording, {("reworded", "hours")}),
    (a_new_option, {("options", "visits")}),
    (a_missing_option, {("options", "visits")}),
    (an_option_worded_otherwise, {("options", "visits")}),
    (several_choices, {("type", "visits")}),
    (a_number_in_classes, {("type", "way")}),
    (another_order, {("order of questions", "visits")}),
    (a_name_reused, {("name reused", "Q6"), ("new question", "Q6"), ("dropped question", "member")}),
    (names_swapped, {("name reused", "Q2"), ("name reused", "Q3")}),
]


@pytest.mark.parametrize(("change", "expected"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_each_kind_of_change_is_found_and_nothing_else(
    held: Held, change: Change, expected: set[tuple[str, str]]
) -> None:
    assert found(held(change)) == expected


def test_all_at_once_are_found(held: Held) -> None:
    def reused(questions: Questionnaire) -> None:
        at(questions, "parking")["column"] = "Q6"

    changed = held(
        a_rewording, a_new_option, a_number_in_classes, a_dropped_question, a_new_question, reused, another_order
    )
    assert found(changed) == {
        ("name reused", "Q6"),
        ("new question", "Q6"),
        ("dropped question", "member"),
        ("reworded", "hours"),
        ("options", "visits"),
        ("type", "way"),
        ("order of questions", "visits"),
    }


def test_a_rewording_is_shown_word_by_word_and_proposed_as_not_comparable(held: Held) -> None:
    reworded = held(a_rewording)
    shown = "How satisfied are you with the [-> new] opening hours [-> on Sundays?]"
    assert told(reworded, "reworded", "hours") == shown
    fielding = proposed(reworded, "hours").fielding
    assert fielding is not None
    assert fielding["text"] == "How satisfied are you with the new opening hours on Sundays?"
    assert fielding["comparable"] is False
    assert "reworded" in str(fielding["note"])


def test_a_name_that_is_used_again_is_never_a_match(held: Held) -> None:
    reused = held(a_name_reused)
    assert "member" not in {each.pair.question.id for each in reused.proposals}
    assert told(reused, "name reused", "Q6").startswith(
        "held member in 2022; now it holds no question of the instrument"
    )


def test_swapped_names_are_matched_by_what_they_ask(held: Held) -> None:
    swapped = held(names_swapped)
    columns = {each.pair.question.id: each.pair.posed.columns for each in swapped.proposals}
    assert (columns["visits"], columns["hours"]) == (("Q3",), ("Q2",))
    assert swapped.sure(0.0).isdisjoint({"visits", "hours"})


def test_a_question_whose_type_changed_gets_a_question_of_its_own(held: Held) -> None:
    retyped = held(several_choices)
    assert proposed(retyped, "visits").fielding is None
    assert [(each.id, each.content["type"]) for each in retyped.begun] == [("visits_2024", "multi")]
    assert told(retyped, "type", "visits").startswith("one choice -> several choices")


def test_an_option_that_many_chose_and_nobody_chooses_now_is_drafted_as_not_offered(held: Held) -> None:
    gone = held(a_missing_option)
    assert "though many gave them before; taken as not offered" in told(gone, "options", "visits")
    assert (proposed(gone, "visits").fielding or {})["offered"] == ["weekly", "monthly"]


def test_an_option_that_few_could_have_chosen_is_no_proof_that_it_is_gone(held: Held) -> None:
    few = held(a_missing_option, rows=12)
    assert ("options", "visits") not in found(few)
    assert "offered" not in (proposed(few, "visits").fielding or {})


def test_an_option_in_other_words_is_read_as_the_one_that_is_missing(held: Held) -> None:
    fielding = proposed(held(an_option_worded_otherwise), "visits").fielding
    assert fielding is not None
    assert fielding["values"] == {"About once per month": "monthly"}


def test_nothing_that_a_person_must_decide_is_ever_sure(held: Held) -> None:
    changed = held(a_rewording, a_new_option, a_number_in_classes, a_name_reused)
    assert changed.sure(0.0).isdisjoint({"hours", "visits", "way"})
    assert changed.sure(0.9) == {"visitor", "uses", "wishes"}


def test_columns_with_another_name_are_matched_by_their_wording(held: Held) -> None:
    def renamed(questions: Questionnaire) -> None:
        for name in questions:
            at(questions, name)["column"] = f"x_{name}"

    moved = held(renamed)
    assert {each.pair.score for each in moved.proposals} == {0.9, 0.88}
    assert found(moved) == set()
