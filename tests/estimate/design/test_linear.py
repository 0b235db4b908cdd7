"""Means, totals, quantiles and differences of drawn samples, against the values that R's `survey` publishes."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import EstimateError
from recount.estimate.design.drawing import drawn
from recount.estimate.design.linear import (
    Surveyed,
    design_effect,
    difference,
    effective_size,
    mean,
    quantile,
    ratio,
    total,
)
from tests.estimate.design.schools import Schools, clustered, published, stratified


@pytest.mark.parametrize(("name", "made"), [("dclus1", clustered), ("dstrat", stratified)])
def test_mean_total_design_effect_and_interval_are_those_published(name: str, made: Callable[[], Schools]) -> None:
    schools, exp = made(), published(name)
    got = mean(schools.of, schools.numbers("api00"))
    assert (got.value, got.se) == pytest.approx((exp["mean_api00"], exp["se"]), rel=1e-10)
    assert got.degrees == {"dclus1": 14, "dstrat": 197}[name]
    interval = exp.get("ci95_t14") or exp["ci95_t197"]
    assert [float(end) for end in got.interval()] == pytest.approx(interval, rel=1e-10)
    assert round(design_effect(schools.of, schools.numbers("api00"), got), 5) == exp["deff"]
    enrolled = total(schools.of, schools.numbers("enroll"))
    assert (round(enrolled.value), round(enrolled.se)) == (exp["total_enroll"], exp["se_total_enroll"])


def test_without_a_finite_population_the_error_is_the_larger_one_published() -> None:
    exp, schools = published("dstrat_nofpc"), stratified(fpc=False)
    got = mean(schools.of, schools.numbers("api00"))
    assert got.se == pytest.approx(exp["se"], rel=1e-10)
    assert [float(end) for end in got.interval()] == pytest.approx(exp["ci95"], rel=1e-10)


def test_a_domain_keeps_the_whole_design() -> None:
    schools = stratified()
    for level, (value, se, low, high) in published("domain_dstrat_api00_by_stype").items():
        got = mean(schools.of, schools.numbers("api00"), schools.is_("stype", level))
        assert (round(got.value, 5), got.se) == (value, pytest.approx(se, abs=5e-6))
        # R's confint of svyby is normal.
        z = 1.959963984540054
        assert (got.value - z * got.se, got.value + z * got.se) == pytest.approx((low, high), abs=5.1e-6)


def test_quantiles_have_woodruffs_intervals_as_published() -> None:
    schools = clustered()
    for share, exp in published("quantiles_dclus1_api00").items():
        assert quantile(schools.of, schools.numbers("api00"), float(share)) == tuple(exp)


def test_the_difference_of_two_domains_has_the_published_t_test() -> None:
    schools, exp = stratified(), published("svyttest_api00_by_sch.wide_dstrat")
    wide = schools.is_("sch.wide", "Yes")
    got = difference(schools.of, schools.numbers("api00"), wide, ~wide)
    assert (round(got.value, 6), round(got.value / got.se, 5), got.degrees) == (exp["diff"], exp["t"], exp["df"])
    assert [round(float(end), 6) for end in got.interval()] == exp["ci"]


def test_a_cluster_that_stands_in_two_strata_is_two_clusters() -> None:
    drawing = drawn(4, strata=np.array([0, 0, 1, 1]), clusters=np.array([7, 8, 7, 8]))
    assert (drawing.units, drawing.degrees) == (4, 2)


VALUES = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 4), st.floats(0.5, 4), st.floats(-9, 9)), min_size=6, max_size=40
)


def surveyed(rows: list[tuple[Any, ...]], *, clusters: bool, **options: Any) -> tuple[Surveyed, Any]:
    strata, clustering, weights, values = (np.array(column) for column in zip(*rows, strict=True))
    of = drawn(len(rows), strata=strata, clusters=clustering if clusters else None, **{"lonely": "adjust", **options})
    return Surveyed(of, weights), values


@given(VALUES, st.booleans(), st.floats(0.01, 100), st.randoms())
def test_neither_the_scale_of_the_weights_nor_the_order_of_rows_matters_to_a_mean(
    rows: list[tuple[Any, ...]],
    clusters: bool,  # noqa: FBT001 - hypothesis gives it
    scale: float,
    shuffle: Any,
) -> None:
    of, values = surveyed(rows, clusters=clusters)
    got = mean(of, values)
    scaled = mean(Surveyed(of.drawing, of.weights * scale), values)
    assert (scaled.value, scaled.se) == pytest.approx((got.value, got.se), rel=1e-7, abs=1e-7)
    shuffle.shuffle(rows)
    turned, other = surveyed(rows, clusters=clusters)
    again = mean(turned, other)
    assert (again.value, again.se, again.degrees) == pytest.approx((got.value, got.se, got.degrees), rel=1e-7, abs=1e-7)


@given(VALUES)
def test_a_cluster_of_one_respondent_each_is_no_cluster(rows: list[tuple[Any, ...]]) -> None:
    of, values = surveyed(rows, clusters=False)
    each = drawn(len(rows), strata=of.drawing.psus, clusters=np.arange(len(rows)), lonely="adjust")
    got, exp = mean(of, values), mean(Surveyed(each, of.weights), values)
    assert (got.se, got.degrees) == (pytest.approx(exp.se, rel=1e-6, abs=1e-7), exp.degrees)


@given(VALUES)
def test_of_a_census_nothing_was_left_to_sampling(rows: list[tuple[Any, ...]]) -> None:
    of, values = surveyed(rows, clusters=False, population=np.ones(len(rows)))
    assert of.drawing.census
    assert mean(of, values).se == 0
    assert np.isnan(mean(of, values).interval()).all()


@given(VALUES)
def test_a_total_is_the_sum_of_the_totals_of_its_domains(rows: list[tuple[Any, ...]]) -> None:
    of, values = surveyed(rows, clusters=True)
    first = values > 0
    parts = total(of, values, first).value + total(of, values, ~first).value
    assert parts == pytest.approx(total(of, values).value, abs=1e-9)
    assert ratio(of, values, values, first).value == pytest.approx(1.0) or not first.any()


ALONE = {"strata": np.array([0, 0, 1]), "clusters": np.array([0, 1, 2])}


def test_a_stratum_of_one_cluster_stops_the_build_unless_the_author_says_what_it_is() -> None:
    with pytest.raises(EstimateError, match="1 of 2 strata have a single sampling unit"):
        drawn(3, **ALONE)


def test_what_a_stratum_of_one_cluster_adds_is_the_authors_choice() -> None:
    values = np.array([1.0, 3.0, 8.0])
    variance = {
        lonely: total(Surveyed(drawn(3, **ALONE, lonely=lonely), np.ones(3)), values).se ** 2
        for lonely in ("certainty", "adjust", "average")
    }
    # The stratum of two adds 2 ((1 - 2)^2 + (3 - 2)^2) = 4; all three have the mean 4.
    assert variance == pytest.approx({"certainty": 4.0, "adjust": 4.0 + (8 - 4) ** 2, "average": 8.0})


def test_populations_that_contradict_the_sample_are_told_all_at_once() -> None:
    with pytest.raises(EstimateError) as error:
        drawn(4, strata=np.array([0, 0, 1, 1]), population=np.array([9.0, 8.0, 1.5, 1.5]))
    assert [finding.value for finding in error.value.findings] == ["8 and 9", "1.5"]


def test_unequal_weights_count_as_fewer_respondents() -> None:
    assert effective_size(np.array([1.0, 1.0, 1.0])) == pytest.approx(3)
    assert effective_size(np.array([1.0, 3.0])) == pytest.approx(16 / 10)
