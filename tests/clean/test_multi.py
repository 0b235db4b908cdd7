from typing import Any

import pandas as pd
import pytest

from recount.clean.clean import Cleaned
from recount.errors import AnswersError, StudyError
from tests.clean.conftest import Changed, Study

OPTIONS = [
    {"id": "money", "label": "Money, time"},
    {"id": "staff", "label": "Staff"},
    {"id": "none", "label": "None of these", "alone": True},
]
SPREAD = {
    "id": "lack",
    "type": "multi",
    "categories": OPTIONS,
    "waves": {"2020": {"columns": {"money": "l1", "staff": "l2", "none": "l3"}}},
}


def joined(separator: str) -> Any:
    return {
        "id": "lack",
        "type": "multi",
        "categories": OPTIONS,
        "waves": {"2020": {"column": "lack", "separator": separator}},
    }


def ticks(cleaned: Cleaned) -> Any:
    frame = cleaned.clean[["lack__money", "lack__staff", "lack__none"]]
    return [tuple(None if pd.isna(each) else bool(each) for each in row) for row in frame.itertuples(index=False)]


def test_a_blank_cell_is_not_ticked_where_another_says_something(study: Study) -> None:
    got = study.clean({"l1": ["Money, time", ""], "l2": ["", None], "l3": ["", ""]}, SPREAD)
    assert ticks(got) == [(True, False, False), (None, None, None)]
    assert got.changes.empty
    assert got.clean["lack__money"].dtype == "boolean"


OTHERS = [*OPTIONS, {"id": "other", "label": "Other", "write_in": True}]


def test_what_respondents_wrote_in_is_one_category_and_each_such_cell_is_logged(study: Study, changed: Changed) -> None:
    question = {**joined("csv"), "categories": OTHERS}
    cells = ['Staff,"a mandate, clearly"', "STAFF", "n/a", "Other", "x,y"]
    got = study.clean({"lack": cells}, question, missing=["n/a"])
    assert got.clean["lack__other"].tolist() == [True, False, pd.NA, True, True]
    assert got.clean["lack__staff"].tolist() == [True, True, pd.NA, False, False]
    assert changed(got) == [
        (2, "lack", 'Staff,"a mandate, clearly"', "staff;other", "write-in"),
        (3, "lack", "STAFF", "staff", "spelling"),
        (4, "lack", "n/a", "", "missing text"),
        (6, "lack", "x,y", "other", "write-in"),
    ]


def test_two_categories_for_what_is_written_in_are_a_mistake(study: Study) -> None:
    twice = [*OTHERS, {"id": "more", "label": "More", "write_in": True}]
    with pytest.raises(StudyError, match="only one category can be write_in"):
        study.clean({"lack": ["x"]}, {**joined("csv"), "categories": twice})


def test_platforms_words_for_ticked_and_not_ticked_are_read(study: Study) -> None:
    got = study.clean(
        {"l1": ["1", "Yes", "x"], "l2": ["0", "No", "Not selected"], "l3": ["", "FALSE", "unchecked"]}, SPREAD
    )
    assert ticks(got) == [(True, False, False)] * 3
    assert got.changes.empty


def test_missing_texts_in_all_columns_make_the_question_missing(study: Study, changed: Changed) -> None:
    got = study.clean({"l1": ["NA", "NA"], "l2": ["NA", "Staff"], "l3": ["NA", ""]}, SPREAD, missing=["na"])
    assert ticks(got) == [(None, None, None), (False, True, False)]
    assert changed(got) == [
        (2, "lack__money", "NA", "", "missing text"),
        (2, "lack__staff", "NA", "", "missing text"),
        (2, "lack__none", "NA", "", "missing text"),
        (3, "lack__money", "NA", "false", "missing text"),
    ]


def test_nothing_ticked_is_an_answer_where_the_export_says_so(study: Study) -> None:
    got = study.clean({"l1": ["Not selected"], "l2": ["Not selected"], "l3": ["Not selected"]}, SPREAD)
    assert ticks(got) == [(False, False, False)]


def test_a_category_that_stands_alone_is_unticked_beside_others(study: Study, changed: Changed) -> None:
    got = study.clean({"l1": ["1", "0"], "l2": ["0", "0"], "l3": ["None of these", "1"]}, SPREAD)
    assert ticks(got) == [(True, False, False), (False, False, True)]
    assert changed(got) == [(2, "lack__none", "None of these", "false", "alone")]


def test_a_word_that_is_neither_ticked_nor_not_stops(study: Study) -> None:
    with pytest.raises(AnswersError, match="neither that the option was ticked nor that it was not"):
        study.clean({"l1": ["perhaps"], "l2": [""], "l3": [""]}, SPREAD)


def test_text_in_a_column_that_a_text_question_reads_ticks_the_category(study: Study) -> None:
    other = {"id": "words", "type": "text", "waves": {"2020": {"column": "l2"}}}
    got = study.clean({"l1": ["", ""], "l2": ["people!", ""], "l3": ["", "x"]}, SPREAD, other)
    assert ticks(got) == [(False, True, False), (False, False, True)]
    assert got.clean["words"].tolist()[0] == "people!"


def test_a_category_without_its_column_must_be_left_out_of_offered(study: Study) -> None:
    fewer = {"columns": {"money": "l1", "staff": "l2"}}
    with pytest.raises(StudyError, match="these categories have no column: none"):
        study.clean({"l1": ["1"], "l2": ["1"]}, {**SPREAD, "waves": {"2020": fewer}})
    got = study.clean(
        {"l1": ["1"], "l2": ["1"]}, {**SPREAD, "waves": {"2020": {**fewer, "offered": ["money", "staff"]}}}
    )
    assert ticks(got) == [(True, True, None)]


@pytest.mark.parametrize(
    ("separator", "cell"),
    [
        (";", "Money, time;Staff"),
        (",", "Money, time, Staff"),
        (",", "Staff,Money, time"),
        ("|", "Staff|Money, time"),
        ("space", "Money, time Staff"),
        ("newline", "Staff\nMoney, time"),
        ("csv", '"Money, time",Staff'),
        ("csv", 'Staff,"Money, time"\r\n'),
    ],
)
def test_a_list_in_one_cell_is_read(study: Study, separator: str, cell: str) -> None:
    got = study.clean({"lack": [cell, ""]}, joined(separator))
    assert ticks(got) == [(True, True, False), (None, None, None)]
    assert got.changes.empty


def test_a_list_is_logged_as_a_whole(study: Study, changed: Changed) -> None:
    got = study.clean({"lack": ["staff;MONEY, time", "Staff;None of these", "n/a"]}, joined(";"), missing=["n/a"])
    assert changed(got) == [
        (2, "lack", "staff;MONEY, time", "money;staff", "spelling"),
        (3, "lack", "Staff;None of these", "staff", "alone"),
        (4, "lack", "n/a", "", "missing text"),
    ]


def test_an_unknown_part_of_a_list_stops_and_is_named(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean({"lack": ["Staff;Stuff"]}, joined(";"))
    (finding,) = stop.value.findings
    assert finding.value == "Stuff"
    assert "(in 'Staff;Stuff')" in finding.problem
    assert 'values: {"Stuff": staff}' in finding.mend
    assert "2,row-2,lack,Staff;Stuff,Staff;Staff,REASON,NAME" in finding.mend


def test_a_list_needs_its_separator(study: Study) -> None:
    question = {**joined(";"), "waves": {"2020": {"column": "lack"}}}
    with pytest.raises(StudyError, match="what parts them"):
        study.clean({"lack": ["Staff"]}, question)
