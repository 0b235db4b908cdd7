from typing import Any

import numpy as np
import pytest

from recount.clean.numbers import decimal_mark, localised
from recount.errors import AnswersError
from tests.clean.conftest import Changed, Study

STAFF = {"id": "staff", "type": "number"}


def test_plain_numbers_are_read(study: Study) -> None:
    got = study.clean({"staff": ["12", "-0.5", "1e3", "1200.", ".25", ""]}, STAFF)
    np.testing.assert_array_equal(got.clean["staff"], [12, -0.5, 1000, 1200, 0.25, np.nan])
    assert got.changes.empty


@pytest.mark.parametrize(
    ("text", "exp"),
    [
        ("1,200", 1200),
        ("1,200,000.5", 1200000.5),
        ("1.200,5", 1200.5),
        ("1.200.000", 1200000),
        ("1 200", 1200),
        ("1\u202f200,5", 1200.5),
        ("1’200", 1200),
        ("0,125", 0.125),
        ("12,5", 12.5),
        ("１２", 12),
        ("-1,5", -1.5),
    ],
)
def test_a_number_in_another_notation_is_logged(study: Study, changed: Changed, text: str, exp: Any) -> None:
    got = study.clean({"staff": [text]}, STAFF)
    assert got.clean["staff"].tolist() == [exp]
    assert [change[4] for change in changed(got)] == ["number format"]


@pytest.mark.parametrize(
    "text", ["12 people", "1,20,0", "1.2.3", "twelve", "12,34,567", "nan", "inf", "1e999", "0x10", "1,2,"]
)
def test_what_is_no_number_stops(study: Study, text: str) -> None:
    with pytest.raises(AnswersError, match="this is not a number"):
        study.clean({"staff": [text]}, STAFF)


@pytest.mark.parametrize("text", ["1,200", "1.200"])
def test_a_mark_that_may_be_either_stops_beside_decimal_commas(study: Study, text: str) -> None:
    with pytest.raises(AnswersError, match="this can be read in two ways"):
        study.clean({"staff": [text, "2,5"]}, STAFF)


def test_marks_tell_what_they_are() -> None:
    got = [decimal_mark(text) for text in ("1,5", "1.5", "1,200", "1.200", "1,200.5", "1.200,5", "1.200.000", "12")]
    assert got == [",", ".", "", "", ".", ",", ",", ""]
    assert localised("1,200", comma=False) == 1200


def test_numbers_out_of_range_stop(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean({"staff": ["0", "100", "101", "-1"]}, {**STAFF, "range": [0, 100]})
    assert [(each.value, each.expected) for each in stop.value.findings] == [
        ("101", "between 0 and 100"),
        ("-1", "between 0 and 100"),
    ]
    assert "4,row-4,staff,101,,REASON,NAME" in stop.value.findings[0].mend


def test_blanks_and_missing_numbers_are_logged(study: Study, changed: Changed) -> None:
    got = study.clean({"staff": [" 5", "99", "n/a"]}, {**STAFF, "missing": ["99", "N/A"]})
    assert changed(got) == [
        (2, "staff", " 5", "5", "blanks"),
        (3, "staff", "99", "", "missing text"),
        (4, "staff", "n/a", "", "missing text"),
    ]


@pytest.mark.parametrize("weight", ["0", "-1", "inf", ""])
def test_a_weight_is_a_positive_number(study: Study, weight: str) -> None:
    with pytest.raises(AnswersError, match=r"a positive number|not a number"):
        study.clean({"w": ["1.5", weight]}, {"id": "w", "type": "weight"})
