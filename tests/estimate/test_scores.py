import csv
import datetime as dt
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.estimate.distribution import DEFINITION
from recount.estimate.scores import scores_of
from recount.study.instrument import Question
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row, shared_data, values

STAFF = {"id": "staff", "type": "number"}
WEIGHT = {"id": "weight", "type": "weight"}
TRUST = {
    "id": "trust",
    "type": "scale",
    "categories": categories("low", "middle", "high", "unsure", missing=("unsure",)),
}


# NumPy's names of Hyndman and Fan's definitions 1 to 3.
BY_DEFINITION: dict[int, Any] = {1: "inverted_cdf", 2: "averaged_inverted_cdf", 3: "closest_observation"}


def test_numbers_have_the_statistics_of_numpy() -> None:
    numbers = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]
    got = estimated(make_clean(staff=[*numbers, np.nan]), make_instrument(STAFF))
    exp = {
        "mean": np.mean(numbers),
        "sd": np.std(numbers, ddof=1),
        "median": np.median(numbers),
        "q1": np.quantile(numbers, 0.25, method=BY_DEFINITION[DEFINITION]),
        "q3": np.quantile(numbers, 0.75, method=BY_DEFINITION[DEFINITION]),
        "minimum": 1.0,
        "maximum": 9.0,
    }
    assert {name: row(got, f"staff/{name}")["value"] for name in exp} == pytest.approx(exp)
    mean = row(got, "staff/mean")
    assert (mean["n"], mean["base"], mean["asked"], mean["answered"], mean["method"]) == (8, 8, 9, 8, "t")
    assert mean["se"] == pytest.approx(np.std(numbers, ddof=1) / np.sqrt(8))


def test_the_interval_of_a_median_is_between_two_order_statistics() -> None:
    # Conover (1999): for n = 10 the 2nd and the 9th value cover with 97.9 %.
    got = row(
        estimated(make_clean(staff=[float(each) for each in range(1, 11)]), make_instrument(STAFF)), "staff/median"
    )
    assert (got["value"], got["low"], got["high"], got["method"]) == (5.5, 2, 9, "order statistics")


def test_a_median_of_few_or_of_equal_values_has_no_interval() -> None:
    for numbers in ([1.0, 2.0, 3.0, 4.0, 5.0], [7.0] * 20):
        got = row(estimated(make_clean(staff=numbers), make_instrument(STAFF)), "staff/median")
        assert got[["low", "high"]].isna().all()


def test_equal_numbers_have_a_mean_no_spread_and_no_interval() -> None:
    # 3 * 0.1 / 3 is not 0.1 in floating point.
    got = estimated(make_clean(staff=[0.1] * 3), make_instrument(STAFF))
    assert row(got, "staff/mean")["value"] == 0.1
    assert row(got, "staff/sd")["value"] == 0
    assert row(got, "staff/mean")[["low", "high", "se"]].isna().all()


def test_a_number_of_no_weight_is_no_spread() -> None:
    clean = make_clean(staff=[0.1, 0.1, 0.1, 9.0], weight=[1.0, 1.0, 1.0, 0.0])
    got = row(estimated(clean, make_instrument(STAFF, WEIGHT)), "staff/mean")
    assert got["value"] == pytest.approx(0.1)
    assert got[["low", "high", "se"]].isna().all()


def test_one_number_has_a_mean_and_nothing_more() -> None:
    got = estimated(make_clean(staff=[3.0, np.nan]), make_instrument(STAFF))
    assert row(got, "staff/mean")["value"] == 3
    assert np.isnan(row(got, "staff/sd")["value"])
    assert row(got, "staff/mean")[["low", "high", "se"]].isna().all()


def test_a_scale_is_scored_from_1_in_order_and_leaves_out_missing_categories() -> None:
    answers = ["low", "low", "middle", "high", "unsure", None]
    got = estimated(make_clean(trust=answers), make_instrument(TRUST))
    exp = {"mean": 1.75, "median": 1.5, "minimum": 1, "maximum": 3, "q1": 1, "q3": 2.5}
    assert {name: row(got, f"trust/{name}")["value"] for name in exp} == exp
    assert row(got, "trust/sd")["value"] == pytest.approx(np.std([1, 1, 2, 3], ddof=1))
    assert row(got, "trust/mean")["base"] == 4


def test_declared_scores_go_before_the_order() -> None:
    scored = [{**each, "score": score} for each, score in zip(TRUST["categories"], (2, 0, -2, None), strict=True)]
    got = estimated(
        make_clean(trust=["low", "low", "middle", "high"]), make_instrument({**TRUST, "categories": scored})
    )
    assert row(got, "trust/mean")["value"] == 0.5
    assert row(got, "trust/minimum")["value"] == -2


