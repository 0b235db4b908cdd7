import numpy as np
import pandas as pd
import pytest

from recount.errors import EstimateError
from recount.estimate.intervals import wilson
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row, values

OFFICE = {"id": "office", "type": "single", "categories": categories("yes", "no", "unsure", missing=("unsure",))}
ANSWERS = ["yes", "yes", "yes", "no", "unsure", None]


def test_a_share_is_of_those_who_gave_a_valid_answer() -> None:
    got = estimated(make_clean(office=ANSWERS), make_instrument(OFFICE))
    exp = {"share/yes": 0.75, "share/no": 0.25, "count/yes": 3, "count/no": 1}
    assert {key: value for key, value in values(got, "office").items() if key in exp} == exp
    share = row(got, "office/share/yes")
    assert (share["n"], share["base"], share["asked"], share["answered"]) == (3, 4, 6, 4)
    assert (share["unit"], share["method"], share["hidden"]) == ("share", "wilson", "")
    assert (share["low"], share["high"]) == pytest.approx(tuple(map(float, wilson(0.75, 4))))
    assert share["se"] == pytest.approx(np.sqrt(0.75 * 0.25 / 4))


def test_a_missing_category_counts_for_those_asked_alone() -> None:
    got = estimated(make_clean(office=ANSWERS), make_instrument(OFFICE))
    assert f"{WAVE}/office/share/unsure" not in set(got["key"])
    exp = {"yes": 3 / 6, "no": 1 / 6, "unsure": 1 / 6, "no answer": 1 / 6}
    assert values(got, "office/share_asked") == exp


def test_asked_answered_and_nonresponse_are_told_apart() -> None:
    got = estimated(make_clean(office=ANSWERS), make_instrument(OFFICE))
    assert [row(got, f"office/{name}")["value"] for name in ("asked", "answered")] == [6, 4]
    nonresponse = row(got, "office/nonresponse")
    assert (nonresponse["value"], nonresponse["n"], nonresponse["base"]) == (1 / 6, 1, 6)


@pytest.mark.parametrize(("base", "of"), [("answered", 4), ("asked", 5), ("respondents", 6)])
def test_the_question_declares_what_its_shares_are_of(base: str, of: int) -> None:
    asked_all = {"id": "has", "type": "single", "categories": categories("yes", "no")}
    filtered = {**OFFICE, "base": base, "universe": {"has": ["yes"]}}
    # Of six, five were asked; of these, four gave a valid answer.
    clean = make_clean(has=["yes"] * 5 + ["no"], office=["yes", "yes", "yes", "no", "unsure", None])
    got = row(estimated(clean, make_instrument(asked_all, filtered)), "office/share/yes")
    assert got["base"] == of
    assert got["value"] == 3 / of


def test_those_who_were_not_asked_are_not_nonresponse() -> None:
    has = {"id": "has", "type": "single", "categories": categories("yes", "no")}
    filtered = {**OFFICE, "universe": {"has": ["yes"]}}
    clean = make_clean(has=["yes", "yes", "no", "no"], office=["yes", None, None, None])
    got = estimated(clean, make_instrument(has, filtered))
    assert row(got, "office/asked")["value"] == 2
    assert row(got, "office/nonresponse")["value"] == 0.5


def test_a_net_is_the_sum_of_its_categories_and_net_the_difference_of_two() -> None:
    scale = {
        "id": "trust",
        "type": "scale",
        "categories": categories("low", "middle", "high", "higher"),
        "nets": {"trusting": ["high", "higher"]},
        "net": ["trusting", "low"],
    }
    clean = make_clean(trust=["low", "middle", "high", "high", "higher", None])
    got = estimated(clean, make_instrument(scale))
    assert row(got, "trust/share/trusting")["value"] == 0.6
    assert row(got, "trust/count/trusting")["value"] == 3
    net = row(got, "trust/net")
    assert net["value"] == pytest.approx(0.4)
    assert net["unit"] == "difference of shares"
    # The variance of a difference within one multinomial: (p + q - (p - q)^2) / n; with n - 1 for an estimate.
    assert net["se"] == pytest.approx(np.sqrt((0.6 + 0.2 - 0.4**2) / 4))
    assert -1 <= net["low"] < net["value"] < net["high"] <= 1


def test_a_category_that_the_wave_did_not_offer_has_no_rows() -> None:
    question = {**OFFICE, "waves": {WAVE: {"column": "office", "offered": ["yes", "unsure"]}}}
    got = estimated(make_clean(office=["yes", "yes"]), make_instrument(question))
    assert set(values(got, "office/share")) == {"yes"}


def test_a_category_that_nobody_chose_has_rows() -> None:
    got = row(estimated(make_clean(office=["yes", "yes"]), make_instrument(OFFICE)), "office/share/no")
    assert (got["value"], got["n"], got["low"]) == (0, 0, 0)
    assert got["high"] > 0.6
    assert np.isnan(got["se"])


