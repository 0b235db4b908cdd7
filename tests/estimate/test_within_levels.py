"""Two waves together, within a level of a group: who returned and changed an answer, and a common composition."""

from itertools import chain, repeat
from typing import Any

import pandas as pd
import pytest

from recount.estimate.since import Since, since
from tests.estimate.hand_built import categories
from tests.estimate.test_compare import QUESTIONS, WAVES, compared

REGION = {
    "id": "region",
    "type": "single",
    "categories": categories("asia", "africa", "europe"),
    "waves": WAVES,
}
# Bronchial hyperreactivity of 21 children before and after a transplantation (Bentur and others 2009), as Fagerland,
# Lydersen and Laake (2014) have it: both times, gained, lost, neither.
CHILDREN = {("yes", "yes"): 1, ("no", "yes"): 1, ("yes", "no"): 7, ("no", "no"): 12}
BEFORE, AFTER = zip(*chain.from_iterable(repeat(pair, n) for pair, n in CHILDREN.items()), strict=True)


def _table(region: list[Any], office: list[Any]) -> dict[str, Any]:
    ids = [f"P{place}" for place in range(len(region))]
    ticks = {"tools__web": [True] * len(ids), "tools__mail": [False] * len(ids), "why": ["x"] * len(ids)}
    return {"respondent": ids, "region": region, "size": ["small"] * len(ids), "office": office, **ticks}


def returned(**rules: Any) -> pd.DataFrame:
    """The 21 are in asia; two are in africa and gained; one moved there from asia, and one tells no region now."""
    earlier = _table(["asia"] * 21 + ["africa", "africa", "asia", "asia"], [*BEFORE, "no", "no", "no", "no"])
    later = _table(["asia"] * 21 + ["africa", "africa", "africa", None], [*AFTER, "yes", "yes", "yes", "yes"])
    estimates = {"groups": ["region"], **rules}
    return compared([*QUESTIONS, REGION], later, earlier=earlier, estimates=estimates)


def at(rows: pd.DataFrame, key: str, level: str = "") -> pd.Series:
    return rows.loc[f"2020/{key}/since=2018{level}"]


def test_a_published_table_comes_out_within_its_level() -> None:
    got = returned()
    change = at(got, "office/change/yes", ",region=asia")
    assert (change["value"], change["base"]) == (pytest.approx(-6 / 21), 21)
    assert (round(change["low"], 3), round(change["high"], 3)) == (-0.507, -0.026)
    assert at(got, "office/gained/yes", ",region=asia")["value"] == 1
    assert at(got, "office/lost/yes", ",region=asia")["value"] == 7


def test_whoever_moved_or_told_no_level_is_in_none() -> None:
    got = returned()
    assert at(got, "office/returning")["value"] == 25
    within = [at(got, "office/returning", f",region={level}") for level in ("asia", "africa")]
    assert [row["value"] for row in within] == [21, 2]
    assert at(got, "office/gained/yes")["value"] == 1 + 2 + 2


def test_a_question_is_not_followed_within_its_own_levels() -> None:
    keys = returned().index
    assert keys.str.startswith("2020/region/change/").any()
    assert not keys[keys.str.startswith("2020/region/")].str.contains(",region=").any()


def test_a_level_with_too_few_is_hidden_and_a_hidden_part_hides_the_change() -> None:
    small = returned(minimum_base=3)
    change = at(small, "office/change/yes", ",region=africa")
    assert (change["hidden"], change["base"], pd.isna(change["value"])) == ("base under 3", 2, True)
    cells = returned(minimum_cell=2)
    assert at(cells, "office/gained/yes", ",region=asia")["hidden"] == "cell under 2"
    change = at(cells, "office/change/yes", ",region=asia")
    assert (change["hidden"], pd.isna(change["value"]), pd.isna(change["low"])) == ("cell under 2", True, True)


def test_levels_of_a_group_that_was_worded_otherwise_are_not_followed() -> None:
    fieldings = {"2018": {"column": "x", "text": "Where?"}, "2020": {"column": "x"}}
    table = _table(["asia"] * 4, ["yes"] * 4)
    got = compared([*QUESTIONS, REGION | {"waves": fieldings}], table, earlier=table, estimates={"groups": ["region"]})
    assert at(got, "office/returning")["value"] == 4
    assert not got.index.str.contains("region=").any()


def test_the_place_of_a_row_is_read_as_it_was_written() -> None:
    for place in (Since("2018"), Since("2018", "region", "asia")):
        assert since(str(place)) == place


# 2018: of asia 4 small (2 yes, 2 no), 1 large (yes); 2020: of asia 2 small, 2 large. In africa 2018 nobody is large.
COMPOSED = [
    ("asia", "small", "yes"),
    ("asia", "small", "yes"),
    ("asia", "small", "no"),
    ("asia", "small", "no"),
    ("asia", "large", "yes"),
    ("africa", "small", "yes"),
    ("africa", "small", "no"),
    ("europe", "large", "no"),
]
TARGET = [
    ("asia", "small", "yes"),
    ("asia", "small", "no"),
    ("asia", "large", "yes"),
    ("asia", "large", "no"),
    ("africa", "small", "no"),
    ("africa", "large", "yes"),
]


def standardised(by: tuple[str, ...] = ("size",), **rules: Any) -> pd.DataFrame:
    tables = []
    for rows in (COMPOSED, TARGET):
        region, size, office = (list(each) for each in zip(*rows, strict=True))
        tables.append(_table(region, office) | {"size": size})
    comparison = {"weight_to": "2020", "by": list(by)}
    estimates = {"groups": ["region", "size"], **rules}
    return compared([*QUESTIONS, REGION], tables[1], earlier=tables[0], comparison=comparison, estimates=estimates)


def test_a_level_gets_the_composition_of_the_same_level_of_the_other_wave() -> None:
    got = standardised()
    # In 2020 half of asia is large: of 2018's five, four share one half (two of them yes), one has the other (yes).
    assert got.loc["2018/office/standardised_share/yes/region=asia", "value"] == pytest.approx(0.5 * 2 / 4 + 0.5)
    assert got.loc["2018/size/standardised_share/large/region=asia", "value"] == pytest.approx(0.5)
    assert got.loc["2018/office/standardised_share/yes/region=asia", "base"] == 5
    assert got.loc["2020/office/standardised_share/yes/region=asia", "value"] == pytest.approx(2 / 4)


def test_a_level_that_has_nobody_of_what_its_composition_asks_for_is_left_out_of_both_waves() -> None:
    got = standardised()
    assert not got.index.str.contains("/region=africa").any()  # nobody of africa was large in 2018
    assert not got.index.str.contains("/region=europe").any()  # nobody of europe is in 2020


def test_a_level_of_what_is_standardised_is_left_out() -> None:
    got = standardised()
    assert got.index.str.contains("/standardised_share/yes/region=").any()
    assert not got.index.str.contains("/size=").any()


def test_a_standardised_level_is_hidden_as_its_plain_share_is() -> None:
    got = standardised(minimum_base=5)
    assert got.loc["2020/office/standardised_share/yes/region=asia", "hidden"] == "base under 5"
    assert pd.isna(got.loc["2020/office/standardised_share/yes/region=asia", "value"])


def test_where_respondents_are_protected_no_level_is_standardised() -> None:
    got = standardised(protect="respondents")
    assert "2018/office/standardised_share/yes" in got.index
    assert not got.index.str.contains("/region=").any()


def test_the_whole_of_a_wave_is_standardised_as_without_groups() -> None:
    whole = standardised(groups=[])
    pd.testing.assert_frame_equal(standardised().loc[whole.index], whole)
