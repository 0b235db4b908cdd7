"""Intervals of shares of drawn samples, against the values that R, svy and the NCHS publish."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.estimate.design.linear import mean
from recount.estimate.design.share_intervals import METHODS
from recount.estimate.intervals import clopper_pearson
from tests.estimate.design.schools import Schools, clustered, published, stratified, survey

NAMES = {
    "wald": "wald",
    "logit": "logit",
    "asin": "arcsine",
    "beta_KG": "korn-graubard",
    "NCHS_KG_truncated": "korn-graubard nchs",
    "svy_wilson": "wilson",
}


@pytest.mark.parametrize(("design", "made"), [("dclus1", clustered), ("dstrat", stratified)])
def test_all_intervals_of_schools_that_missed_the_target_are_those_published(
    design: str, made: Callable[[], Schools]
) -> None:
    schools = made()
    got = mean(schools.of, schools.is_("sch.wide", "No").astype(float))
    exp = published("prop_sch.wide_No")[design]
    assert got.value == pytest.approx(exp["p"], abs=5e-9)
    assert got.se == pytest.approx(exp.get("se", got.se), abs=5e-9)
    for name, interval in exp.items():
        if name in NAMES:
            ends = METHODS[NAMES[name]](got.value, got.se, got.degrees, len(schools.table))
            assert [float(end) for end in ends] == pytest.approx(interval, abs=6e-9), name


@pytest.mark.parametrize(("name", "made"), [("apiclus1", clustered), ("apistrat", stratified)])
def test_the_likelihood_interval_is_the_one_that_r_defines(name: str, made: Callable[[], Schools]) -> None:
    schools = made()
    got = mean(schools.of, schools.is_("sch.wide", "No").astype(float))
    ends = METHODS["likelihood"](got.value, got.se, got.degrees, len(schools.table))
    assert [float(end) for end in ends] == pytest.approx(survey(f"{name} likelihood"), abs=1e-9)


def test_the_likelihood_interval_is_the_published_one_to_the_accuracy_of_its_profile() -> None:
    # R stops fitting early, so that its design effect is that of the step before, and looks the ends up in a spline
    # through points of the profile; the test above solves the same equation of a fit that has converged.
    schools = clustered()
    got = mean(schools.of, schools.is_("sch.wide", "No").astype(float))
    ends = METHODS["likelihood"](got.value, got.se, got.degrees, len(schools.table))
    exp = published("prop_sch.wide_No")["dclus1"]["likelihood"]
    assert [float(end) for end in ends] == pytest.approx(exp, abs=3e-6)


def test_intervals_of_a_rare_share_are_those_published() -> None:
    schools, exp = clustered(), published("prop_ell_eq_0_dclus1")
    got = mean(schools.of, (schools.numbers("ell") == 0).astype(float))
    assert got.value == pytest.approx(exp["p"], abs=5e-9)
    for name in ("wald", "logit", "beta_KG"):
        ends = METHODS[NAMES[name]](got.value, got.se, got.degrees, len(schools.table))
        assert [float(end) for end in ends] == pytest.approx(exp[name], abs=1e-8), name


@pytest.mark.parametrize("name", METHODS)
def test_where_nothing_varies_or_no_degrees_are_left_there_is_no_interval(name: str) -> None:
    for share, se, degrees in ((0.4, 0.0, 9), (0.4, np.nan, 9), (0.4, 0.1, 0), (np.nan, 0.1, 9)):
        assert np.isnan(METHODS[name](share, se, degrees, 50)).all()
    if name != "korn-graubard nchs":
        assert np.isnan(METHODS[name](0.0, 0.0, 9, 50)).all()


def test_of_nobody_the_nchs_gives_the_exact_interval_of_as_many_respondents() -> None:
    for share in (0.0, 1.0):
        got = METHODS["korn-graubard nchs"](share, 0.0, 9, 50)
        assert [float(end) for end in got] == pytest.approx([float(end) for end in clopper_pearson(50 * share, 50)])


@given(st.floats(0.01, 0.99), st.floats(0.5, 20), st.integers(1, 200), st.integers(5, 5000))
def test_every_interval_holds_the_share_and_has_a_width(share: float, effect: float, degrees: int, n: int) -> None:
    se = np.sqrt(effect * share * (1 - share) / n)
    for name, method in METHODS.items():
        low, high = method(share, se, degrees, n)
        assert low <= share + 1e-9, name
        assert high >= share - 1e-9, name
        assert high - low > 0, name
        assert name == "wald" or (low >= 0 and high <= 1), name
