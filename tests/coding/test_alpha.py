import json
import math
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.coding.alpha import alpha, alpha_of
from recount.coding.patterns import Ratings, patterns_of, resampled
from recount.coding.set_alpha import Members, SetAgreement, alpha_of_sets, jaccard, masi
from tests.coding.hand_built import shared_data

METRICS = ("nominal", "ordinal", "interval", "ratio")


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    values = json.loads((shared_data() / "reference" / "reference_values.json").read_text(encoding="utf-8"))
    return values["agreement"]


def numbered(*coders: list[Any]) -> tuple[Ratings, list[Any]]:
    """Ratings and the categories that their numbers stand for, from a list of values for each coder."""
    known = sorted({value for coder in coders for value in coder if value is not None})
    return np.array([[-1 if value is None else known.index(value) for value in coder] for coder in coders]).T, known


def of_sets(units: list[list[set[int]]]) -> tuple[Ratings, Members]:
    """Ratings and memberships from the sets that coders gave to each unit."""
    distinct = sorted({frozenset(each) for unit in units for each in unit}, key=sorted)
    codes = sorted({code for each in distinct for code in each})
    members = np.array([[code in each for code in codes] for each in distinct])
    return np.array([[distinct.index(frozenset(each)) for each in unit] for unit in units]), members


@pytest.mark.parametrize("metric", METRICS)
def test_krippendorffs_four_coders_agree_as_published(published: dict[str, Any], metric: Any) -> None:
    exp = published["krippendorff2011_4x12"]
    ratings, values = numbered(*exp["data"].values())
    got = alpha(ratings, metric, values=np.array(values, dtype=float))
    assert round(got.value, 6) == exp[metric]
    assert got.n == 11


@pytest.mark.parametrize("example", ["krippendorff2011_binary", "krippendorff2011_nominal_2x12"])
def test_krippendorffs_two_coders_agree_as_published(published: dict[str, Any], example: str) -> None:
    exp = published[example]
    assert round(alpha(numbered(exp["a"], exp["b"])[0]).value, 6) == exp["nominal"]


def test_three_abstractors_agree_as_published(published: dict[str, Any]) -> None:
    exp = published["cont3x3abstractors"]
    ratings = np.repeat(np.indices((3, 3)).reshape(2, -1).T, np.ravel(exp["table"]), axis=0)
    assert round(alpha(ratings).value, 7) == exp["alpha"]


def test_the_standard_error_of_four_raters_is_the_published_one(published: dict[str, Any]) -> None:
    exp = published["irrCAC_cac.raw4raters(same data as 4x12)"]
    got = alpha(numbered(*published["krippendorff2011_4x12"]["data"].values())[0])
    assert round(got.value, 5) == exp["kripp"]
    assert round(got.se, 5) == exp["kripp_se"]


@pytest.mark.parametrize("metric", METRICS)
def test_the_standard_error_is_close_to_that_of_the_jackknife(metric: Any) -> None:
    random = np.random.default_rng(3)
    truth = random.integers(0, 4, 300)
    ratings = np.column_stack([np.where(random.random(300) < 0.8, truth, random.integers(0, 4, 300)) for _ in range(3)])
    ratings[random.random(ratings.shape) < 0.2] = -1
    values = np.arange(1.0, 5)
    got = alpha(ratings, metric, values=values)
    paired = ratings[(ratings >= 0).sum(axis=1) >= 2]
    left = np.array(
        [alpha(np.delete(paired, unit, axis=0), metric, values=values).value for unit in range(len(paired))]
    )
    exp = math.sqrt((len(paired) - 1) / len(paired) * ((left - left.mean()) ** 2).sum())
    assert got.se == pytest.approx(exp, rel=0.03)


@pytest.mark.parametrize(("first", "second"), [({1, 2}, {1, 2, 3, 4}), ({1, 2}, {2, 3})])
def test_masi_distance_is_the_published_one(published: dict[str, Any], first: set[int], second: set[int]) -> None:
    name = f"d({first},{second})".replace(" ", "")
    got = masi(*(np.array([float(len(each))]) for each in (first & second, first, second)))
    assert got[0] == pytest.approx(published["masi"][name], abs=1e-15)


def test_masi_distance_is_nothing_for_equal_sets_and_one_for_sets_without_a_common_code() -> None:
    assert masi(np.array([2.0, 0.0]), np.array([2.0, 1.0]), np.array([2.0, 3.0])).tolist() == [0, 1]


def test_alpha_with_masi_and_jaccard_is_the_published_one(published: dict[str, Any]) -> None:
    exp = published["masi_alpha_toy"]
    ratings, members = of_sets([[set(each) for each in unit] for unit in exp["units"]])
    assert alpha_of_sets(ratings, members).value == pytest.approx(exp["alpha_masi"], abs=1e-14)
    assert alpha_of_sets(ratings, members, "jaccard").value == pytest.approx(exp["alpha_jaccard"], abs=1e-14)


def test_sets_of_one_code_each_agree_as_categories_do(published: dict[str, Any]) -> None:
    exp = published["krippendorff2011_nominal_2x12"]
    ratings, known = numbered(exp["a"], exp["b"])
    got = alpha_of_sets(ratings, np.eye(len(known), dtype=bool))
    assert round(got.value, 6) == exp["nominal"]
    assert got.se == pytest.approx(alpha(ratings).se)


def test_more_sets_than_are_compared_at_a_time_give_the_same_alpha(monkeypatch: pytest.MonkeyPatch) -> None:
    units = [[{1}, {1, 2}], [{2}, {2}], [{3}, {1, 3}], [{2, 3}, {2}], [{1, 2, 3}, {1}]]
    exp = alpha_of_sets(*of_sets(units))
    monkeypatch.setattr("recount.coding.set_alpha.BLOCK", 2)
    assert alpha_of_sets(*of_sets(units)) == exp


