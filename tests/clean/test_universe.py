from typing import Any

import pandas as pd
import pytest

from recount.clean.universe import asked
from recount.errors import AnswersError, StudyError
from tests.clean.conftest import Changed, Study

YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
JOB = {"id": "job", "type": "single", "categories": YES_NO}
BOSS = {"id": "boss", "type": "single", "categories": YES_NO, "universe": {"job": ["yes"]}}
PAY = {"id": "pay", "type": "number", "universe": {"boss": ["yes", "no"]}}
TASKS = {
    "id": "tasks",
    "type": "multi",
    "categories": [{"id": "plan", "label": "Plan"}, {"id": "do", "label": "Do"}],
    "universe": {"job": ["yes"]},
    "waves": {"2020": {"columns": {"plan": "t1", "do": "t2"}}},
}


def test_a_question_is_asked_down_the_chain(study: Study) -> None:
    got = study.clean({"job": ["Yes", "Yes", "No", ""], "boss": ["No", "", "", ""], "pay": [""] * 4}, JOB, BOSS, PAY)
    exp = pd.DataFrame({"job": [True] * 4, "boss": [True, True, False, False], "pay": [True, False, False, False]})
    pd.testing.assert_frame_equal(asked(got.clean, study.instrument(JOB, BOSS, PAY), "2020"), exp)


def test_a_chain_is_broken_where_its_middle_was_not_asked(study: Study) -> None:
    instrument = study.instrument(JOB, BOSS, PAY)
    clean = pd.DataFrame({"job": ["no"], "boss": ["yes"], "pay": [1.0]})
    assert asked(clean, instrument, "2020").to_numpy().tolist() == [[True, False, False]]


def test_several_ticked_means_any_of_them(study: Study) -> None:
    after = {"id": "after", "type": "text", "universe": {"tasks": ["plan", "do"], "job": ["yes"]}}
    texts = {"job": ["Yes", "Yes", "Yes"], "t1": ["1", "0", ""], "t2": ["0", "0", ""], "after": [""] * 3}
    got = study.clean(texts, JOB, TASKS, after)
    assert asked(got.clean, study.instrument(JOB, TASKS, after), "2020")["after"].tolist() == [True, False, False]


def test_the_universe_of_the_wave_goes_before_the_questions(study: Study) -> None:
    everyone = {**BOSS, "waves": {"2020": {"column": "boss", "universe": {}}}}
    got = study.clean({"job": ["No"], "boss": ["Yes"]}, JOB, everyone)
    assert got.clean["boss"].tolist() == ["yes"]


def test_an_answer_outside_the_universe_is_removed_and_logged(study: Study, changed: Changed) -> None:
    texts = {"job": ["No", "No"], "boss": ["yes", ""], "pay": ["not a number", ""], "t1": ["1", "0"], "t2": ["0", "0"]}
    got = study.clean(texts, JOB, BOSS, PAY, TASKS)
    assert got.clean[["boss", "pay", "tasks__plan", "tasks__do"]].isna().all(axis=None)
    assert changed(got) == [
        (2, "boss", "yes", "", "outside universe"),
        (2, "pay", "not a number", "", "outside universe"),
        (2, "tasks__plan", "1", "", "outside universe"),
    ]


def test_an_answer_outside_the_universe_can_stop(study: Study) -> None:
    texts = {"job": ["No", "Yes"], "boss": ["Yes", "Yes"], "t1": ["0", "1"], "t2": ["0", "0"]}
    with pytest.raises(AnswersError) as stop:
        study.clean(texts, JOB, BOSS, TASKS, cleaning={"outside_universe": "stop"})
    (finding,) = stop.value.findings
    assert (finding.row, finding.key, finding.expected) == (2, "boss", "answers only where job is yes")


@pytest.mark.parametrize(
    ("universe", "problem"),
    [
        ({"pay": ["yes"]}, "comes back to the question itself"),
        ({"elsewhere": ["yes"]}, "did not ask"),
    ],
)
def test_a_universe_that_cannot_be_told_stops(study: Study, universe: dict[str, Any], problem: str) -> None:
    elsewhere = {**JOB, "id": "elsewhere", "waves": {"2018": {"column": "x"}}}
    pay = {**BOSS, "id": "pay", "universe": {"boss": ["yes"]}}
    with pytest.raises(StudyError, match=problem):
        study.clean({"job": ["No"], "boss": [""], "pay": [""]}, JOB, {**BOSS, "universe": universe}, pay, elsewhere)
