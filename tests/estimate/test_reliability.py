"""Cronbach's alpha, against the value that R's `psych` publishes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.estimate.reliability import alpha_of, item_rest_of, pairwise_covariance, reliability

# The covariances, by pairs, of the items A1 (turned over) to A5 of the 2,800 people in `bfi` of R's package psych.
BFI = np.array(
    [
        [1.98172388, 0.56022511, 0.48584131, 0.30507471, 0.32124097],
        [0.56022511, 1.37363070, 0.74162903, 0.58214833, 0.57609473],
        [0.48584131, 0.74162903, 1.69477082, 0.69613495, 0.82803848],
        [0.30507471, 0.58214833, 0.69613495, 2.18931289, 0.57372364],
        [0.32124097, 0.57609473, 0.82803848, 0.57372364, 1.58385270],
    ]
)
ROWS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5)), min_size=4, max_size=30)


def test_the_agreeableness_of_2800_people_has_the_published_alpha() -> None:
    spread = np.sqrt(np.diag(BFI))
    assert round(alpha_of(BFI), 7) == 0.7030184
    assert round(alpha_of(BFI / np.outer(spread, spread)), 7) == 0.7130286


def test_the_correlation_of_an_item_with_the_rest_is_that_of_the_two_columns() -> None:
    answers = np.random.default_rng(1).integers(1, 6, size=(40, 4)).astype(float)
    got = item_rest_of(np.cov(answers.T))
    exp = [np.corrcoef(answers[:, item], np.delete(answers, item, axis=1).sum(axis=1))[0, 1] for item in range(4)]
    assert got == pytest.approx(exp)
    raw = 4 / 3 * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))
    assert reliability(answers).raw == pytest.approx(raw)


def test_each_pair_of_items_is_compared_among_those_who_answered_both() -> None:
    answers = np.array([[1.0, 2.0], [2.0, 1.0], [3.0, np.nan], [4.0, 4.0]])
    got = pairwise_covariance(answers, np.ones(4))
    both = answers[[0, 1, 3]]
    assert got[0, 1] == pytest.approx(np.cov(both.T)[0, 1])
    assert got[0, 0] == pytest.approx(answers[:, 0].var(ddof=1))
    assert reliability(answers).n == 4


@given(ROWS, st.floats(0.1, 9))
def test_neither_the_scale_of_the_weights_nor_of_the_answers_matters(rows: list[tuple[int, ...]], scale: float) -> None:
    answers = np.array(rows, dtype=float)
    got, same = reliability(answers), reliability(answers * 2 + 1, np.full(len(rows), scale))
    assert [same.standardised] == pytest.approx([got.standardised], nan_ok=True, abs=1e-6)
    # Where the items cancel each other the sum has next to no variance to divide by.
    if not got.raw < -100:
        assert same.raw == pytest.approx(got.raw, nan_ok=True, abs=1e-6)


def test_one_item_or_equal_answers_have_no_reliability() -> None:
    assert np.isnan(reliability(np.array([[1.0], [2.0]])).raw)
    assert np.isnan(reliability(np.ones((5, 3))).raw)
    assert np.isnan(reliability(np.ones((5, 3))).item_rest).all()
