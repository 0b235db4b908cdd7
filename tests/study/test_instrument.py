from typing import Any

import pytest

from recount.errors import StudyError
from recount.study.instrument import Instrument

YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
OFFICE: dict[str, Any] = {
    "id": "office",
    "label": "Office",
    "text": "An office?",
    "type": "single",
    "categories": YES_NO,
    "waves": {"2018": {"column": "Q1", "text": "A desk?", "offered": ["yes"]}, "2020": {"column": "Q2"}},
}


def _instrument(*questions: dict[str, Any], **others: Any) -> Instrument:
    return Instrument.declared_in("instrument.yaml", {"title": "T", "questions": list(questions), **others})


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"categories": []}, "a question of type single needs categories"),
        ({"categories": [*YES_NO, YES_NO[0]]}, "two categories have the same id"),
        ({"coded": True}, "only a question of type text can be coded"),
        ({"nets": {"some": ["yes", "nay"]}}, "nets.some names the category 'nay'"),
        ({"nets": {"yes": ["no"]}}, "a net has the name of a category"),
        ({"net": ["yes", "nope"]}, "net names the category 'nope': did you mean 'no'"),
        ({"waves": {"1": {"column": "a", "columns": {"yes": "b"}}}}, "not both or neither"),
        ({"waves": {"1": {}}}, "not both or neither"),
        ({"waves": {"1": {"column": "a", "comparable": False}}}, "comparable: false needs a note"),
        (
            {"waves": {"1": {"column": "a", "offered": ["yess"]}}},
            "waves.1.offered names the category 'yess': did you mean",
        ),
        ({"waves": {"1": {"column": "a", "values": {"A1": "yess"}}}}, "waves.1.values names the category 'yess'"),
        ({"universe": {"offices": ["yes"]}}, "universe names 'offices': did you mean 'office'"),
        ({"universe": {"office": ["maybe"]}}, "universe names office: 'maybe'"),
        ({"scale": "extend", "categories": []}, "scale 'extend'"),
        ({"type": "singel"}, "Input should be 'single'"),
    ],
)
def test_what_contradicts_itself_is_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises(StudyError) as error:
        _instrument(OFFICE | change)
    assert message in str(error.value)


def test_a_question_id_that_stands_twice_is_told() -> None:
    with pytest.raises(StudyError, match="these question ids stand twice: office"):
        _instrument(OFFICE, OFFICE)


def test_an_unknown_question_is_told_with_the_nearest() -> None:
    with pytest.raises(StudyError, match="did you mean 'office'"):
        _instrument(OFFICE).question("ofice")


def test_a_scale_gives_its_categories_to_the_questions_that_name_it() -> None:
    question = {key: value for key, value in OFFICE.items() if key not in ("categories", "waves")} | {"scale": "agree"}
    assert [category.id for category in _instrument(question, scales={"agree": YES_NO}).questions[0].categories] == [
        "yes",
        "no",
    ]


def test_a_wave_has_its_own_wording_options_and_column() -> None:
    office = _instrument(OFFICE).question("office")
    assert (office.text_in("2018"), office.text_in("2020")) == ("A desk?", "An office?")
    assert [category.id for category in office.offered_in("2018")] == ["yes"]
    assert office.columns_in("2020") == ("Q2",)


def test_a_wave_may_ask_others_than_the_question_says() -> None:
    waves = {"1": {"column": "a", "universe": {}}, "2": {"column": "b"}}
    form = OFFICE | {"id": "form", "universe": {"office": ["yes"]}, "waves": waves}
    asked = _instrument(OFFICE, form).question("form")
    assert asked.universe_in("1") == {}
    assert asked.universe_in("2") == {"office": ("yes",)}


def test_questions_of_a_wave_stand_in_the_order_of_the_questionnaire() -> None:
    later = OFFICE | {"id": "later", "waves": {"2020": {"column": "Q3"}}}
    instrument = _instrument(later, OFFICE)
    assert [question.id for question in instrument.asked_in("2020")] == ["later", "office"]
    assert [question.id for question in instrument.asked_in("2018")] == ["office"]
