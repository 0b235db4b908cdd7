"""A mean that is mostly one respondent's amount, or two's, is hidden; so is an answer of too few."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.estimate.dominance import is_dominated
from recount.study.settings import Dominance, Estimation
from tests.estimate.attacker import Attacker, Questionnaire
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row

REGION = {"id": "region", "type": "single", "categories": categories("north", "south", "west")}
OFFICE = {"id": "office", "type": "single", "categories": categories("yes", "no")}
STAFF = {"id": "staff", "type": "number"}
TWO_85 = {"dominance": {"largest": 2, "percent": 85}}


@pytest.mark.parametrize(
    ("amounts", "rules", "exp"),
    [
        ([50, 35, 10, 5], Estimation(dominance=Dominance(largest=2, percent=85)), False),
        ([50, 36, 9, 5], Estimation(dominance=Dominance(largest=2, percent=85)), True),
        ([-50, 36, -9, 5], Estimation(dominance=Dominance(largest=2, percent=85)), True),
        ([100, 50, 10], Estimation(p_percent=10), False),
        ([100, 50, 9.9], Estimation(p_percent=10), True),
        ([100, 50], Estimation(p_percent=10), True),
        ([100, np.nan, 50, 10], Estimation(p_percent=10), False),
        ([0, 0], Estimation(p_percent=10), False),
        ([], Estimation(p_percent=10), False),
        ([100], Estimation(), False),
    ],
)
def test_the_nk_rule_and_the_p_percent_rule(amounts: list[float], rules: Estimation, exp: bool) -> None:  # noqa: FBT001
    assert is_dominated(np.array(amounts, dtype=float), rules) is exp


def staffed(**options: Any) -> pd.DataFrame:
    """Two respondents of the north have nearly all of its staff; no one dominates elsewhere or overall."""
    clean = make_clean(
        region=["north"] * 4 + ["south"] * 5 + ["west"] * 6,
        staff=[9.0, 9.0, 1.0, 1.0] + [8.0] * 5 + [7.0] * 6,
    )
    return estimated(clean, make_instrument(REGION, STAFF), groups=("region",), minimum_base=2, **options)


def test_all_that_is_said_of_dominated_amounts_is_hidden_and_its_base_stays() -> None:
    got = staffed(**TWO_85)
    for statistic in ("mean", "sd", "median", "q1", "q3", "minimum", "maximum"):
        north = row(got, f"staff/{statistic}/region=north")
        assert (north["hidden"], north["base"]) == ("dominance", 4)
        assert pd.isna(north["value"])
    assert row(got, "staff/mean/region=south")["hidden"] == ""
    assert row(got, "staff/answered/region=north")["value"] == 4


def test_with_a_rule_of_dominance_no_smallest_or_largest_amount_is_shown() -> None:
    got = staffed(p_percent=5)
    assert row(got, "staff/maximum")["hidden"] == row(got, "staff/minimum/region=west")["hidden"] == "answer of one"
    assert (staffed()["hidden"] == "").all()


def test_a_dominated_mean_is_not_the_total_less_the_levels_shown() -> None:
    got = staffed(**TWO_85, protect="respondents")
    assert row(got, "staff/mean/region=south")["hidden"] == "protects base under 2, dominance"
    assert row(got, "staff/mean/region=west")["hidden"] == ""


def test_where_few_dominate_everyone_but_no_level_one_level_is_hidden_too() -> None:
    # By the p% rule 100 and 99 leave 9 to the total; each level has a third respondent who is large enough.
    clean = make_clean(
        region=["north"] * 3 + ["south"] * 3,
        staff=[100.0, 5.0, 4.0, 99.0, 0.0, 0.0],
    )
    rules = {"p_percent": 10, "protect": "respondents"}
    got = estimated(clean, make_instrument(REGION, STAFF), groups=("region",), **rules)
    means = got[got["statistic"] == "mean"].set_index("level")["hidden"]
    assert (means[["", "north", "south"]] != "").all()


ANSWERS = make_clean(
    region=["north"] * 5 + ["south"] * 6 + ["west"] * 7,
    office=["yes"] + ["no"] * 4 + ["yes"] * 3 + ["no"] * 3 + ["yes"] * 4 + ["no"] * 3,
)


def test_an_answer_of_fewer_than_the_minimum_cell_is_hidden() -> None:
    got = estimated(ANSWERS, make_instrument(REGION, OFFICE), groups=("region",), minimum_cell=3)
    for statistic in ("count", "share", "share_asked"):
        assert row(got, f"office/{statistic}/yes/region=north")["hidden"] == "cell under 3"
    assert pd.isna(row(got, "office/share/yes/region=north")["n"])
    assert row(got, "office/share/no/region=north")["hidden"] == ""
    assert row(got, "office/nonresponse/region=north")["hidden"] == ""


@pytest.mark.parametrize(("show_zeros", "exp"), [(True, ""), (False, "cell under 2")])
def test_an_answer_of_nobody_is_shown_unless_zeros_are_hidden(show_zeros: bool, exp: str) -> None:  # noqa: FBT001
    clean = make_clean(office=["yes"] * 5)
    got = estimated(clean, make_instrument(OFFICE), minimum_cell=2, show_zeros=show_zeros)
    assert row(got, "office/share/no")["hidden"] == exp
    assert row(got, "office/share/yes")["hidden"] == ""


def test_a_small_cell_is_not_determined_by_all_that_is_shown_to_respondents() -> None:
    instrument = make_instrument(REGION, OFFICE)
    hidden = {"minimum_cell": 3, "groups": ("region",)}
    questionnaire = Questionnaire(instrument)
    small = row(estimated(ANSWERS, instrument, **hidden), "office/share/yes/region=north").to_dict()
    assert Attacker(estimated(ANSWERS, instrument, **hidden), questionnaire).determines(small)
    got = estimated(ANSWERS, instrument, protect="respondents", **hidden)
    assert row(got, "office/share/yes/region=south")["hidden"] == "protects base under 1, cell under 3"
    assert row(got, "office/share/yes/region=west")["hidden"] == ""
    assert not Attacker(got, questionnaire).determines(small)
