"""Many tests at once, against the published example."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from recount.estimate.multiplicity import benjamini_hochberg, holm

# Benjamini and Hochberg (1995), section 3.2: fifteen tests of a trial of thrombolysis.
FIFTEEN = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
FIFTEEN += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def test_of_the_published_fifteen_four_stay_findings_by_rate_and_three_by_chance_of_any() -> None:
    assert (benjamini_hochberg(FIFTEEN) <= 0.05).sum() == 4
    assert (holm(FIFTEEN) <= 0.05).sum() == 3
    assert holm(FIFTEEN)[:3].round(4).tolist() == [0.0015, 0.0056, 0.0247]


@given(P_VALUES)
def test_findings_by_rate_are_those_of_another_implementation(p_values: list[float]) -> None:
    np.testing.assert_allclose(benjamini_hochberg(p_values), false_discovery_control(p_values))


@given(P_VALUES, st.randoms())
def test_the_order_of_the_tests_does_not_matter_and_no_p_falls(p_values: list[float], shuffle: object) -> None:
    order = list(range(len(p_values)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    for raised in (holm, benjamini_hochberg):
        whole = raised(p_values)
        np.testing.assert_array_equal(raised([p_values[place] for place in order]), whole[order])
        assert (whole >= np.array(p_values) * (1 - 1e-12)).all()
        assert (whole <= 1).all()
    assert (benjamini_hochberg(p_values) <= holm(p_values) * (1 + 1e-12)).all()


def test_what_could_not_be_tested_is_no_test() -> None:
    for raised in (holm, benjamini_hochberg):
        got = raised([0.01, np.nan, 0.02])
        assert np.isnan(got[1])
        assert got[[0, 2]].tolist() == pytest.approx(raised([0.01, 0.02]).tolist())
