import csv
import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.coding.agreement import ac1, kappa, negative, percent, pi, positive, s
from recount.coding.patterns import Ratings
from tests.coding.hand_built import shared_data


@pytest.fixture(scope="module")
def published() -> dict[str, Any]:
    values = json.loads((shared_data() / "reference" / "reference_values.json").read_text(encoding="utf-8"))
    return values["agreement"]


def of_table(table: list[list[int]]) -> Ratings:
    """Two coders' ratings from how often they gave each pair of categories."""
    return np.repeat(np.indices(np.shape(table)).reshape(2, -1).T, np.ravel(table), axis=0)


def of_file(name: str, first: int) -> Ratings:
    """Ratings from a published file, in which categories count from `first` and an empty cell is missing."""
    with (shared_data() / "reference" / "agreement" / name).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    return np.array([[int(cell) - first if cell else -1 for cell in row[1:]] for row in rows])


def test_cohens_kappa_of_three_abstractors_is_the_published_one(published: dict[str, Any]) -> None:
    exp = published["cont3x3abstractors"]
    got = kappa(of_table(exp["table"]))
    assert [round(got.value, 7), round(got.se, 8)] == exp["kappa"]
    assert got.n == 100


def test_ac1_of_three_abstractors_is_the_published_one(published: dict[str, Any]) -> None:
    exp = published["cont3x3abstractors"]
    got = ac1(of_table(exp["table"]))
    assert [round(got.value, 7), round(got.se, 8)] == exp["AC1"]


def test_percent_agreement_of_three_abstractors_is_the_published_one(published: dict[str, Any]) -> None:
    exp = published["cont3x3abstractors"]
    assert percent(of_table(exp["table"])).value == pytest.approx(exp["pa"], abs=1e-15)


def test_scotts_pi_and_bennetts_s_of_three_abstractors_are_the_published_ones(published: dict[str, Any]) -> None:
    exp = published["cont3x3abstractors"]
    ratings = of_table(exp["table"])
    assert round(pi(ratings).value, 7) == exp["scott"]
    assert s(ratings).value == pytest.approx(exp["BP"], abs=1e-12)


def test_the_table_of_three_abstractors_in_its_file_gives_the_same(published: dict[str, Any]) -> None:
    with (shared_data() / "reference" / "agreement" / "cont3x3abstractors.csv").open(encoding="utf-8") as stream:
        table = [[int(cell) for cell in row[1:]] for row in list(csv.reader(stream))[1:]]
    assert round(kappa(of_table(table)).value, 7) == published["cont3x3abstractors"]["kappa"][0]


def test_four_raters_with_missing_ratings_agree_as_published(published: dict[str, Any]) -> None:
    exp = published["irrCAC_cac.raw4raters(same data as 4x12)"]
    ratings = of_file("cac.raw4raters.csv", first=1)
    got = ac1(ratings)
    assert round(got.value, 5) == exp["AC1"]
    assert round(got.se, 5) == exp["AC1_se"]
    assert round(kappa(ratings).value, 5) == exp["conger"]
    assert round(pi(ratings).value, 5) == exp["fleiss"]
    assert round(s(ratings).value, 5) == exp["bp"]
    assert round(percent(ratings).value, 7) == exp["pa"]


def test_where_nearly_all_answers_lack_a_code_kappa_falls_below_zero_and_ac1_does_not(
    published: dict[str, Any],
) -> None:
    exp = published["kappa_paradox_118_5_2_0"]
    ratings = of_table([[118, 5], [2, 0]])
    assert round(kappa(ratings).value, 7) == exp["kappa"]
    assert round(ac1(ratings).value, 7) == exp["AC1"]
    assert percent(ratings).value == pytest.approx(118 / 125)


def test_the_interval_is_the_value_and_1_96_standard_errors() -> None:
    got = kappa(of_table([[20, 5], [10, 15]]))
    low, high = got.interval()
    assert got.value == pytest.approx(0.4)
    assert (high - low) / 2 == pytest.approx(1.959964 * got.se, rel=1e-6)
    assert (high + low) / 2 == pytest.approx(0.4)


def test_an_interval_does_not_go_above_one() -> None:
    got = kappa(of_table([[9, 1], [0, 9]]))
    assert got.value < 1
    assert got.interval()[1] == 1


@pytest.mark.parametrize("coefficient", [kappa, ac1, pi, s])
@pytest.mark.parametrize("coders", [2, 3])
def test_coders_who_only_ever_said_one_thing_give_no_coefficient(coefficient: Any, coders: int) -> None:
    for category in (0, 1):
        got = coefficient(np.full((30, coders), category))
        assert math.isnan(got.value)
        assert math.isnan(got.se)
        assert got.n == 30


