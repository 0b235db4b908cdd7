"""Ids of what is drafted: short, readable, the same each time."""

import pytest

from recount.fieldwork.named import category_id, namer

WORDINGS = {
    "What is typically the main dish at your Thanksgiving dinner?": "main_dish_dinner",
    "What is typically the main dish at your Thanksgiving dinner? - Other (please specify)": "main_dish_dinner_other",
    "Tool / Application #2:What tools and applications would you like to see in Thanksgiving?": "tools_applications_2",
    "Response #3": "response_3",
    "Do you typically have gravy at Thanksgiving?": "gravy",
    "What's the age cutoff at your \"kids' table\" at Thanksgiving?": "age_cutoff_kids",
    "Will you employer make you work on Thanksgiving?": "employer_work",
}


@pytest.mark.parametrize(("wording", "name"), WORDINGS.items())
def test_a_question_is_named_by_what_tells_it_from_the_others(wording: str, name: str) -> None:
    assert namer(WORDINGS).question("Q7", wording, set()) == name


@pytest.mark.parametrize(
    ("column", "name"),
    [("Age", "age"), ("household_income", "household_income"), ("q0004", "q0004"), ("G01Q02", "g01q02")],
)
def test_a_column_that_nothing_words_gives_its_name(column: str, name: str) -> None:
    assert namer([]).question(column, "", set()) == name


def test_a_name_that_is_taken_gets_a_number() -> None:
    assert namer(WORDINGS).question("Q7", "Do you have gravy?", {"gravy"}) == "gravy_2"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("C", "c"),
        ("C++", "cpp"),
        ("C#", "csharp"),
        ("< 8.6", "under_8_6"),
        ("> 9.4", "over_9_4"),
        ("I can write simple programs in Haskell", "can_write_simple_programs"),
        ("Less than 1 day", "less_than_1_day"),
        ("2021", "answer_2021"),
        ("不知道", "answer"),
    ],
)
def test_a_category_is_named_by_the_first_words_of_its_label(label: str, name: str) -> None:
    assert category_id(label, set()) == name
