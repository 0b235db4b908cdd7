"""Replicate weights, against published standard errors and against linearisation."""

from typing import Any

import numpy as np
import pytest

from recount.errors import EstimateError
from recount.estimate.design.calibration import raked
from recount.estimate.design.drawing import Drawing, drawn
from recount.estimate.design.linear import Surveyed, mean
from recount.estimate.design.replicates import Method, Replicates, made, scales_of
from tests.estimate.design.schools import Schools, clustered, margins, published, stratified


def error_of_mean(weights: np.ndarray[Any, Any], values: np.ndarray[Any, Any], how: Replicates, value: float) -> float:
    found = (weights @ values / weights.sum(axis=1))[:, None]
    return float(np.sqrt(how.variance(found, np.array([value]))[0]))


def replicated(schools: Schools, method: Method) -> tuple[Any, Replicates]:
    factors, how = made(schools.of.drawing, method)
    return factors[:, schools.of.drawing.psus] * schools.of.weights, how


@pytest.mark.parametrize(
    ("key", "method", "schools"),
    [
        ("JK1_dclus1_mean_se", "JK1", clustered),
        ("JKn_dstrat_nofpc_se", "JKn", lambda: stratified(fpc=False, as_clusters=True)),
    ],
)
def test_jackknives_have_the_published_standard_error(key: str, method: Method, schools: Any) -> None:
    of = schools()
    weights, how = replicated(of, method)
    got = error_of_mean(weights, of.numbers("api00"), how, mean(of.of, of.numbers("api00")).value)
    exp = published("replicate")[key]
    assert round(got, len(str(exp).split(".")[1])) == exp


def test_a_jackknife_that_is_raked_anew_each_time_has_the_published_standard_error() -> None:
    schools, exp = clustered(), published("rake_dclus1")
    weights, how = replicated(schools, "JK1")
    fitted = np.stack([raked(each, margins(schools)) for each in weights])
    value = mean(Surveyed(schools.of.drawing, raked(schools.of.weights, margins(schools))), schools.numbers("api00"))
    assert round(error_of_mean(fitted, schools.numbers("api00"), how, value.value), 3) == exp["se_JK1"]


def pairs(strata: int = 6) -> tuple[Drawing, Any]:
    random = np.random.default_rng(2)
    clusters = np.repeat(np.arange(2 * strata), 5)
    return drawn(len(clusters), strata=clusters // 2, clusters=clusters), random.normal(size=len(clusters))


def linear(drawing: Drawing, values: Any) -> Any:
    by_unit = np.bincount(drawing.psus, weights=values)[:, None]
    return drawing.variance(drawing.by_stratum(by_unit), drawing.by_stratum(by_unit**2))


@pytest.mark.parametrize("method", ["BRR", "Fay", "JKn"])
def test_of_a_total_every_balanced_method_gives_the_linear_variance_exactly(method: Method) -> None:
    # Wolter (2007), section 3.2: with full orthogonal balance the variance of a linear estimator is reproduced.
    drawing, values = pairs()
    factors, how = made(drawing, method, rho=0.3)
    found = (factors[:, drawing.psus] @ values)[:, None]
    assert how.variance(found, np.array([values.sum()])) == pytest.approx(linear(drawing, values), rel=1e-10)


def test_many_bootstraps_come_close_to_the_linear_variance_and_are_the_same_every_time() -> None:
    drawing, values = pairs()
    factors, how = made(drawing, "bootstrap", count=4000, seed=3)
    found = (factors[:, drawing.psus] @ values)[:, None]
    assert how.variance(found, np.array([values.sum()])) == pytest.approx(linear(drawing, values), rel=0.1)
    assert (made(drawing, "bootstrap", count=4000, seed=3)[0] == factors).all()


def test_half_samples_of_other_than_pairs_are_refused() -> None:
    with pytest.raises(EstimateError, match="two sampling units in every stratum"):
        made(drawn(3, clusters=np.arange(3)), "BRR")


def test_given_replicates_count_as_their_method_says() -> None:
    assert scales_of("JK1", 4).tolist() == [0.75] * 4
    assert scales_of("Fay", 4, rho=0.5).tolist() == [1.0] * 4
    assert scales_of("BRR", 4).tolist() == scales_of("bootstrap", 4).tolist() == [0.25] * 4


def test_a_replicate_in_which_a_group_has_nobody_is_left_out() -> None:
    how = Replicates(scales=np.ones(3), degrees=2)
    assert how.variance(np.array([[1.0], [3.0], [np.nan]]), np.array([2.0])) == pytest.approx(2.0)
    assert np.isnan(how.variance(np.full((3, 1), np.nan), np.array([2.0]))).all()
