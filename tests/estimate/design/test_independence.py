"""Tests of two questions in drawn samples, against the values that R's `survey` publishes."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from recount.estimate.design.drawing import drawn
from recount.estimate.design.independence import (
    Crossed,
    crossed,
    design_effects,
    pearson,
    rao_scott_first,
    rao_scott_second,
    wald,
    wald_adjusted,
)
from tests.estimate.design.schools import Schools, clustered, published, stratified


def table(schools: Schools) -> Crossed:
    of = schools.of
    return crossed(of.drawing, of.weights, schools.codes("sch.wide"), schools.codes("stype"))


def test_of_districts_all_four_tests_are_those_published() -> None:
    got, exp = table(clustered()), published("svychisq_sch.wide_x_stype_dclus1")
    first, second = rao_scott_first(got), rao_scott_second(got)
    assert [first.statistic, first.above, first.p] == pytest.approx(exp["Chisq"], rel=5e-8)
    assert [second.statistic, second.above, second.below, second.p] == pytest.approx(exp["F_RaoScott"], rel=5e-8)
    for name, test in (("Wald", wald), ("adjWald", wald_adjusted)):
        found = test(got)
        assert [found.statistic, found.above, found.below, found.p] == pytest.approx(exp[name], rel=5e-8), name


def test_of_schools_by_stratum_the_second_order_test_is_the_published_one() -> None:
    got, exp = rao_scott_second(table(stratified())), published("svychisq_sch.wide_x_stype_dstrat")["F_RaoScott"]
    assert [got.statistic, got.above, got.below, got.p] == pytest.approx(exp, rel=5e-8)


def test_respondents_who_are_clusters_of_their_own_test_as_respondents() -> None:
    one, other = (table(stratified(as_clusters=each)) for each in (False, True))
    np.testing.assert_allclose(one.covariance, other.covariance, rtol=1e-9, atol=1e-6)
    assert one.degrees == other.degrees


CELLS = st.lists(st.integers(1, 30), min_size=6, max_size=6)


def simple(cells: list[int], rows: Any = (0, 0, 0, 1, 1, 1), columns: Any = (0, 1, 2, 0, 1, 2)) -> Crossed:
    row, column = np.repeat(rows, cells), np.repeat(columns, cells)
    return crossed(drawn(len(row)), np.full(len(row), 2.5), row, column)


@given(CELLS)
def test_drawn_one_by_one_it_is_pearsons_test(cells: list[int]) -> None:
    got = simple(cells)
    exp = chi2_contingency(np.reshape(cells, (2, 3)), correction=False)
    assert pearson(got) == pytest.approx(exp.statistic, abs=1e-9)
    # Rao and Scott (1981): under simple random sampling and independence all effects are one.
    even = simple([cells[0]] * 6)
    n = 6 * cells[0]
    assert design_effects(even) == pytest.approx([n / (n - 1)] * 2)


@given(CELLS, st.permutations(range(3)))
def test_the_order_of_the_categories_does_not_matter(cells: list[int], order: list[int]) -> None:
    one, other = simple(cells), simple(cells, columns=(*order, *order))
    for test in (rao_scott_first, rao_scott_second, wald, wald_adjusted):
        assert test(other).p == pytest.approx(test(one).p, rel=1e-6, abs=1e-9)


def test_a_question_with_one_answer_tests_nothing() -> None:
    got = crossed(drawn(6), np.ones(6), np.zeros(6, dtype=int), np.array([0, 1] * 3))
    for test in (rao_scott_first, rao_scott_second, wald, wald_adjusted):
        assert np.isnan(test(got).p)


def test_who_is_outside_the_domain_counts_for_the_design_alone() -> None:
    row, column = np.array([0, 1, 0, 1, -1, -1]), np.array([0, 1, 1, 0, 0, 1])
    got = crossed(drawn(6, clusters=np.arange(6) // 2), np.ones(6), row, column)
    assert (got.n, got.totals.sum(), got.degrees) == (4, 4.0, 1)
