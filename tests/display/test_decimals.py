"""Statistics are written as fine as the answers were given, where the instrument says how fine that is."""

import pytest

from recount.display.decimals import decimals_of
from recount.study.instrument import Question
from recount.study.settings import Display


def _question(decimals: int | None) -> Question:
    return Question(id="staff", label="Staff", text="How many?", type="number", decimals=decimals)


@pytest.mark.parametrize("statistic", ["median", "q1", "q3", "minimum", "maximum"])
@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_what_somebody_answered_is_as_fine_as_answers_are(statistic: str, decimals: int) -> None:
    assert decimals_of(statistic, _question(decimals), Display(decimals=2)) == decimals


@pytest.mark.parametrize(("decimals", "exp"), [(0, 2), (2, 2), (3, 3)])
def test_what_is_computed_is_as_fine_as_other_numbers_at_least(decimals: int, exp: int) -> None:
    for statistic in ("mean", "sd"):
        assert decimals_of(statistic, _question(decimals), Display(decimals=2)) == exp


def test_shares_and_questions_that_declare_nothing_go_by_the_unit() -> None:
    assert decimals_of("median", _question(None), Display()) is None
    assert decimals_of("nonresponse", _question(1), Display()) is None
