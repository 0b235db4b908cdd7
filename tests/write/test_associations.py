"""Tests of a question and a group in the paper: what is printed, from which rows, and what is refused."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from recount.errors import EstimateError, RecountError, TemplateError
from recount.write.paper import Written
from tests.write.conftest import ROWS, SETTINGS, row

Write = Callable[..., Written]


def rows_of(place: str, test: str, **parts: float | None) -> list[dict[str, Any]]:
    """The rows of one test of 47 respondents."""
    units = {"statistic": "coefficient", "df": "number", "df_below": "number", "p": "p-value"}
    question, statistic, by = place.split("/")
    return [
        row(f"2020/{question}/{statistic}/{test}.{part}/{by}=*", value, units[part], base=47, method=test)
        for part, value in parts.items()
    ]


DRAWN = [
    *rows_of(
        "office/independence/region", "rao_scott_second", statistic=17.2474, df=1.8287, df_below=360.25, p=0.0000002
    ),
    *rows_of("office/independence/region", "rao_scott_first", statistic=26.75, df=2, p=0.034),
]
SIMPLE = [
    *rows_of("office/independence/region", "pearson", statistic=6.635, df=1, p=0.01),
    *rows_of("office/independence/region", "fisher", p=0.021),
    *rows_of("travel/independence/region", "pearson", p=None),
    *rows_of("travel/independence/region", "fisher", p=None),
    *rows_of("networks/independence/region", "pearson", p=None),
    *rows_of("networks/independence/region", "fisher", p=0.4),
    *rows_of("agenda/ranks/region", "mann_whitney", statistic=212.5, p=0.27),
]
RANKS = rows_of("agenda/ranks/region", "mann_whitney", statistic=-1.75, df=196, p=0.082)


def study(rows: list[dict[str, Any]] = DRAWN, design: str = "probability", **estimates: Any) -> dict[str, Any]:
    waves = {**SETTINGS["waves"], "2020": {"export": "b.csv", "design": design}}  # type: ignore[dict-item]
    settings = {"groups": ["region"], "compared": ["region"], **estimates}
    return {"estimates": pd.DataFrame([*ROWS, *rows]), "settings": {"waves": waves, "estimates": settings}}


def text_of(write: Write, template: str, **of: Any) -> str:
    numbers = write(template, **(of or study())).numbers["numbers"]
    return " ".join(each["display"] for each in numbers)


def refused(write: Write, template: str, error: type[RecountError] = TemplateError, **of: Any) -> str:
    with pytest.raises(error) as caught:
        write(template, **(of or study()))
    return str(caught.value)


def test_a_test_is_written_whole_and_each_of_its_numbers_has_its_estimate(write: Write) -> None:
    written = write("Offices differ, {{ independence('office', by='region') }}.", **study())
    numbers = written.numbers["numbers"]
    assert [each["display"] for each in numbers] == ["1.83", "360.25", "17.25", "p < 0.001"]
    start = "2020/office/independence/rao_scott_second"
    assert numbers[0]["keys"] == [f"{start}.df/region=*"]
    assert numbers[3]["keys"] == [f"{start}.p/region=*"]
    prose = written.markdown.split("Every number")[0]
    assert "*F*(" in prose
    assert "Rao-Scott (second order): df of the denominator" in written.markdown


def test_parts_of_a_test_stand_by_themselves_in_calculations_and_claims(write: Write) -> None:
    template = (
        "{% set test = independence('office', by='region', test='rao_scott_first') %}{{ test.statistic }} "
        "{% claim test.p < 0.05 %}Offices differ{% endclaim %}: {{ test.p }}."
    )
    assert text_of(write, template) == "26.75 p = 0.034"
    adjusted = "{% for p in adjusted(independence('office', by='region').p, independence('office', by='region').p) %}"
    assert text_of(write, f"{adjusted}{{{{ p }}}} {{% endfor %}}") == "p < 0.001 p < 0.001"


def test_drawn_one_by_one_it_is_pearsons_test_and_of_a_small_table_fishers(write: Write) -> None:
    simple = study(SIMPLE)
    assert text_of(write, "{{ independence('office', by='region') }}", **simple) == "1 6.64 p = 0.010"
    assert text_of(write, "{{ independence('networks', by='region') }}", **simple) == "p = 0.40"
    said = refused(write, "{{ independence('travel', by='region') }}", EstimateError, **simple)
    assert "fewer than five respondents in a cell" in said


@pytest.mark.parametrize(
    ("rows", "symbol", "text"), [(SIMPLE, "*U*", "212.50 p = 0.27"), (RANKS, "*t*", "196 −1.75 p = 0.082")]
)
def test_ranks_are_compared_by_the_form_of_the_test_that_the_design_asks_for(
    write: Write, rows: list[dict[str, Any]], symbol: str, text: str
) -> None:
    template = "{{ ranks('agenda', by='region') }}"
    assert text_of(write, template, **study(rows)) == text
    assert symbol in write(template, **study(rows)).markdown.split("Every number")[0]


@pytest.mark.parametrize("function", ["independence", "ranks"])
@pytest.mark.parametrize(
    ("design", "why"), [("nonprobability", "nobody drew these respondents"), ("census", "everyone was asked")]
)
def test_where_nobody_was_drawn_nothing_is_tested(write: Write, function: str, design: str, why: str) -> None:
    said = refused(write, f"{{{{ {function}('agenda', by='region') }}}}", **study(design=design))
    assert f"{function} agenda: wave 2020 is of design {design}: {why}" in said


@pytest.mark.parametrize(
    ("call", "why"),
    {
        "independence('office', by='office')": "nothing is estimated by this group",
        "independence('region', by='region')": "a question always goes together with itself",
        "independence('networks', by='region')": "only questions of one answer are tested",
        "ranks('office', by='region')": "its answers have no order",
        "independence('office', by='region', test='walt')": "this design has no such test",
    }.items(),
)
def test_what_cannot_be_tested_says_why(write: Write, call: str, why: str) -> None:
    assert why in refused(write, f"{{{{ {call} }}}}", RecountError)


def test_a_group_that_is_not_compared_says_where_to_ask_for_it(write: Write) -> None:
    said = refused(write, "{{ independence('office', by='region') }}", EstimateError, **study([], compared=[]))
    assert "add region to estimates.compared in config.yaml" in said


def test_a_hidden_test_is_not_quoted(write: Write) -> None:
    rows = [{**each, "value": None, "hidden": "protects base under 5"} for each in DRAWN]
    assert "hidden" in refused(write, "{{ independence('office', by='region') }}", EstimateError, **study(rows))