def test_a_code_that_nobody_gave_has_no_ac1_though_two_categories_were_open() -> None:
    assert math.isnan(ac1(np.zeros((30, 2), dtype=int), categories=2).value)


def test_perfect_agreement_on_varied_answers_is_one_and_claims_no_certainty() -> None:
    ratings = of_table([[6, 0], [0, 4]])
    for got in (kappa(ratings), ac1(ratings)):
        assert got.value == pytest.approx(1)
        assert math.isnan(got.se)
        assert all(math.isnan(limit) for limit in got.interval())


def test_a_coder_who_never_varies_makes_kappa_zero_without_a_standard_error() -> None:
    got = kappa(of_table([[15, 5], [0, 0]]))
    assert got.value == pytest.approx(0)
    assert math.isnan(got.se)


def test_positive_and_negative_agreement_are_of_the_decisions_for_and_against_a_code() -> None:
    ratings = of_table([[118, 5], [2, 0]])
    assert positive(ratings).value == 0
    assert negative(ratings).value == pytest.approx(2 * 118 / (2 * 118 + 5 + 2))
    assert positive(of_table([[5, 2], [1, 4]])).value == pytest.approx(8 / 11)


def test_specific_agreement_of_three_coders_counts_the_others_of_each_decision() -> None:
    # All three gave the code: 6 of 6; two of three: 2 of 4; one of two: 0 of 1.
    assert positive(np.array([[1, 1, 1], [1, 1, 0], [1, 0, -1]])).value == pytest.approx(8 / 11)


def test_positive_agreement_on_a_code_that_nobody_gave_is_not_estimable() -> None:
    assert math.isnan(positive(np.zeros((9, 2), dtype=int)).value)


def test_ac1_depends_on_how_many_categories_were_open() -> None:
    ratings = of_table([[8, 1], [1, 0]])
    # Chance: 2 * 0.9 * 0.1 = 0.18 over q - 1 categories.
    assert ac1(ratings).value == pytest.approx((0.8 - 0.18) / (1 - 0.18))
    assert ac1(ratings, categories=4).value == pytest.approx((0.8 - 0.06) / (1 - 0.06))


def test_percent_of_three_coders_counts_pairs() -> None:
    # All three alike: 1; two alike: one pair of three; the unit with one rating says nothing.
    got = percent(np.array([[0, 0, 0], [0, 0, 1], [1, -1, -1]]))
    assert got.value == pytest.approx((1 + 1 / 3) / 2)
    assert got.n == 2


def test_nothing_coded_twice_is_not_estimable() -> None:
    for ratings in (np.array([[0, -1], [-1, 1]]), np.empty((0, 2), dtype=int), np.empty((0, 0), dtype=int)):
        for got in (percent(ratings), kappa(ratings), ac1(ratings, categories=2)):
            assert math.isnan(got.value)
            assert got.n == 0


RATINGS = st.integers(2, 4).flatmap(
    lambda coders: st.lists(st.lists(st.integers(-1, 2), min_size=coders, max_size=coders), min_size=1, max_size=30)
)


@given(RATINGS, st.randoms(use_true_random=False))
def test_the_order_of_coders_and_units_changes_nothing(rows: list[list[int]], random: Any) -> None:
    ratings = np.array(rows)
    units, coders = list(range(ratings.shape[0])), list(range(ratings.shape[1]))
    random.shuffle(units)
    random.shuffle(coders)
    for coefficient in (percent, positive, kappa, pi, s, ac1):
        exp, got = coefficient(ratings), coefficient(ratings[np.ix_(units, coders)])
        assert got.n == exp.n
        assert [got.value, got.se] == pytest.approx([exp.value, exp.se], abs=1e-9, nan_ok=True)


@given(RATINGS)
def test_no_coefficient_is_above_one_and_none_has_a_standard_error_of_zero(rows: list[list[int]]) -> None:
    for coefficient in (percent, positive, kappa, pi, s, ac1):
        got = coefficient(np.array(rows))
        assert math.isnan(got.value) or got.value <= 1 + 1e-12
        assert not got.se <= 0


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=30))
def test_congers_kappa_of_two_coders_is_cohens(pairs: list[tuple[int, int]]) -> None:
    ratings = np.array(pairs)
    nobody = np.full((len(pairs), 1), -1)
    exp = kappa(ratings).value
    assert kappa(np.hstack([ratings, nobody])).value == pytest.approx(exp, abs=1e-12, nan_ok=True)