def test_a_known_frame_narrows_the_interval_overall_but_not_by_group() -> None:
    region = {"id": "region", "type": "single", "categories": categories("north", "south")}
    clean = make_clean(office=["yes"] * 30 + ["no"] * 10, region=["north"] * 20 + ["south"] * 20)
    got = estimated(clean, make_instrument(region, OFFICE), groups=("region",), frame=50)
    overall = row(got, "office/share/yes")
    effective = 40 * 49 / 10
    assert overall["method"] == "wilson fpc"
    assert (overall["low"], overall["high"]) == pytest.approx(tuple(map(float, wilson(0.75, effective))))
    # Cochran (1977): the variance of a share of n drawn from N without replacement.
    assert overall["se"] == pytest.approx(np.sqrt(0.75 * 0.25 / 40 * (50 - 40) / (50 - 1)))
    assert row(got, "office/share/yes/region=north")["method"] == "wilson"


def test_where_the_whole_frame_answered_there_is_no_interval_at_all() -> None:
    region = {"id": "region", "type": "single", "categories": categories("north", "south")}
    trust = {"id": "trust", "type": "scale", "categories": categories("low", "high")}
    answers = ["yes", "yes", "no", "no", "yes", "no", "no"]
    clean = make_clean(office=answers, region=["north"] * 3 + ["south"] * 4, trust=["low", "high"] * 3 + ["low"])
    got = estimated(clean, make_instrument(region, OFFICE, trust), groups=("region",), frame=7)
    for key in ("office/share/yes", "office/share/yes/region=north", "trust/mean", "trust/median"):
        estimate = row(got, key)
        assert estimate[["low", "high", "se"]].isna().all(), key
        assert not np.isnan(estimate["value"])
    assert row(got, "office/share/yes")["method"] == "wilson fpc"


def test_a_question_asked_of_some_has_no_correction_for_the_frame_of_all() -> None:
    has = {"id": "has", "type": "single", "categories": categories("yes", "no")}
    filtered = {**OFFICE, "universe": {"has": ["yes"]}}
    clean = make_clean(has=["yes"] * 4 + ["no"], office=["yes", "no", "yes", "no", None])
    assert row(estimated(clean, make_instrument(has, filtered), frame=9), "office/share/yes")["method"] == "wilson"


def test_weights_move_the_value_and_leave_n_and_base() -> None:
    weight = {"id": "weight", "type": "weight"}
    clean = make_clean(office=["yes", "yes", "no", None], weight=[1.0, 2.0, 5.0, 9.0])
    got = row(estimated(clean, make_instrument(OFFICE, weight)), "office/share/yes")
    assert got["value"] == 3 / 8
    assert (got["n"], got["base"], got["weighted_n"], got["weighted_base"]) == (2, 3, 3, 8)
    effective = 8**2 / (1 + 4 + 25)
    assert got["method"] == "wilson effective n"
    assert (got["low"], got["high"]) == pytest.approx(tuple(map(float, wilson(3 / 8, effective))))
    assert got["se"] == pytest.approx(np.sqrt(3 / 8 * 5 / 8 / effective))


def test_a_count_is_of_respondents_also_where_there_are_weights() -> None:
    weight = {"id": "weight", "type": "weight"}
    clean = make_clean(office=["yes", "yes", "no"], weight=[1.0, 2.0, 5.0])
    got = row(estimated(clean, make_instrument(OFFICE, weight)), "office/count/yes")
    assert (got["value"], got["n"], got["weighted_n"]) == (2, 2, 3)


def test_a_net_of_everything_is_exactly_1_whatever_the_weights() -> None:
    question = {**OFFICE, "nets": {"either": ["yes", "no"]}}
    weight = {"id": "weight", "type": "weight"}
    # 0.3 + (0.1 + 0.2) is not (0.3 + 0.1) + 0.2 in floating point.
    clean = make_clean(office=["yes", "no", "no"], weight=[0.3, 0.1, 0.2])
    got = row(estimated(clean, make_instrument(question, weight)), "office/share/either")
    assert got["value"] == 1
    assert np.isnan(got["se"])


def test_every_response_without_a_usable_weight_is_named() -> None:
    weight = {"id": "weight", "type": "weight"}
    clean = make_clean(office=["yes"] * 4, weight=[1.0, np.nan, -2.0, np.inf])
    with pytest.raises(EstimateError) as caught:
        estimated(clean, make_instrument(OFFICE, weight))
    assert [finding.row for finding in caught.value.findings] == [3, 4, 5]
    assert "-2.0" in str(caught.value)


def test_an_answer_that_the_instrument_does_not_know_stops_the_build() -> None:
    with pytest.raises(EstimateError, match="maybe"):
        estimated(make_clean(office=["yes", "maybe"]), make_instrument(OFFICE))


def test_a_question_without_its_column_stops_the_build() -> None:
    with pytest.raises(EstimateError, match="no column 'office'"):
        estimated(make_clean(other=["yes"]), make_instrument(OFFICE))


def test_categories_are_found_by_their_id_whatever_their_order_in_the_table() -> None:
    answers = pd.Categorical(ANSWERS, categories=["unsure", "no", "yes"], ordered=True)
    got = estimated(make_clean(office=answers), make_instrument(OFFICE))
    pd.testing.assert_frame_equal(got, estimated(make_clean(office=ANSWERS), make_instrument(OFFICE)))
