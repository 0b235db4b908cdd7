"""Waves that declare how their respondents were drawn: the published values come out of the whole stage."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.errors import EstimateError, StudyError
from recount.estimate.design.calibration import Margin, Margins, raked
from recount.estimate.design.linear import Surveyed
from recount.estimate.design.linear import mean as mean_of
from recount.study.settings import Wave
from tests.estimate.design.schools import published, read, stratified
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row, values

SCHOOLS = (
    {"id": "stype", "type": "single", "categories": categories("E", "H", "M")},
    {"id": "target", "type": "single", "categories": categories("No", "Yes")},
    {"id": "api", "type": "number"},
    {"id": "district", "type": "number"},
    {"id": "fpc", "type": "number"},
    {"id": "weight", "type": "weight"},
)
RAKING = {"margins": {"stype": {"E": 4421, "H": 755, "M": 1018}, "target": {"No": 1072, "Yes": 5122}}}


def schools(name: str, **sampling: Any) -> pd.DataFrame:
    table = read(name)
    clean = make_clean(
        stype=table["stype"].tolist(),
        target=table["sch.wide"].tolist(),
        api=table["api00"].astype(float).tolist(),
        district=table["dnum"].astype(float).tolist(),
        fpc=table["fpc"].astype(float).tolist(),
        weight=table["pw"].tolist(),
    )
    return estimated(clean, make_instrument(*SCHOOLS), groups=("stype",), sampling=sampling)


def test_clusters_give_the_published_errors_intervals_and_quantiles() -> None:
    got = schools("apiclus1", clusters="district", fpc="fpc", interval="logit")
    mean, exp = row(got, "api/mean"), published("dclus1")
    assert (mean["value"], mean["se"], mean["df"]) == pytest.approx((exp["mean_api00"], exp["se"], 14))
    assert [mean["low"], mean["high"]] == pytest.approx(exp["ci95_t14"])
    share, exp = row(got, "target/share/No"), published("prop_sch.wide_No")["dclus1"]
    assert (share["value"], share["se"]) == pytest.approx((exp["p"], exp["se"]), abs=5e-9)
    assert ([share["low"], share["high"]], share["method"]) == (pytest.approx(exp["logit"], abs=5e-9), "logit design")
    assert share["effective_n"] == pytest.approx(share["value"] * (1 - share["value"]) / share["se"] ** 2)
    median, exp = row(got, "api/median"), published("quantiles_dclus1_api00")["0.5"]
    assert [median["value"], median["low"], median["high"]] == exp
    assert median["method"] == "woodruff"


def test_strata_give_the_published_errors_also_by_group() -> None:
    got = schools("apistrat", strata="stype", fpc="fpc", interval="korn-graubard")
    assert row(got, "api/mean")["se"] == pytest.approx(published("dstrat")["se"])
    for level, (value, se, *_) in published("domain_dstrat_api00_by_stype").items():
        mean = row(got, f"api/mean/stype={level}")
        assert (mean["value"], mean["se"]) == pytest.approx((value, se), abs=5e-6)
    share = row(got, "target/share/No")
    assert [share["low"], share["high"]] == pytest.approx(published("prop_sch.wide_No")["dstrat"]["beta_KG"], abs=6e-9)


def test_raked_weights_give_the_published_error_without_replicates() -> None:
    got = schools("apiclus1", clusters="district", fpc="fpc", raking=RAKING)
    mean, exp = row(got, "api/mean"), published("rake_dclus1")
    assert (round(mean["value"], 2), round(mean["se"], 3)) == (exp["mean_api00"], exp["se_lin"])
    # What the margins fix does not vary from sample to sample.
    assert row(got, "target/share/No")["value"] == pytest.approx(1072 / 6194)
    assert np.isnan(row(got, "target/share/No")["se"])


def test_shares_and_means_of_raked_strata_have_the_errors_of_the_residuals() -> None:
    table = read("apistrat")
    margins = {"margins": {"target": {"No": 1072, "Yes": 5122}}}
    got = schools("apistrat", strata="stype", fpc="fpc", raking=margins)
    sample = stratified(as_clusters=True)
    before = sample.of.weights
    known = np.array([1072, 5122]) / 6194 * before.sum()
    fixed = Margins((Margin("target", sample.codes("sch.wide"), known),), before)
    of = Surveyed(sample.of.drawing, raked(before, fixed.margins), fixed)
    for key, exp in {
        "stype/share/H": mean_of(of, sample.is_("stype", "H").astype(float)),
        "target/share/No/stype=M": mean_of(of, sample.is_("sch.wide", "No").astype(float), sample.is_("stype", "M")),
        "api/mean": mean_of(of, table["api00"].to_numpy(dtype=float)),
        "api/mean/stype=E": mean_of(of, table["api00"].to_numpy(dtype=float), sample.is_("stype", "E")),
    }.items():
        assert (row(got, key)["value"], row(got, key)["se"]) == pytest.approx((exp.value, exp.se)), key


def test_replicates_that_are_raked_anew_give_the_published_error() -> None:
    got = schools("apiclus1", clusters="district", fpc="fpc", replicates={"method": "JK1"}, raking=RAKING)
    mean, exp = row(got, "api/mean"), published("rake_dclus1")
    assert (round(mean["value"], 2), round(mean["se"], 3)) == (exp["mean_api00"], exp["se_JK1"])
    # What the margins fix does not vary from replicate to replicate.
    assert row(got, "target/share/No")["value"] == pytest.approx(1072 / 6194)
    assert np.isnan(row(got, "target/share/No")["se"])


def test_replicates_given_in_the_export_do_as_those_that_are_made() -> None:
    made = schools("apiclus1", clusters="district", replicates={"method": "JK1"})
    table = read("apiclus1")
    districts = sorted(set(table["dnum"]))
    given = {
        f"r{place}": (table["pw"] * 15 / 14).where(table["dnum"] != each, 0.0).tolist()
        for place, each in enumerate(districts)
    }
    clean = make_clean(
        stype=table["stype"].tolist(),
        target=table["sch.wide"].tolist(),
        weight=table["pw"].tolist(),
        **given,
    )
    questions = [each for each in SCHOOLS if each["id"] in ("stype", "target", "weight")]
    instrument = make_instrument(*questions, *({"id": name, "type": "weight"} for name in given))
    got = estimated(clean, instrument, groups=("stype",), sampling={"replicates": {"method": "JK1", "weights": ["r*"]}})
    for key in ("target/share/No", "target/share/No/stype=H"):
        for column in ("value", "se", "low", "high", "df"):
            assert row(got, key)[column] == pytest.approx(row(made, key)[column]), (key, column)


def test_every_way_of_summing_gives_the_same_as_one_cluster_a_respondent() -> None:
    # Without clusters only sums by stratum are kept; with one cluster a respondent, sums by respondent.
    random = np.random.default_rng(4)
    size = 60
    clean = make_clean(
        stype=random.choice(["E", "H", "M"], size).tolist(),
        trust=random.choice(["a", "b", "c"], size).tolist(),
        tools__p=pd.array(random.random(size) < 0.5, dtype="boolean"),
        tools__w=pd.array(random.random(size) < 0.3, dtype="boolean"),
        api=random.normal(2000, 3, size).tolist(),
        each=[f"R{number}" for number in range(size)],
        weight=random.uniform(0.5, 2, size).tolist(),
    )
    instrument = make_instrument(
        SCHOOLS[0],
        {"id": "trust", "type": "scale", "categories": categories("a", "b", "c"), "net": ["a", "c"]},
        {
            "id": "tools",
            "type": "multi",
            "categories": categories("p", "w"),
            "waves": {"2020": {"columns": {"p": "p", "w": "w"}}},
        },
        {"id": "api", "type": "number"},
        {"id": "each", "type": "text"},
        {"id": "weight", "type": "weight"},
    )
    one, other = (
        estimated(clean, instrument, groups=("stype", "trust"), sampling={"strata": "stype", **clusters})
        for clusters in ({}, {"clusters": "each"})
    )
    assert one["se"].notna().sum() > 40
    numbers = ["value", "low", "high", "se", "df", "deff", "effective_n"]
    pd.testing.assert_frame_equal(one[numbers], other[numbers], rtol=1e-7, atol=1e-9)


def test_raked_shares_are_the_targets_and_those_without_an_answer_keep_their_share() -> None:
    sex = {"id": "sex", "type": "single", "categories": categories("f", "m")}
    clean = make_clean(sex=["f", "m", "m", "m", None])
    instrument = make_instrument(sex)
    got = estimated(clean, instrument, sampling={"raking": {"margins": {"sex": {"f": 0.5, "m": 0.5}}}})
    assert values(got, "sex/share") == pytest.approx({"f": 0.5, "m": 0.5})
    assert row(got, "sex/share_asked/no answer")["value"] == pytest.approx(0.2)
    assert row(got, "sex/share/f")["n"] == 1
    before, target = (row(got, f"-/{name}/sex.f") for name in ("margin_before", "margin_target"))
    assert (before["value"], before["n"], before["base"]) == (pytest.approx(0.2), 1, 5)
    assert target["value"] == pytest.approx(0.4)
    assert row(got, "-/kish_n/before")["value"] == pytest.approx(5)
    weights = np.array([2, 2 / 3, 2 / 3, 2 / 3, 1])
    assert row(got, "-/kish_n")["value"] == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


def test_a_stratum_of_one_respondent_stops_the_build_with_what_to_say_about_it() -> None:
    clean = make_clean(stype=["E", "E", "H"])
    with pytest.raises(EstimateError, match="single sampling unit"):
        estimated(clean, make_instrument(SCHOOLS[0]), sampling={"strata": "stype"})
    got = estimated(clean, make_instrument(SCHOOLS[0]), sampling={"strata": "stype", "lonely_psu": "certainty"})
    assert row(got, "stype/asked")["value"] == 3


def test_a_respondent_of_no_stratum_is_told_with_the_row() -> None:
    clean = make_clean(stype=["E", None, "E", "E"])
    with pytest.raises(EstimateError, match="nobody can tell how this respondent was drawn") as error:
        estimated(clean, make_instrument(SCHOOLS[0]), sampling={"strata": "stype"})
    assert error.value.findings[0].row == 3


def test_one_cluster_is_no_basis_for_an_interval() -> None:
    clean = make_clean(stype=["E", "H", "E"], district=[1.0, 1.0, 1.0])
    sampling = {"clusters": "district", "lonely_psu": "certainty"}
    got = estimated(clean, make_instrument(SCHOOLS[0], SCHOOLS[3]), sampling=sampling)
    share = row(got, "stype/share/E")
    assert share["value"] == pytest.approx(2 / 3)
    assert share[["low", "high", "se"]].isna().all()


def test_only_a_probability_sample_has_strata() -> None:
    content = {"export": "a.csv", "design": "nonprobability", "sampling": {"strata": "region"}}
    with pytest.raises(StudyError, match="nobody was drawn"):
        Wave.declared_in("config.yaml", content)


def test_of_a_census_no_estimate_has_an_interval() -> None:
    clean = make_clean(stype=["E", "H", "E", "M"], api=[1.0, 2.0, 4.0, 8.0])
    got = estimated(clean, make_instrument(SCHOOLS[0], SCHOOLS[2]), design="census")
    assert got[["low", "high", "se", "df"]].isna().all(axis=None)
    assert row(got, "stype/share/E")["method"] == row(got, "api/mean")["method"] == "census"
    assert row(got, "stype/share/E")["value"] == 0.5
