from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.audit.unquoted import unquoted
from recount.errors import EstimateError
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.write.lookup import Lookup
from recount.write.paper import Written
from recount.write.quoted import quoted
from recount.write.unused import unused

Write = Callable[..., Written]
OFFICE = "2020/office/share/yes"


def keys(estimates: pd.DataFrame, written: Written, **options: Any) -> set[str]:
    return set(unused(estimates, written.numbers, **options)["key"])


def leaf(key: str, value: float) -> dict[str, Any]:
    return {"kind": "estimate", "key": key, "value": value}


def operation(name: str, value: float, *of: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "operation", "name": name, "value": value, "of": list(of)}


A, B, C = leaf("a", 0.2), leaf("b", 0.5), leaf("c", 0.3)
ONE = {"kind": "constant", "value": 1.0}


@pytest.mark.parametrize(
    ("trace", "exp"),
    [
        (A, ["a"]),
        (ONE, []),
        (operation("-", -0.3, A, B), ["a", "b"]),
        (operation("ranked", 0.5, ONE, B, A, C), ["b"]),
        (operation("largest", 0.5, A, B, C), ["b"]),
        (operation("smallest", 0.2, C, B, A), ["a"]),
        (operation("/", 2.5, operation("largest", 0.5, A, B), A), ["b", "a"]),
        (operation("average", 0.33, A, B, C), ["a", "b", "c"]),
        (operation("base of", 42, A), ["a"]),
    ],
)
def test_a_number_says_what_it_is_made_of_and_not_what_it_was_compared_with(
    trace: dict[str, Any], exp: list[str]
) -> None:
    assert quoted(trace) == exp


def test_who_prints_a_base_has_not_said_the_share() -> None:
    assert quoted(operation("base of", 42, A), bases=False) == []
    assert quoted(operation("-", 1, operation("base of", 42, A), B), bases=False) == ["b"]


def test_the_losers_of_a_ranking_are_not_said(write: Write, estimates: pd.DataFrame) -> None:
    got = keys(estimates, write("{{ ranked('obstacles', 1) }}"))
    assert "2020/obstacles/share/funding" not in got
    assert {"2020/obstacles/share/staff", "2020/obstacles/share/mandate"} <= got


def test_a_base_alone_says_no_share_but_a_share_as_respondents_of_its_base_does(
    write: Write, estimates: pd.DataFrame
) -> None:
    assert OFFICE in keys(estimates, write("{{ base('office') }}"))
    assert OFFICE not in keys(estimates, write("{{ share('office', 'yes') | of_base }}"))


def test_what_a_table_says_is_said(write: Write, estimates: pd.DataFrame) -> None:
    assert OFFICE in keys(estimates, write("Nothing."))
    assert OFFICE not in keys(estimates, write("{{ table('items') }}"))


def test_other_waves_and_groups_are_listed_when_they_are_asked_for(write: Write, estimates: pd.DataFrame) -> None:
    written = write("{{ share('office', 'yes') }}")
    assert keys(estimates, written, wave="2018") == {
        *("2018/office/share/yes", "2018/office/share/no", "2018/-/respondents")
    }
    by_group = {key for key in keys(estimates, written, groups=True) if "=" in key}
    assert by_group == {f"{OFFICE}/region=africa"}  # that of asia is hidden


def test_what_could_not_be_estimated_cannot_be_quoted(write: Write, estimates: pd.DataFrame) -> None:
    unknown = estimates.assign(value=estimates["value"].where(estimates["key"] != "2020/staff/mean"))
    assert "2020/staff/mean" not in keys(unknown, write("Nothing."))


@pytest.fixture
def listed(
    write: Write, estimates: pd.DataFrame, settings: Settings, instrument: Instrument, codebook: Codebook
) -> Callable[..., str]:
    """What `recount unused` prints for a paper of this text."""

    def made(template: str, **options: Any) -> str:
        lookup = Lookup(estimates, settings=settings, instrument=instrument, codebook=codebook)
        written = write(template)
        return unquoted(estimates, written.numbers, written.claims, lookup, **options)

    return made


def test_the_listing_puts_questions_that_the_paper_never_quotes_apart(listed: Callable[..., str]) -> None:
    some, none = listed("{{ share('office', 'yes') }}, {{ base('travel') }}, {{ respondents() }}").split(
        "\n\nEstimated"
    )
    assert some.startswith("Estimated for 2020 and never quoted, of questions that the paper quotes otherwise: ")
    assert "office: Office\n" in some
    assert "travel: Travel\n" in some
    assert none.startswith(" for 2020 and never quoted, of questions that the paper never quotes: ")
    assert "obstacles: Obstacles\n" in none
    assert "office: " not in none


def test_a_line_has_key_label_value_and_base(listed: Callable[..., str]) -> None:
    lines = [line.split("  ") for line in listed("{{ respondents() }}").splitlines()]
    cells = {
        parts[0]: parts[1:] for parts in ([each.strip() for each in line if each.strip()] for line in lines) if parts
    }
    assert cells["2020/travel/share/maybe"] == ["Perhaps", "0%, 0 of 42"]
    assert cells["2020/obstacles/share/funding"] == ["Too little money", "71%, 30 of 42"]
    assert cells["2020/obstacles/share/none"] == ["No code applies", "95%, 40 of 42"]
    assert cells["2020/staff/mean"] == ["Mean", "4.3, base 47"]
    assert cells["2020/networks/share/one"] == ["One", "31%, base 47"]  # weighted: 20 of 47 would be another share
    assert cells["2020/office/nonresponse"] == ["No answer", "0%, 0 of 47"]


def test_estimates_and_questions_are_counted(listed: Callable[..., str]) -> None:
    assert listed("{{ respondents('2018') }}", wave="2018").splitlines()[0].endswith(": 2 estimates, 1 question")


def test_ids_dates_and_weights_are_no_questions(
    listed: Callable[..., str], estimates: pd.DataFrame, instrument: Instrument
) -> None:
    assert instrument.by_id["fielded"].type == "date"
    assert "2020/fielded/first" in set(estimates["key"])
    assert "fielded" not in listed("Nothing.")


def test_an_estimate_that_only_a_claim_rests_on_is_marked(listed: Callable[..., str]) -> None:
    text = listed("{% claim share('office', 'yes') > 0.5 %}Most{% endclaim %} have one.")
    marked = [line.split()[0] for line in text.splitlines() if line.endswith("(a claim rests on it)")]
    assert marked == [OFFICE]


def test_a_wave_that_is_all_quoted_is_told(listed: Callable[..., str]) -> None:
    template = (
        "{{ respondents('2018') }} {{ share('office', 'yes', wave='2018') }} {{ share('office', 'no', wave='2018') }}"
    )
    assert listed(template, wave="2018") == "All that could be quoted of what was estimated for 2018 is quoted."


def test_an_unknown_wave_is_told_with_the_nearest(listed: Callable[..., str]) -> None:
    with pytest.raises(EstimateError, match="2018"):
        listed("Nothing.", wave="2081")
