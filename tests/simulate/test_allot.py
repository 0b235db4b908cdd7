import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from recount.simulate.allot import in_order, ticked
from recount.simulate.chance import scaled, stream


def test_the_lowest_scores_get_the_first_category() -> None:
    assert in_order(np.array([0.3, -1.0, 2.0]), np.array([1, 2])).tolist() == [1, 0, 1]


def test_a_tick_moves_to_whom_has_none() -> None:
    scores = np.array([[2.0, 2.0], [1.0, 0.0], [0.0, 1.0]])
    got = ticked(scores, np.array([1, 2]), most=2)
    assert got.sum(axis=0).tolist() == [1, 2]
    assert got.any(axis=1).all()


@given(
    scores=arrays.arrays(float, st.tuples(st.integers(1, 30), st.integers(1, 5)), elements=st.floats(-3, 3)),
    shares=st.lists(st.floats(0, 1), min_size=5, max_size=5),
)
def test_counts_stay_and_everybody_ticks_where_there_are_ticks_enough(scores: np.ndarray, shares: list[float]) -> None:
    people, categories = scores.shape
    counts = np.array([round(share * people) for share in shares[:categories]])
    counts[0] = max(counts[0], people - counts[1:].sum())
    got = ticked(scores, counts, most=2)
    assert got.sum(axis=0).tolist() == counts.tolist()
    assert got.any(axis=1).all()


@given(counts=st.lists(st.integers(0, 50), min_size=1, max_size=8), total=st.integers(0, 500))
def test_scaled_counts_sum_to_the_total_and_are_off_by_less_than_one(counts: list[int], total: int) -> None:
    got = scaled({str(place): count for place, count in enumerate(counts)}, total)
    assert sum(got.values()) == total
    if sum(counts):
        exact = np.array(counts) * total / sum(counts)
        assert (np.abs(np.array(list(got.values())) - exact) < 1).all()


def test_each_decision_has_its_own_numbers() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()
