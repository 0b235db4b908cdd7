"""Phrases with a condition of their own, and what is told of claims."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.errors import EstimateError, RecountError, TemplateError, warned
from recount.write.claim_list import claim_list, failing
from recount.write.paper import Written
from tests.write.conftest import ROWS, share

Write = Callable[..., Written]
WARN = {"paper": {"wave": "2020", "claims": "warn"}}


def _claim(write: Write, condition: str, **study: Any) -> dict[str, Any]:
    template = f"{{% claim {condition} %}}So it is{{% endclaim %}}."
    found: dict[str, Any] = write(template, settings=WARN, **study).claims["claims"][0]
    return found


def _refused(write: Write, condition: str, error: type[RecountError] = EstimateError) -> str:
    with pytest.raises(error) as caught:
        write(f"{{% claim {condition} %}}So it is{{% endclaim %}}.")
    return str(caught.value)


@pytest.mark.parametrize(("category", "holds", "respondents"), [("yes", True, 15), ("no", False, 16)])
def test_a_majority_is_more_than_half_of_the_base(
    write: Write, category: str, *, holds: bool, respondents: int
) -> None:
    claim = _claim(write, f"majority('office', '{category}')")
    assert claim["condition"] == f"2020/office/share/{category} > 0.5"
    assert (claim["holds"], claim["margin"]["respondents"]) == (holds, respondents)


def test_half_is_no_majority(write: Write) -> None:
    half = pd.DataFrame([*ROWS, *share("2020/travel/share/some", 21, 42)]).replace("some", "maybe")
    half = half[half["key"] != "2020/travel/share/maybe"].replace("2020/travel/share/some", "2020/travel/share/maybe")
    claim = _claim(write, "majority('travel', 'maybe')", estimates=half)
    assert (claim["holds"], claim["margin"]["respondents"]) == (False, 1)


def test_a_majority_of_a_group(write: Write) -> None:
    claim = _claim(write, "majority('office', 'yes', group='region', level='africa')")
    assert claim["condition"] == "2020/office/share/yes/region=africa > 0.5"


@pytest.mark.parametrize("phrase", ["more than half", "a majority", "过半数"])
def test_a_majority_may_be_said_to_be_more_than_half(write: Write, phrase: str) -> None:
    claim = write(f"{{% claim majority('office', 'yes') %}}{phrase}{{% endclaim %}}").claims["claims"][0]
    assert claim["phrase"] == phrase


def test_named_most_often_is_more_than_each_other_and_no_code_is_none_of_them(write: Write) -> None:
    claim = _claim(write, "most_named('obstacles', 'funding')")
    assert claim["condition"] == (
        "2020/obstacles/share/funding > 2020/obstacles/share/staff and "
        "2020/obstacles/share/funding > 2020/obstacles/share/mandate"
    )
    assert (claim["holds"], claim["margin"]["respondents"]) == (True, 5)


def test_of_those_that_are_named_equally_often_none_is_named_most_often(write: Write) -> None:
    equal = pd.DataFrame([each for each in ROWS if each["category"] != "funding"])
    claim = _claim(write, "most_named('obstacles', 'staff')", estimates=equal)
    assert (claim["holds"], claim["status"], claim["margin"]["respondents"]) == (False, "fails", 1)


def test_the_most_is_asked_of_categories_and_not_of_nets(write: Write) -> None:
    assert "did you mean 'staff'" in _refused(write, "most_named('obstacles', 'staf')")
    assert "this question has no categories" in _refused(write, "most_named('staff', 'yes')")


def test_a_category_called_none_takes_part_where_it_is_an_answer(write: Write) -> None:
    rows = pd.DataFrame([*ROWS, *share("2020/agenda/share/none", 40, 42)])
    assert not _claim(write, "most_named('agenda', 'high')", estimates=rows)["holds"]


def test_a_false_claim_is_told_and_does_not_stop_where_it_only_warns(
    write: Write, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    written = write(
        "Fine.\n\nOf all, {% claim majority('travel', 'yes') %}most{% endclaim %} can travel.", settings=WARN
    )
    warned(written.warnings, tmp_path / "log")
    told = capsys.readouterr().err
    assert told == (tmp_path / "log").read_text(encoding="utf-8")
    assert told.startswith("report/paper.md.j2, line 3, claim: 'most': this is not true: 2020/travel/share/yes is 40%")
    assert "next: rewrite the sentence: Of all, most can travel." in told


def test_where_all_claims_are_true_nothing_is_told(
    write: Write, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    warned(write("{% claim majority('office', 'yes') %}Most{% endclaim %}.", settings=WARN).warnings, tmp_path / "log")
    assert (capsys.readouterr().err, (tmp_path / "log").exists()) == ("", False)


CLAIMS = """Cities.

{% claim majority('office', 'yes') and respondents() > 30 %}Most{% endclaim %} have an office.
{% claim majority('travel', 'yes') %}Most{% endclaim %} can travel.
{% claim share('travel', 'yes') < 0.5 %}Few{% endclaim %} can.
"""


def test_claims_are_listed_with_those_that_fail_first(write: Write) -> None:
    claims = write(CLAIMS, settings=WARN).claims
    assert [each["id"] for each in failing(claims)] == ["c-2"]
    assert claim_list(claims) == (
        "fails: 'Most' (c-2; report/paper.md.j2, line 4)\n"
        "    Most can travel.\n"
        "    2020/travel/share/yes > 0.5: 40% (17 of 42), 50%; margin −9.5 percentage points\n"
        "        the interval of 2020/travel/share/yes reaches 0.5 percentage points beyond 50%\n"
        "    it would hold if 5 answered differently\n"
        "\n"
        "fragile: 'Few' (c-3; report/paper.md.j2, line 5)\n"
        "    Few can.\n"
        "    2020/travel/share/yes < 0.5: 40% (17 of 42), 50%; margin 9.5 percentage points\n"
        "        the interval of 2020/travel/share/yes reaches 0.5 percentage points beyond 50%\n"
        "    it would no longer hold if 4 answered differently\n"
        "\n"
        "holds: 'Most' (c-1; report/paper.md.j2, line 3)\n"
        "    Most have an office.\n"
        "    2020/office/share/yes > 0.5: 86% (36 of 42), 50%; margin 35.7 percentage points\n"
        "        the interval of 2020/office/share/yes ends 25.7 percentage points before 50%\n"
        "    2020/-/respondents > 30: 47, 30; margin 17\n"
        "    it would no longer hold if 15 answered differently\n"
        "\n"
        "Claims: 1 not true, 1 fragile, 1 safe"
    )
    only = claim_list(claims, only=("fragile",))
    assert only.startswith("fragile: 'Few'")
    assert only.count("line ") == 1


def test_a_p_value_is_no_filter(write: Write) -> None:
    with pytest.raises(TemplateError, match="No filter named 'p_value'"):
        write("{{ share('office', 'yes') | p_value }}")