def test_categories_of_the_same_score_are_one_value() -> None:
    scored = [{**each, "score": score} for each, score in zip(TRUST["categories"], (1, 1, 5, None), strict=True)]
    clean = make_clean(trust=["low", "middle", "middle", "high"])
    got = estimated(clean, make_instrument({**TRUST, "categories": scored}))
    assert row(got, "trust/median")["value"] == 1
    assert row(got, "trust/mean")["value"] == 2


@pytest.mark.parametrize(("kind", "exp"), [("scale", (1.0, 2.0)), ("single", ())])
def test_only_a_scale_is_scored_without_being_told(kind: str, exp: tuple[float, ...]) -> None:
    question = Question.model_validate(
        {"id": "q", "label": "q", "text": "q", "type": kind, "categories": categories("a", "b")}
    )
    assert scores_of(question) == exp


def test_weighted_quantiles_are_those_of_as_many_respondents() -> None:
    numbers, weights = [5.0, 1.0, 3.0, 2.0], [1.0, 2.0, 3.0, 2.0]
    got = estimated(make_clean(staff=numbers, weight=weights), make_instrument(STAFF, WEIGHT))
    repeated = np.repeat(numbers, np.array(weights, dtype=int))
    for name, share in (("q1", 0.25), ("median", 0.5), ("q3", 0.75)):
        exp = np.quantile(repeated, share, method="averaged_inverted_cdf")
        assert row(got, f"staff/{name}")["value"] == exp, name


def test_first_and_last_dates_are_days_since_1970() -> None:
    when = [dt.date(2020, 3, 3), None, dt.date(1970, 1, 2), dt.date(2020, 4, 1)]
    region = {"id": "region", "type": "single", "categories": categories("north", "south")}
    clean = make_clean(when=when, region=["north", "north", "south", "north"])
    got = estimated(clean, make_instrument({"id": "when", "type": "date"}, region), groups=("region",))
    assert values(got, "when/first") == {"region=north": 18324, "region=south": 1}
    assert row(got, "when/first")["value"] == 1
    assert row(got, "when/last")["value"] == 18353
    assert row(got, "when/last")["unit"] == "days"


@pytest.fixture(scope="module")
def schools() -> tuple[pd.DataFrame, dict[str, Any]]:
    """The stratified sample of California's schools, and what R's survey package says of it."""
    folder = shared_data() / "reference"
    with (folder / "apistrat.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    clean = make_clean(
        api=[float(each["api00"]) for each in rows],
        kind=[each["stype"] for each in rows],
        wide=[each["sch.wide"] for each in rows],
        weight=[float(each["pw"]) for each in rows],
    )
    frames = {each["stype"]: int(each["fpc"]) for each in rows}
    reference = json.loads((folder / "reference_values.json").read_text(encoding="utf-8"))["survey_api"]
    return clean.assign(frame=clean["kind"].map(frames)), reference


def test_weighted_means_and_shares_are_those_of_the_survey_package(
    schools: tuple[pd.DataFrame, dict[str, Any]],
) -> None:
    clean, reference = schools
    instrument = make_instrument(
        {"id": "api", "type": "number"},
        {"id": "kind", "type": "single", "categories": categories("E", "M", "H")},
        {"id": "wide", "type": "single", "categories": categories("No", "Yes")},
        WEIGHT,
    )
    got = estimated(clean, instrument, groups=("kind",))
    assert row(got, "api/mean")["value"] == pytest.approx(reference["dstrat"]["mean_api00"], abs=1e-9)
    assert row(got, "wide/share/No")["value"] == pytest.approx(reference["prop_sch.wide_No"]["dstrat"]["p"], abs=5e-9)
    for kind, (mean, se, *_) in reference["domain_dstrat_api00_by_stype"].items():
        level = row(got, f"api/mean/kind={kind}")
        assert level["value"] == pytest.approx(mean, abs=5e-3)
        # Within its stratum a domain is a simple random sample; the package also corrects for the stratum's size.
        sampled = level["n"] / clean.loc[clean["kind"] == kind, "frame"].iloc[0]
        assert level["se"] * np.sqrt(1 - sampled) == pytest.approx(se, abs=5e-6)


def test_the_linearised_error_is_that_of_the_ratio_it_is() -> None:
    rng = np.random.default_rng(7)
    numbers, weights = rng.normal(10, 3, 60), rng.uniform(0.2, 4, 60)
    got = row(estimated(make_clean(staff=numbers, weight=weights), make_instrument(STAFF, WEIGHT)), "staff/mean")
    # The jackknife, which knows nothing of linearisation, comes close to it.
    left_out = np.array(
        [np.average(np.delete(numbers, each), weights=np.delete(weights, each)) for each in range(len(numbers))]
    )
    jackknife = np.sqrt(59 / 60 * ((left_out - left_out.mean()) ** 2).sum())
    assert got["se"] == pytest.approx(jackknife, rel=0.05)
    assert got["value"] == pytest.approx(np.average(numbers, weights=weights))
