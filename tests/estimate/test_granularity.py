"""The GRIM test, against published examples and against counting one by one."""

from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.estimate.granularity import bases, bases_of_all, neighbours, runs

RULES = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN}


def test_86_percent_cannot_be_any_number_of_47_cities() -> None:
    assert 47 not in bases(86, 47)
    assert neighbours(86, 47) == (40, 41)


def test_of_all_bases_up_to_47_only_42_gives_the_four_percentages_of_2020() -> None:
    assert bases_of_all(bases(value, 47) for value in (86, 93, 40, 38)).tolist() == [42]


def test_a_mean_of_28_whole_answers_cannot_be_5_19() -> None:
    """Brown and Heathers (2017): a mean of 5.19 of 28 whole numbers; 145/28 is 5.18, 146/28 is 5.21."""
    assert 28 not in bases(5.19, 28, decimals=2, per=1, most=7)
    assert 28 in bases(5.18, 28, decimals=2, per=1, most=7)


def test_a_share_without_rounding_needs_a_base_that_it_divides() -> None:
    assert bases(25, 12, exact=True).tolist() == [4, 8, 12]


@given(
    st.integers(0, 1000), st.sampled_from([0, 1]), st.sampled_from(["half up", "half even", None]), st.integers(1, 60)
)
def test_a_base_fits_where_some_count_of_it_rounds_to_the_value(
    steps: int, decimals: int, rounding: str | None, base: int
) -> None:
    value, step = Decimal(steps).scaleb(-decimals), Decimal(1).scaleb(-decimals)
    if value > 100:
        return
    shares = [Decimal(100 * count) / base for count in range(base + 1)]
    rules = [RULES[rounding]] if rounding else [ROUND_HALF_UP, "ROUND_HALF_DOWN"]
    exp = any(share.quantize(step, rule) == value for share in shares for rule in rules)
    assert (base in bases(float(value), base, decimals=decimals, rounding=rounding)) is exp  # type: ignore[arg-type]


def test_a_value_with_more_digits_than_were_printed_is_refused() -> None:
    with pytest.raises(ValueError, match="more than 0 decimals"):
        bases(86.5, 47)


def test_neighbouring_bases_are_one_run() -> None:
    assert runs(bases(86, 30)) == [(7, 7), (14, 14), (21, 22), (28, 29)]
    assert runs(bases(86, 3)) == []


@pytest.mark.parametrize(
    ("mean", "n", "exp"),
    [
        *[("7.22", 32, True), ("4.74", 25, False), ("5.23", 29, False), ("2.57", 24, False), ("6.77", 27, False)],
        *[("2.68", 28, True), ("7.01", 29, False), ("7.38", 26, True), ("3.14", 27, False), ("6.89", 31, False)],
        *[("5.00", 25, True), ("0.24", 28, False), ("5.27", 43, False), ("3.82", 40, True), ("5.93", 49, False)],
    ],
)
def test_means_are_judged_as_by_the_package_scrutiny(mean: str, n: int, exp: bool) -> None:  # noqa: FBT001 - expected
    """The results of `grim_map(pigs1)` and other examples in its documentation; the last is The Economist's (2016)."""
    assert (n in bases(float(mean), n, decimals=2, per=1, most=100)) is exp


@pytest.mark.parametrize(
    ("percentage", "n", "exp"),
    [
        *[(67.4, 150, False), (54.2, 150, False), (54.0, 150, True), (69.8, 150, False), (68.1, 150, False)],
        *[(55.4, 150, False), (32.5, 438, False), (35.6, 455, True), (21.7, 501, False), (39.3, 516, True)],
    ],
)
def test_percentages_are_judged_as_by_the_package_scrutiny(percentage: float, n: int, exp: bool) -> None:  # noqa: FBT001 - expected
    """The results of `grim_map(pigs2, percent = TRUE)` and of another example in its documentation."""
    assert (n in bases(percentage, n, decimals=1)) is exp


@pytest.mark.parametrize(("decimals", "per"), [(2, 1), (0, 100), (1, 100)])
def test_from_as_many_respondents_as_there_are_values_to_print_every_base_fits(decimals: int, per: int) -> None:
    enough = per * 10**decimals
    found = [bases(value / 10**decimals, enough + 50, decimals=decimals, per=per) for value in range(0, enough + 1, 7)]
    assert all({*range(enough, enough + 51)} <= {*each.tolist()} for each in found)
