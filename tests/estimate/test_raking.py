"""Raking: weights that meet the margins of another."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import EstimateError
from recount.estimate.raking import rake
from tests.estimate.hand_built import shared_data


def margin(levels: pd.Series, targets: dict[str, float]) -> tuple[np.ndarray, np.ndarray]:
    shares = np.array(list(targets.values()), dtype=float)
    return pd.Index(list(targets)).get_indexer(levels), shares / shares.sum()


def test_raked_schools_have_the_published_mean_and_weights() -> None:
    # survey's rake(dclus1, ...), as R prints it.
    folder = shared_data() / "reference"
    exp = json.loads((folder / "reference_values.json").read_text())["survey_api"]["rake_dclus1"]
    schools = pd.read_csv(folder / "apiclus1.csv")
    totals = exp["margins"]
    size = sum(totals["stype"].values())
    weights = np.full(len(schools), size / len(schools))
    got = rake(weights, [margin(schools[name], totals[name]) for name in totals])
    assert np.average(schools["api00"], weights=got) == pytest.approx(exp["mean_api00"], abs=0.005)
    assert (got.min(), got.max()) == pytest.approx(exp["weights_min_max"], abs=0.01)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1)), min_size=20, max_size=60))
def test_margins_are_met_and_the_sum_stays(rows: list[tuple[int, int]]) -> None:
    first, second = (np.array(each) for each in zip(*rows, strict=True))
    crossed = {*rows}
    if len(crossed) < 6:  # every crossing has somebody, so that there is an answer
        return
    margins = [(first, np.array([0.2, 0.3, 0.5])), (second, np.array([0.6, 0.4]))]
    got = rake(np.ones(len(rows)), margins)
    assert got.sum() == pytest.approx(len(rows))
    for levels, shares in margins:
        assert np.bincount(levels, weights=got) / got.sum() == pytest.approx(shares, abs=1e-9)


def test_margins_that_contradict_each_other_are_told() -> None:
    levels = np.array([0, 0, 1, 1])
    with pytest.raises(EstimateError, match="weight by fewer questions"):
        rake(np.ones(4), [(levels, np.array([0.5, 0.5])), (levels, np.array([0.9, 0.1]))])
