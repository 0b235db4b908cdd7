import json
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import bdtr

from recount.estimate.intervals import (
    agresti_coull,
    clopper_pearson,
    jeffreys,
    median_ranks,
    mover,
    newcombe,
    t_interval,
    wilson,
    wilson_corrected,
)
from tests.estimate.hand_built import shared_data

# Newcombe (1998), Statistics in Medicine 17, 857-872, Table I; the rows that the article prints.
NEWCOMBE_TABLE_I = [
    (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
    (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
    (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
    (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
]


@pytest.mark.parametrize(("count", "n", "score", "exact"), NEWCOMBE_TABLE_I)
def test_single_shares_have_the_intervals_that_newcombe_printed(
    count: int, n: int, score: tuple[float, float], exact: tuple[float, float]
) -> None:
    assert np.round(wilson(count / n, n), 4).tolist() == list(score)
    assert np.round(clopper_pearson(count, n), 4).tolist() == list(exact)


def test_all_reference_values_of_single_shares_come_out() -> None:
    reference = json.loads((shared_data() / "reference" / "reference_values.json").read_text(encoding="utf-8"))
    methods = {"beta": clopper_pearson, "agresti_coull": agresti_coull, "jeffreys": jeffreys}
    for key, exp in reference["newcombe1998_single"]["values"].items():
        count, n = map(int, key.split("/"))
        for name, method in methods.items():
            assert np.round(method(count, n), 4).tolist() == pytest.approx(exp[name], abs=1.01e-4), (key, name)
        assert np.round(wilson(count / n, n), 4).tolist() == exp["wilson"], key
        assert np.round(wilson_corrected(count, n), 4).tolist() == exp["wilson_cc"], key


@pytest.mark.parametrize(
    ("first", "second", "exp"), [((56, 70), (48, 80), (0.0524, 0.3339)), ((9, 10), (3, 10), (0.1705, 0.8090))]
)
def test_differences_have_the_intervals_that_newcombe_printed_for_method_10(
    first: tuple[int, int], second: tuple[int, int], exp: tuple[float, float]
) -> None:
    got = newcombe(first[0] / first[1], first[1], second[0] / second[1], second[1])
    assert np.round(got, 4).tolist() == list(exp)


def test_the_six_ends_alone_give_the_published_differences() -> None:
    reference = json.loads((shared_data() / "reference" / "reference_values.json").read_text(encoding="utf-8"))
    for key, exp in reference["newcombe1998_difference_method10"].items():
        (x, n), (y, m) = (tuple(map(int, each.split("/"))) for each in key.split("-"))
        got = mover((x / n, *wilson(x / n, n)), (y / m, *wilson(y / m, m)))
        assert np.round(got, 4).tolist() == exp, key


def test_of_symmetric_intervals_the_squared_half_widths_add_up() -> None:
    # Zou and Donner (2008): with normal limits the recovered variances give the usual interval back.
    low, high = mover((10.0, 7.0, 13.0), (4.0, 0.0, 8.0))
    assert (float(low), float(high)) == (1.0, 11.0)


def test_a_difference_turned_over_has_its_interval_turned_over_and_an_open_end_leaves_none() -> None:
    first, second = (0.8, 0.69, 0.88), (0.6, 0.49, 0.7)
    low, high = mover(first, second)
    assert mover(second, first) == (pytest.approx(-high), pytest.approx(-low))
    assert np.isnan(mover(first, (0.6, np.nan, 0.7))).all()


@pytest.mark.filterwarnings("ignore")  # what the oracle warns of as it is imported is not about this code
def test_statsmodels_agrees_on_every_share_of_small_bases() -> None:
    proportion_confint = import_module("statsmodels.stats.proportion").proportion_confint
    counts, sizes = zip(*[(count, n) for n in (1, 2, 7, 30, 211) for count in range(n + 1)], strict=True)
    count, n = np.array(counts), np.array(sizes)
    for got, method in (
        (wilson(count / n, n, 0.9), "wilson"),
        (clopper_pearson(count, n, 0.9), "beta"),
        (agresti_coull(count, n, 0.9), "agresti_coull"),
    ):
        exp = proportion_confint(count, n, alpha=0.1, method=method)
        np.testing.assert_allclose(got, exp, atol=1e-12, err_msg=method)
    inner = (count > 0) & (count < n)
    exp = proportion_confint(count[inner], n[inner], alpha=0.1, method="jeffreys")
    np.testing.assert_allclose(jeffreys(count[inner], n[inner], 0.9), exp, atol=1e-12)


def test_nothing_observed_gives_no_interval() -> None:
    for low, high in (
        wilson(0.5, 0),
        wilson(np.nan, 0),
        wilson_corrected(0, 0),
        clopper_pearson(0, 0),
        agresti_coull(0, 0),
        jeffreys(0, 0),
        newcombe(0.5, 0, 0.5, 10),
        median_ranks(0),
    ):
        assert np.isnan(low)
        assert np.isnan(high)


def test_a_mean_without_spread_or_degrees_of_freedom_has_no_interval() -> None:
    low, high = t_interval([3.0, 3.0, 3.0], [0.0, 0.5, np.nan], [9, 0, 9])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_a_mean_has_the_interval_of_students_table() -> None:
    # t(0.975, 9) = 2.262
    low, high = t_interval(10.0, 1.0, 9)
    assert (round(float(low), 3), round(float(high), 3)) == (7.738, 12.262)


@given(st.integers(1, 500), st.data(), st.sampled_from([0.8, 0.95, 0.99]))
def test_intervals_of_a_share_hold_the_share_within_0_and_1_and_are_never_of_zero_width(
    n: int, data: st.DataObject, confidence: float
) -> None:
    count = data.draw(st.integers(0, n))
    for low, high in (
        wilson(count / n, n, confidence),
        wilson_corrected(count, n, confidence),
        clopper_pearson(count, n, confidence),
        agresti_coull(count, n, confidence),
        jeffreys(count, n, confidence),
    ):
        assert 0 <= low <= count / n <= high <= 1
        assert low < high


@given(st.integers(1, 400), st.sampled_from([0.5, 0.9, 0.95, 0.99]))
def test_the_ranks_around_the_median_are_the_narrowest_that_cover(n: int, confidence: float) -> None:
    low, high = median_ranks(n, confidence)
    tail = (1 - confidence) / 2
    # The chance that the r-th value lies above the median is P(B <= r - 1).
    fitting = [rank for rank in range(1, n // 2 + 1) if bdtr(rank - 1, n, 0.5) <= tail]
    if fitting:
        assert (low, high) == (fitting[-1], n + 1 - fitting[-1])
    else:
        assert np.isnan(low)
        assert np.isnan(high)
