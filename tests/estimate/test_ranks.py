"""Rank tests, against published examples and another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kruskal, mannwhitneyu

from recount.estimate.ranks import kruskal_wallis, mann_whitney, midranks

GROUP = st.lists(st.integers(0, 40), min_size=5, max_size=5)


def spread(values: list[list[float]]) -> list[list[int]]:
    """How many of each group gave each value."""
    known = sorted({value for group in values for value in group})
    return [[group.count(value) for value in known] for group in values]


def answers(counts: list[int]) -> np.ndarray:
    return np.repeat(np.arange(len(counts)), counts)


def test_the_permeability_of_membranes_has_its_published_statistic() -> None:
    # Hollander and Wolfe (1973), p. 69, as R's help of wilcox.test has it: W = 35, one-sided p = 0.1272.
    at_term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    earlier = [1.15, 0.88, 0.90, 0.74, 1.21]
    u, p = mann_whitney(*spread([at_term, earlier]))
    assert u == 35
    assert round(p / 2, 4) == 0.1272


def test_the_clearance_of_dust_has_its_published_statistic() -> None:
    # Hollander and Wolfe (1973), p. 116, as R's help of kruskal.test has it.
    lungs = [[2.9, 3.0, 2.5, 2.6, 3.2], [3.8, 2.7, 4.0, 2.4], [2.8, 3.4, 3.7, 2.2, 2.0]]
    h, freedom, p = kruskal_wallis(spread(lungs))
    assert (round(h, 5), freedom, round(p, 2)) == (0.77143, 2, 0.68)


@given(GROUP, GROUP)
def test_answers_on_a_scale_have_the_p_of_another_implementation(first: list[int], second: list[int]) -> None:
    u, p = mann_whitney(first, second)
    if min(sum(first), sum(second)) == 0 or len({*answers(first), *answers(second)}) == 1:
        assert np.isnan([u, p]).all()
        return
    exp = mannwhitneyu(answers(first), answers(second), method="asymptotic")
    assert u == exp.statistic
    if sum(first) + sum(second) > 50:
        assert p == pytest.approx(exp.pvalue, rel=1e-9)
    h, freedom, many = kruskal_wallis([first, second])
    both = kruskal(answers(first), answers(second))
    # Of equal groups the other implementation gives a statistic below zero by the last bit, and no p.
    exp_h, exp_p = max(both.statistic, 0.0), 1.0 if np.isnan(both.pvalue) else both.pvalue
    assert (h, freedom, many) == (pytest.approx(exp_h, abs=1e-9), 1, pytest.approx(exp_p, abs=1e-5))


def test_with_ties_every_division_of_a_few_respondents_is_counted() -> None:
    # Of the six ways to choose two of the ranks 1, 2.5, 2.5, 4, two lie as far from the middle, 5, as 1 + 2.5 does: and
    # two more on the other side.
    assert mann_whitney([1, 1, 0], [0, 1, 1])[1] == pytest.approx(4 / 6)
    assert mann_whitney([1, 2, 0], [0, 2, 1])[1] == mann_whitney([0, 2, 1], [1, 2, 0])[1]


def test_respondents_with_the_same_answer_share_their_ranks() -> None:
    assert midranks(np.array([1.0, 2.0, 0.0, 1.0])).tolist()[:2] == [1.0, 2.5]


def test_groups_of_nobody_are_no_groups() -> None:
    assert kruskal_wallis([[3, 1], [0, 0], [1, 3]]) == kruskal_wallis([[3, 1], [1, 3]])
    assert np.isnan(kruskal_wallis([[3, 1], [0, 0]])[0])
    assert np.isnan(kruskal_wallis([[3, 0], [2, 0]])[0])
