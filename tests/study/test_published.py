from typing import Any

import pytest

from recount.errors import StudyError
from recount.study.published import Published, PublishedFigures

OFFICE: dict[str, Any] = {
    "id": "office",
    "wave": "2020",
    "statement": "have an office",
    "kind": "rounded",
    "value": 86,
    "unit": "percent",
    "question": "office",
    "category": "yes",
    "statistic": "share",
    "source": ["P"],
    "reference": "a report",
}


def _published(**changes: Any) -> Published:
    return Published.declared_in("published.yaml", {**OFFICE, **changes})


def _other(**changes: Any) -> Published:
    return _published(**({"value": None} | changes))


@pytest.mark.parametrize(("count", "base", "exp"), [(36, 42, True), (40, 47, False), (41, 47, False), (37, 43, True)])
def test_a_rounded_figure_agrees_when_it_rounds_to_it(count: int, base: int, exp: bool) -> None:  # noqa: FBT001 - expected
    assert _published().agrees(count / base) is exp


def test_a_tie_may_have_gone_either_way_unless_the_rule_is_known() -> None:
    assert [_published(value=value).agrees(0.125) for value in (12, 13)] == [True, True]
    assert [_published(value=value, rounding="half up").agrees(0.125) for value in (12, 13)] == [False, True]
    assert [_published(value=value, rounding="half even").agrees(0.125) for value in (12, 13)] == [True, False]


def test_a_bound_excludes_itself() -> None:
    more = _other(kind="bound", above=50)
    assert [more.agrees(value) for value in (0.5, 0.51)] == [False, True]
    fewer = _other(kind="bound", below=50)
    assert [fewer.agrees(value) for value in (0.5, 0.49)] == [False, True]


def test_an_approximate_figure_agrees_within_its_tolerance() -> None:
    half = _published(kind="approximate", value=50, tolerance=5)
    assert [half.agrees(value) for value in (0.44, 0.45, 0.55, 0.56)] == [False, True, True, False]


def test_a_count_is_exact() -> None:
    cities = _published(kind="exact", value=47, unit="", question=None, category=None, statistic="respondents")
    assert [cities.agrees(count) for count in (46, 47)] == [False, True]
    assert cities.key == "2020/-/respondents"


def test_a_rank_needs_the_other_categories_and_is_not_shared() -> None:
    first = _other(kind="words", rank=1)
    assert first.agrees(0.6) is None
    assert first.agrees(0.6, [0.4, 0.3]) is True
    assert first.agrees(0.6, [0.6, 0.3]) is False


def test_a_value_that_cannot_be_estimated_does_not_agree() -> None:
    assert _published().agrees(float("nan")) is False


def test_the_key_is_that_of_the_estimate() -> None:
    assert _published().key == "2020/office/share/yes"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value": None}, "kind: rounded needs the value"),
        ({"kind": "approximate"}, "needs a tolerance"),
        ({"kind": "bound", "value": None}, "needs above or below"),
        ({"source": []}, "at least 1 item"),
        ({"refrence": "x"}, "did you mean 'reference'"),
    ],
)
def test_a_figure_that_says_too_little_is_told(change: dict[str, Any], message: str) -> None:
    with pytest.raises(StudyError) as error:
        _published(**change)
    assert message in str(error.value)


def test_an_id_that_stands_twice_is_told() -> None:
    with pytest.raises(StudyError, match="these ids stand twice: office"):
        PublishedFigures.declared_in("published.yaml", {"figures": [OFFICE, OFFICE]})
