from typing import Any

import pandas as pd
import pytest

from recount.clean.clean import Cleaned
from recount.errors import AnswersError
from tests.clean.conftest import Changed, Study

DAY = {"id": "day", "type": "date"}


def days(cleaned: Cleaned) -> Any:
    return [None if pd.isna(each) else str(each.date()) for each in cleaned.clean["day"]]


def test_iso_dates_are_read_without_their_time(study: Study) -> None:
    got = study.clean({"day": ["2018-05-16", "2018-05-16 23:59:59", "2018-05-16T07:19:00.5Z", ""]}, DAY)
    assert days(got) == ["2018-05-16"] * 3 + [None]
    assert got.changes.empty
    assert got.clean["day"].dtype == "datetime64[s]"


def test_the_column_tells_the_order_of_day_and_month(study: Study, changed: Changed) -> None:
    got = study.clean({"day": ["5/6/18 7:19", "5/16/18 7:19 PM"]}, DAY)
    assert days(got) == ["2018-05-06", "2018-05-16"]
    assert changed(got)[0] == (2, "day", "5/6/18 7:19", "2018-05-06", "date format")
    assert days(study.clean({"day": ["5/6/2018", "16/5/2018"]}, DAY)) == ["2018-06-05", "2018-05-16"]


@pytest.mark.parametrize(
    "text", ["16.5.2018", "16. May 2018", "May 16, 2018", "16 May 2018 10:00", "2018/5/16", "16-5-2018", "05/16/2018"]
)
def test_unambiguous_dates_are_read_and_logged(study: Study, changed: Changed, text: str) -> None:
    got = study.clean({"day": [text]}, DAY)
    assert days(got) == ["2018-05-16"]
    assert [change[4] for change in changed(got)] == ["date format"]


def test_dates_with_points_have_the_day_first(study: Study) -> None:
    assert days(study.clean({"day": ["5.6.2018"]}, DAY)) == ["2018-06-05"]


def test_two_digit_years_are_read_as_posix_does(study: Study) -> None:
    assert days(study.clean({"day": ["16.5.68", "16.5.69"]}, DAY)) == ["2068-05-16", "1969-05-16"]


def test_an_order_that_nothing_tells_stops_until_it_is_declared(study: Study) -> None:
    with pytest.raises(AnswersError, match="day and month cannot be told apart"):
        study.clean({"day": ["5/6/2018"]}, DAY)
    declared = {**DAY, "waves": {"2020": {"column": "day", "dates": "day first"}}}
    assert days(study.clean({"day": ["5/6/2018"]}, declared)) == ["2018-06-05"]


def test_dates_that_contradict_each_other_settle_nothing(study: Study) -> None:
    with pytest.raises(AnswersError) as stop:
        study.clean({"day": ["13/1/2018", "1/13/2018", "5/6/2018"]}, DAY)
    assert [each.value for each in stop.value.findings] == ["5/6/2018"]


@pytest.mark.parametrize("text", ["2018-02-30", "31.4.2018", "yesterday", "99/99/99", "2018", "16 Mai 2018"])
def test_what_is_no_date_stops(study: Study, text: str) -> None:
    with pytest.raises(AnswersError, match=r"not a date|no such day|told apart"):
        study.clean({"day": [text]}, DAY)


def test_missing_dates_are_logged(study: Study, changed: Changed) -> None:
    got = study.clean({"day": ["1900-01-01", "unknown"]}, {**DAY, "missing": ["1900-01-01", "Unknown"]})
    assert days(got) == [None, None]
    assert {change[4] for change in changed(got)} == {"missing text"}
