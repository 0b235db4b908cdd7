from typing import Any

import pytest

from recount.clean.clean import Cleaned
from recount.errors import AnswersError, StudyError
from tests.clean.conftest import Study

WHO = {"id": "who", "type": "id"}
YES_NO = [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}]
A = {"id": "a", "type": "single", "categories": YES_NO}
B = {"id": "b", "type": "number"}


def excluded(cleaned: Cleaned) -> Any:
    return list(cleaned.excluded[["row", "respondent", "reason"]].itertuples(index=False, name=None))


def details(cleaned: Cleaned) -> Any:
    return cleaned.excluded["detail"].tolist()


def test_tests_are_told_by_the_respondents_id(study: Study) -> None:
    got = study.clean(
        {"who": ["C001", "TEST-1", "my test"], "a": ["Yes"] * 3}, WHO, A, cleaning={"tests": {"respondent": ["test"]}}
    )
    assert excluded(got) == [(3, "TEST-1", "test"), (4, "my test", "test")]
    assert details(got)[0] == "the respondent's id holds 'test'"


def test_tests_and_previews_are_told_by_the_status(study: Study) -> None:
    raw = study.export(
        {"Status": ["0", "1", "8", "Survey Preview", "Spam", "IP Address"], "a": ["Yes"] * 6},
        roles={"status": "Status"},
    )
    got = study.clean(raw, A)
    assert excluded(got) == [
        (3, "row-3", "preview"),
        (4, "row-4", "test"),
        (5, "row-5", "preview"),
        (6, "row-6", "test"),
    ]
    assert details(got)[:2] == ["the status is '1' (Survey Preview)", "the status is '8' (Spam)"]


def test_all_that_qualtrics_calls_test_preview_or_spam_is_left_out_by_number_or_in_words(study: Study) -> None:
    """The value labels of Status in the SPSS syntax that Qualtrics writes."""
    words = {
        *{"0": "IP Address", "1": "Survey Preview", "2": "Survey Test", "4": "Imported", "8": "Spam"}.items(),
        *{"9": "Survey Preview Spam", "12": "Imported Spam", "16": "Offline", "17": "Offline Survey Preview"}.items(),
        *{"32": "EX", "40": "EX Spam", "48": "EX Offline"}.items(),
    }
    for column in zip(*sorted(words), strict=True):
        raw = study.export({"Status": list(column), "a": ["Yes"] * len(words)}, roles={"status": "Status"})
        kept = {column[row - 2] for row in study.clean(raw, A).clean["row"]}
        assert {dict(words).get(each, each) for each in kept} == {
            "IP Address",
            "Imported",
            "Offline",
            "EX",
            "EX Offline",
        }


def test_a_response_without_an_id_is_left_out(study: Study) -> None:
    got = study.clean({"who": ["C001", " ", "n/a", None], "a": ["Yes"] * 4}, WHO, A, missing=["n/a"])
    assert excluded(got) == [(3, "row-3", "no id"), (4, "row-4", "no id"), (5, "row-5", "no id")]


def test_partial_responses_are_judged_on_what_they_were_asked(study: Study) -> None:
    asked = {"id": "c", "type": "single", "categories": YES_NO, "universe": {"a": ["yes"]}}
    texts = {"a": ["Yes", "No", "Yes"], "b": ["1", "", ""], "c": ["", "", "Yes"], "d": ["x", "x", "x"]}
    got = study.clean(texts, A, B, asked, {"id": "d", "type": "text"}, cleaning={"minimum_answered": 0.6})
    assert excluded(got) == [(3, "row-3", "partial")]
    assert details(got) == ["answered 1 of 2 closed and number questions asked, fewer than the 60% required"]


def test_exactly_the_minimum_is_not_partial(study: Study) -> None:
    texts = {name: ["Yes", ""] for name in "abc"} | {name: ["", ""] for name in "de"}
    questions = [{"id": name, "type": "single", "categories": YES_NO} for name in "abcde"]
    got = study.clean(texts, *questions, cleaning={"minimum_answered": 0.6})
    assert excluded(got) == [(3, "row-3", "partial")]


