"""The same respondents asked twice."""

from math import isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.estimate.paired import Twice, newcombe_paired

# Newcombe (1998c), table II, method 10; Fagerland, Lydersen and Laake (2014) for the last: both, gained, lost, neither.
PUBLISHED = [
    ((36, 12, 2, 0), (0.0569, 0.3404)),
    ((18, 12, 2, 18), (0.0562, 0.3290)),
    ((1, 1, 7, 12), (-0.507, -0.026)),
]
COUNTS = st.tuples(*[st.integers(0, 40)] * 4).filter(any)


@pytest.mark.parametrize(("counts", "published"), PUBLISHED)
def test_the_published_intervals_come_out(counts: tuple[int, ...], published: tuple[float, float]) -> None:
    digits = max(len(str(abs(end)).split(".")[1]) for end in published)
    assert [round(end, digits) for end in newcombe_paired(Twice(*counts))] == list(published)


@given(COUNTS)
def test_turning_the_waves_round_turns_the_interval_round(counts: tuple[int, int, int, int]) -> None:
    both, gained, lost, neither = counts
    low, high = newcombe_paired(Twice(both, gained, lost, neither))
    assert newcombe_paired(Twice(both, lost, gained, neither)) == pytest.approx((-high, -low))


@given(COUNTS)
def test_the_interval_holds_the_change_and_lies_within_1(counts: tuple[int, int, int, int]) -> None:
    twice = Twice(*counts)
    low, high = newcombe_paired(twice)
    assert -1 - 1e-9 <= low <= twice.change + 1e-9
    assert twice.change - 1e-9 <= high <= 1 + 1e-9


def test_nobody_gives_no_change_and_no_interval() -> None:
    assert isnan(Twice(0, 0, 0, 0).change)
    assert all(map(isnan, newcombe_paired(Twice(0, 0, 0, 0))))
