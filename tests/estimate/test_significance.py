"""Tests of differences, against published p-values and another implementation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest, norm
from scipy.stats import fisher_exact as by_scipy

from recount.estimate.significance import fisher_exact, mcnemar, z_test

COUNTS = st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@pytest.mark.parametrize(
    ("first", "second", "exp"),
    [
        ((3, 4), (1, 4), 0.4857),  # the lady who tasted tea: Fisher (1935), as R's help of fisher.test has it
        ((2, 12), (15, 18), 0.0005367),  # Fisher (1962), convicted twins of criminals; R's help, two-sided
        ((8, 10), (1, 6), 0.03497),  # whales and sharks, of SciPy's help
    ],
)
def test_published_tables_have_their_published_p_values(
    first: tuple[int, int], second: tuple[int, int], exp: float
) -> None:
    assert fisher_exact(*first, *second) == pytest.approx(exp, rel=2e-4)


@given(COUNTS, COUNTS)
def test_fishers_test_is_that_of_another_implementation(first: tuple[int, int], second: tuple[int, int]) -> None:
    table = [[n, base - n] for n, base in (first, second)]
    got = fisher_exact(*first, *second)
    assert got == pytest.approx(by_scipy(table).pvalue, rel=1e-6, abs=1e-12)
    assert got == pytest.approx(fisher_exact(*second, *first), rel=1e-9)


def test_fishers_test_holds_for_many_respondents() -> None:
    got = fisher_exact(501_000, 1_000_000, 499_000, 1_000_000)
    z = 2000 / np.sqrt(2_000_000 * 0.25)
    assert got == pytest.approx(2 * norm.sf(z), rel=0.01)


def test_the_z_test_is_the_normal_tail_of_the_difference_over_its_standard_error() -> None:
    assert z_test(0.5, 0.03, 0.4, 0.04) == pytest.approx(2 * norm.sf(2.0))
    assert z_test(0.4, 0.04, 0.5, 0.03) == z_test(0.5, 0.03, 0.4, 0.04)
    assert z_test(0.4, 0.04, 0.4, 0.03) == 1.0


def test_the_approval_of_a_minister_fell_as_published() -> None:
    # Agresti (1990), p. 350: of 1,600 Britons asked twice, 150 no longer approved, 86 came to; z = -4.17.
    assert mcnemar(86, 150) == pytest.approx(2 * norm.cdf(-4.17), rel=0.25)
    assert mcnemar(86, 150) == pytest.approx(binomtest(86, 236).pvalue, rel=1e-9)


@given(st.integers(0, 300), st.integers(0, 300))
def test_a_change_and_its_reverse_are_as_likely(gained: int, lost: int) -> None:
    if gained + lost:
        assert mcnemar(gained, lost) == pytest.approx(binomtest(gained, gained + lost).pvalue, rel=1e-9)
        assert mcnemar(gained, lost) == mcnemar(lost, gained)


def test_where_there_is_nothing_to_test_there_is_no_p_value() -> None:
    assert np.isnan(fisher_exact(0, 0, 3, 4))
    assert np.isnan(mcnemar(0, 0))
    assert np.isnan(z_test(1.0, 0.0, 1.0, 0.0))
    assert np.isnan(z_test(0.4, float("nan"), 0.5, 0.1))