def test_speeders_are_told_by_the_duration(study: Study) -> None:
    raw = study.export({"interviewtime": ["59.9", "60", ""], "a": ["Yes"] * 3}, roles={"duration": "interviewtime"})
    got = study.clean(raw, A, cleaning={"minimum_seconds": 60})
    assert excluded(got) == [(2, "row-2", "speeder")]
    assert details(got) == ["took 59.9 seconds, less than the 60 required"]


def test_speeders_are_told_by_start_and_end(study: Study) -> None:
    texts = {
        "Start Date": ["05/16/2018 11:59:30 AM", "05/06/2018 11:59:30 PM", "05/16/2018 08:00:00 AM"],
        "End Date": ["05/16/2018 12:00:10 PM", "05/07/2018 12:05:00 AM", ""],
        "a": ["Yes"] * 3,
    }
    raw = study.export(texts, roles={"started": "Start Date", "recorded": "End Date"}, format="surveymonkey")
    got = study.clean(raw, A, cleaning={"minimum_seconds": 60})
    assert excluded(got) == [(2, "row-2", "speeder")]
    assert details(got) == ["took 40 seconds, less than the 60 required"]


def test_a_rule_against_speeders_needs_a_duration(study: Study) -> None:
    with pytest.raises(StudyError, match="the export does not say how long a response took"):
        study.clean({"a": ["Yes"]}, A, cleaning={"minimum_seconds": 60})
    raw = study.export({"took": ["a while"], "a": ["Yes"]})
    with pytest.raises(AnswersError, match="this is no duration in seconds"):
        study.clean(raw, A, cleaning={"minimum_seconds": 60}, roles={"duration": "took"})


@pytest.mark.parametrize(
    ("keep", "exp", "why"),
    [
        ("most complete", 3, "answered 1 questions; row 3 of the same respondent answered 2 and was kept"),
        ("first", 2, "row 2 of the same respondent is the first one and was kept"),
        ("last", 4, "row 4 of the same respondent is the last one and was kept"),
    ],
)
def test_of_duplicates_one_is_kept(study: Study, keep: str, exp: Any, why: str) -> None:
    texts = {"who": ["C1", "C1 ", "C1", "C2"], "a": ["Yes", "Yes", "Yes", "No"], "b": ["", "5", "", ""]}
    got = study.clean(texts, WHO, A, B, cleaning={"keep": keep})
    assert got.clean["row"].tolist() == [exp, 5]
    assert details(got)[-1] == why
    assert set(got.excluded["reason"]) == {"duplicate"}


def test_of_equally_complete_duplicates_the_last_is_kept(study: Study) -> None:
    got = study.clean({"who": ["C1", "C1"], "a": ["Yes", "No"]}, WHO, A)
    assert got.clean["row"].tolist() == [3]


def test_a_response_is_left_out_for_the_first_reason(study: Study) -> None:
    texts = {"who": ["test", "C1", "C1"], "Status": ["1", "1", "0"], "t": ["1", "1", "1"], "a": ["", "", ""]}
    raw = study.export(texts, roles={"status": "Status", "duration": "t"})
    rules = {"tests": {"respondent": ["TEST"]}, "minimum_answered": 0.5, "minimum_seconds": 9}
    got = study.clean(raw, WHO, A, cleaning=rules)
    assert excluded(got) == [(2, "test", "test"), (3, "C1", "preview"), (4, "C1", "partial")]


def test_an_answer_of_a_response_that_is_left_out_stops_nothing(study: Study) -> None:
    got = study.clean(
        {"who": ["C1", "test"], "a": ["Yes", "asdf"], "b": ["1", "asdf"]},
        WHO,
        A,
        B,
        cleaning={"tests": {"respondent": ["test"]}},
    )
    assert len(got.clean) == 1
    assert got.changes.empty


def test_an_export_without_a_response_is_cleaned(study: Study) -> None:
    got = study.clean({"who": [], "a": [], "b": []}, WHO, A, B)
    assert [len(got.clean), len(got.changes), len(got.excluded)] == [0, 0, 0]
