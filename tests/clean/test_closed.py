from typing import Any

import pandas as pd
import pytest

from recount.clean.clean import Cleaned
from recount.errors import AnswersError, StudyError
from recount.ingest.raw import Column
from tests.clean.conftest import Changed, Study

OFFICE = {
    "id": "office",
    "type": "single",
    "categories": [
        {"id": "yes", "label": "Yes, an office", "values": ["1"]},
        {"id": "no", "label": "No"},
        {"id": "none", "label": "None"},
    ],
}


def answers(cleaned: Cleaned) -> Any:
    return [None if pd.isna(each) else each for each in cleaned.clean["office"]]


def test_label_id_and_value_are_read_and_not_logged(study: Study) -> None:
    got = study.clean({"office": ["Yes, an office", "yes", "1", "No"]}, OFFICE)
    assert answers(got) == ["yes", "yes", "yes", "no"]
    assert got.changes.empty


def test_categories_keep_the_order_of_the_instrument(study: Study) -> None:
    got = study.clean({"office": ["No"]}, OFFICE).clean["office"].dtype
    assert got == pd.CategoricalDtype(["yes", "no", "none"], ordered=True)


def test_another_spelling_is_logged(study: Study, changed: Changed) -> None:
    got = study.clean({"office": ["YES, an office", "\u00a0No ", "yes,  an\u00a0office"]}, OFFICE)
    assert answers(got) == ["yes", "no", "yes"]
    assert changed(got) == [
        (2, "office", "YES, an office", "yes", "spelling"),
        (3, "office", "\u00a0No ", "no", "blanks"),
        (4, "office", "yes,  an\u00a0office", "yes", "spelling"),
    ]


def test_typographic_quotes_and_dashes_are_another_spelling(study: Study, changed: Changed) -> None:
    question = {"id": "office", "type": "single", "categories": [{"id": "dont", "label": "Don't know - yet"}]}
    got = study.clean({"office": ["Don’t know – yet"]}, question)
    assert changed(got) == [(2, "office", "Don’t know – yet", "dont", "spelling")]


def test_missing_texts_are_logged_and_blanks_are_not(study: Study, changed: Changed) -> None:
    got = study.clean({"office": ["N/A ", "", None, "  "]}, {**OFFICE, "missing": ["n/a"]})
    assert answers(got) == [None] * 4
    assert changed(got) == [(2, "office", "N/A ", "", "missing text")]


def test_a_category_goes_before_a_missing_text(study: Study) -> None:
    got = study.clean({"office": ["None", "none"]}, OFFICE, missing=["none"])
    assert answers(got) == ["none", "none"]


def test_the_values_of_the_wave_go_before_all_others(study: Study) -> None:
    question = {**OFFICE, "waves": {"2020": {"column": "office", "values": {"1": "no", "No": "none"}}}}
    got = study.clean({"office": ["1", "No", "yes"]}, question)
    assert answers(got) == ["no", "none", "yes"]


def test_codes_are_read_through_the_labels_of_the_file(study: Study, changed: Changed) -> None:
    column = Column("office", labels={"7": "No", "8": "YES, an office", "99": "Refused"}, missing=("99",))
    raw = study.export({"office": ["7", "8", "99"]}, about={"office": column})
    got = study.clean(raw, OFFICE)
    assert answers(got) == ["no", "yes", None]
    assert changed(got) == [(4, "office", "99", "", "user missing")]


def test_a_code_that_file_and_instrument_read_differently_stops(study: Study) -> None:
    raw = study.export({"office": ["1"]}, about={"office": Column("office", labels={"1": "No"})})
    with pytest.raises(StudyError, match="the file labels it 'No'"):
        study.clean(raw, OFFICE)


def test_a_text_of_two_categories_stops(study: Study) -> None:
    question = {
        **OFFICE,
        "categories": [{"id": "a", "label": "Same"}, {"id": "b", "label": "Other", "values": ["Same"]}],
    }
    with pytest.raises(StudyError, match="this could mean a or b"):
        study.clean({"office": ["Same"]}, question)


def test_an_unknown_answer_stops_with_all_that_mends_it(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean(
            {"office": ["No", "Nope", "Nope", "Perhaps"], "who": ["a", "b", "c", "d"]},
            OFFICE,
            {"id": "who", "type": "id"},
        )
    first, second = stop.value.findings
    assert (first.file, first.row, first.key, first.value) == ("export.csv", 3, "office", "Nope")
    assert "rows 3, 4; respondents b, c" in first.problem
    assert first.expected == "did you mean 'None' or 'No'?"
    assert "3,b,office,Nope,None,REASON,NAME" in first.mend
    assert 'under waves: "2020": of office, add values: {"Nope": none, "Perhaps": CATEGORY}' in first.mend
    assert (second.value, second.mend) == ("Perhaps", "")


def test_many_unknown_answers_of_one_column_are_counted(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean({"office": [f"text {number}" for number in range(500)]}, OFFICE)
    assert len(stop.value.findings) == 21
    assert stop.value.findings[-1].problem.startswith("480 more texts of this column, in 480 rows")


def test_a_category_that_the_wave_did_not_offer_stops(study: Study) -> None:
    question = {**OFFICE, "waves": {"2020": {"column": "office", "offered": ["yes", "no"]}}}
    with pytest.raises(AnswersError, match="this category was not offered in this wave"):
        study.clean({"office": ["None"]}, question)


def test_control_characters_are_not_printed(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean({"office": ["\x1b[31mNo"]}, OFFICE)
    assert "\x1b" not in str(stop.value)
