"""Weights that fit what is known of the population, against the values that R's `survey` publishes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import EstimateError
from recount.estimate.design.calibration import Margin, Margins, post_stratified, raked
from recount.estimate.design.linear import Surveyed, mean, total
from tests.estimate.design.schools import clustered, margins, published


def test_post_stratified_estimates_and_errors_are_those_published() -> None:
    schools, exp = clustered(), published("poststratify_dclus1_stype")
    known = margins(schools)[0]
    before = schools.of.weights
    of = Surveyed(schools.of.drawing, post_stratified(before, known), Margins((known,), before))
    api, enrolled = mean(of, schools.numbers("api00")), total(of, schools.numbers("enroll"))
    assert (round(api.value, 3), round(api.se, 4)) == (exp["mean_api00"], exp["se"])
    assert (round(enrolled.value), round(enrolled.se)) == (exp["total_enroll"], exp["se_total"])


def test_raked_estimates_and_errors_are_those_published() -> None:
    schools, exp = clustered(), published("rake_dclus1")
    fitted = raked(schools.of.weights, margins(schools))
    assert [fitted.min(), fitted.max()] == pytest.approx(exp["weights_min_max"], rel=3e-5)
    of = Surveyed(schools.of.drawing, fitted, Margins(margins(schools), schools.of.weights))
    api = mean(of, schools.numbers("api00"))
    assert (round(api.value, 2), round(api.se, 3)) == (exp["mean_api00"], exp["se_lin"])
    assert round(total(of, schools.numbers("enroll")).value) == exp["total_enroll"]


def margin(name: str, codes: list[int], totals: list[float]) -> Margin:
    return Margin(name, np.array(codes), np.array(totals, dtype=float))


@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 2)), min_size=1, max_size=60))
def test_raked_weights_fit_every_margin(rows: list[tuple[int, int]]) -> None:
    full = [(a, b) for a in range(2) for b in range(3)] + rows
    a, b = ([row[place] for row in full] for place in (0, 1))
    both = [margin("a", a, [60, 40]), margin("b", b, [20, 50, 30])]
    got = raked(np.ones(len(full)), both)
    for each in both:
        np.testing.assert_allclose(np.bincount(each.codes, weights=got), each.totals, rtol=1e-9)


def test_a_cap_and_the_margins_hold_together() -> None:
    a, b = [0] * 10 + [1] * 30, [0, 1] * 20
    both = [margin("a", a, [20, 20]), margin("b", b, [10, 30])]
    free = raked(np.ones(40), both)
    assert free.max() > 2.5 * free.mean()
    got = raked(np.ones(40), both, cap=2.5)
    assert got.max() <= 2.5 * got.mean() * (1 + 1e-9)
    for each in both:
        np.testing.assert_allclose(np.bincount(each.codes, weights=got), each.totals, rtol=1e-9)


def test_a_cap_under_which_no_weights_fit_is_told() -> None:
    # A quarter of the respondents stand for half of the population: twice the mean each.
    with pytest.raises(EstimateError, match="still off by"):
        raked(np.ones(40), [margin("a", [0] * 10 + [1] * 30, [20, 20])], cap=1.5)


def test_a_category_that_nobody_could_stand_for_is_told() -> None:
    with pytest.raises(EstimateError, match="category 2"):
        raked(np.ones(2), [margin("a", [0, 0], [1, 1])])


def test_margins_of_different_populations_are_told() -> None:
    with pytest.raises(EstimateError, match="different populations"):
        raked(np.ones(2), [margin("a", [0, 1], [1, 1]), margin("b", [0, 1], [2, 1])])


def test_margins_that_contradict_each_other_are_told() -> None:
    codes = [0, 0, 1, 1]
    with pytest.raises(EstimateError, match="weight by fewer questions"):
        raked(np.ones(4), [margin("a", codes, [2, 2]), margin("b", codes, [3.6, 0.4])])