@pytest.mark.parametrize("metric", METRICS)
def test_ratings_that_are_all_alike_give_no_alpha(metric: Any) -> None:
    got = alpha(np.full((8, 3), 2), metric)
    assert math.isnan(got.value)
    assert got.n == 8


def test_nothing_coded_twice_gives_no_alpha() -> None:
    for ratings in (np.array([[0, -1], [-1, 1]]), np.empty((0, 2), dtype=int)):
        assert math.isnan(alpha(ratings).value)
        assert math.isnan(alpha_of_sets(ratings, np.eye(2, dtype=bool)).value)


def test_perfect_agreement_is_one_and_claims_no_certainty() -> None:
    got = alpha(np.array([[0, 0], [1, 1], [1, 1]]))
    assert got.value == 1
    assert math.isnan(got.se)


def test_a_ratio_of_nothing_to_nothing_is_no_difference() -> None:
    # Without values a category's place is its number, so the first one is zero.
    ratings = np.array([[0, 0], [0, 1], [1, 1], [2, 2]])
    got = alpha(ratings, "ratio")
    assert got.value == pytest.approx(alpha(ratings, "ratio", values=np.array([0.0, 5.0, 10.0])).value)


RATINGS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.integers(-1, 3), min_size=coders, max_size=coders), min_size=1, max_size=20)
)


@given(RATINGS, st.sampled_from(METRICS), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_units_changes_nothing(rows: list[list[int]], metric: Any, random: Any) -> None:
    ratings = np.array(rows)
    units, coders = list(range(ratings.shape[0])), list(range(ratings.shape[1]))
    random.shuffle(units)
    random.shuffle(coders)
    exp, got = alpha(ratings, metric), alpha(ratings[np.ix_(units, coders)], metric)
    assert got.n == exp.n
    assert [got.value, got.se] == pytest.approx([exp.value, exp.se], abs=1e-9, nan_ok=True)


@given(RATINGS, st.sampled_from([*permutations(range(4))]))
def test_the_numbers_of_the_categories_do_not_matter_to_nominal_alpha(
    rows: list[list[int]], other: tuple[int, ...]
) -> None:
    ratings = np.array(rows)
    renamed = np.where(ratings >= 0, np.array(other)[ratings], -1)
    assert alpha(renamed).value == pytest.approx(alpha(ratings).value, abs=1e-12, nan_ok=True)


@given(st.sets(st.integers(0, 5), min_size=1), st.sets(st.integers(0, 5), min_size=1))
def test_masi_is_symmetric_within_0_and_1_and_never_below_jaccard(one: set[int], other: set[int]) -> None:
    sizes = [np.array([float(len(each))]) for each in (one & other, one, other)]
    got = masi(*sizes)[0]
    assert got == masi(sizes[0], sizes[2], sizes[1])[0]
    assert 0 <= jaccard(*sizes)[0] <= got + 1e-15
    assert got <= 1
    assert (got == 0) == (one == other)


def drawn(units: int, codes: int) -> tuple[Ratings, Members]:
    """Three coders' sets of codes, some missing, and the distinct sets."""
    random = np.random.default_rng(5)
    truth = random.random((units, codes)) < 0.3
    members: dict[bytes, int] = {}
    ratings = np.full((units, 3), -1)
    table = []
    for unit, coder in np.ndindex(*ratings.shape):
        given = truth[unit] ^ (random.random(codes) < 0.1)
        given[0] |= not given.any()
        if random.random() < 0.9:
            if given.tobytes() not in members:
                table.append(given)
            ratings[unit, coder] = members.setdefault(given.tobytes(), len(members))
    return ratings, np.array(table)


@pytest.mark.parametrize("dense", [0, 10**9])
def test_alpha_of_units_drawn_anew_is_alpha_of_a_table_with_these_units(
    dense: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recount.coding.set_alpha.DENSE", dense)
    ratings, members = drawn(60, 4)
    paired = patterns_of(ratings).where(patterns_of(ratings).paired)
    weights = np.vstack([*resampled(paired, 5, np.random.default_rng(1))])
    got = SetAgreement(paired, members).drawn(weights)
    again = [np.repeat(paired.rows, each.astype(int), axis=0) for each in weights]
    assert got == pytest.approx([alpha_of_sets(each, members).value for each in again], abs=1e-12)
    nominal = alpha_of(paired, weights)
    assert nominal == pytest.approx([alpha(each).value for each in again], abs=1e-12)


def test_with_very_many_sets_the_bootstrap_is_as_near_as_makes_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    ratings, members = drawn(800, 7)
    paired = patterns_of(ratings).where(patterns_of(ratings).paired)
    weights = np.vstack([*resampled(paired, 200, np.random.default_rng(1))])
    exp = SetAgreement(paired, members).drawn(weights)
    monkeypatch.setattr("recount.coding.set_alpha.EXACT", 1)
    got = SetAgreement(paired, members).drawn(weights)
    assert exp.std() > 0.005
    limits = [0.025, 0.975]
    assert np.quantile(got, limits) == pytest.approx(np.quantile(exp, limits), abs=0.1 * exp.std())


def test_rows_of_more_coders_than_fit_into_a_number_are_counted_as_well() -> None:
    random = np.random.default_rng(2)
    few = random.integers(-1, 3, (50, 3))
    wide = np.hstack([few, np.full((50, 60), -1)])
    assert alpha(wide).value == pytest.approx(alpha(few).value)
    assert patterns_of(wide).units.sum() == (few >= 0).any(axis=1).sum()
