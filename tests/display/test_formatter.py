from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.display.formatter import Formatter
from recount.display.words import in_chinese, in_words, ordinal_in_words
from recount.study.settings import Display

FORMATTER = Formatter(Display())


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.857, "share", "86%"),
        (0.0, "share", "0%"),
        (1.0, "share", "100%"),
        (0.12, "difference of shares", "12 percentage points"),
        (-0.01, "difference of shares", "−1 percentage point"),
        (1200, "respondents", "1,200"),
        (1200.5, "respondents", "1,201"),
        (4.25, "mean", "4.3"),
        (-4.25, "mean", "−4.3"),
        (18324, "days", "3 March 2020"),
        (-1, "days", "31 December 1969"),
        (0.8149, "coefficient", "0.81"),
        (2020, "year", "2020"),
        (1.5, "ratio", "1.5"),
    ],
)
def test_a_value_is_written_by_its_unit(value: float, unit: str, text: str) -> None:
    assert FORMATTER.value(value, unit) == text


@pytest.mark.parametrize("unit", ["share", "difference of shares", "respondents", "mean", "days", "coefficient"])
@pytest.mark.parametrize("value", [None, float("nan"), float("inf")])
def test_what_is_missing_is_never_written_as_nan(value: float | None, unit: str) -> None:
    assert FORMATTER.value(value, unit) == "–"
    assert FORMATTER.interval(value, 0.5, unit) == "–"
    assert FORMATTER.range(0.5, value, unit) == "–"
    assert FORMATTER.chinese(value, unit) == "–"


def test_what_is_hidden_is_suppressed_whatever_its_value() -> None:
    assert Formatter(Display(suppressed="(hidden)")).value(0.5, "share", hidden="base under 5") == "(hidden)"


def test_an_unknown_unit_is_our_mistake_and_not_written() -> None:
    with pytest.raises(KeyError):
        FORMATTER.value(1, "furlongs")


def test_ties_are_decided_on_the_digits_that_are_printed() -> None:
    # 0.285 is 0.284999... in binary, and 1.005 is 1.00499...; the first fails with round() and with f"{:.0f}".
    assert FORMATTER.percent(0.285) == "29%"
    assert FORMATTER.percent(0.9 - 0.615) == "29%"
    assert FORMATTER.number(1.005, decimals=2) == "1.01"
    even = Formatter(Display(rounding="half even"))
    assert [even.percent(value) for value in (0.285, 0.275, 0.125)] == ["28%", "28%", "12%"]
    assert FORMATTER.percent(0.125) == "13%"


def test_minus_nought_is_nought() -> None:
    assert FORMATTER.points(-0.001) == "0 percentage points"
    assert FORMATTER.number(-0.04) == "0.0"


@given(st.integers(1, 2000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_share_is_rounded_as_the_fraction_that_it_is(pair: tuple[int, int]) -> None:
    n, base = pair
    exact = Fraction(n * 100, base)
    expected = (exact + Fraction(1, 2)).__floor__()
    assert FORMATTER.percent(n / base) == f"{expected}%"


@given(st.floats(-1e6, 1e6, allow_nan=False), st.integers(0, 4))
def test_rounding_is_within_half_a_step_and_symmetric(value: float, decimals: int) -> None:
    text = FORMATTER.number(value, decimals=decimals).replace(",", "").replace("−", "-")
    assert abs(Decimal(text) - Decimal(repr(value))) <= Decimal(1).scaleb(-decimals) / 2 + Decimal("1e-5")
    mirrored = FORMATTER.number(-value, decimals=decimals).replace(",", "").replace("−", "-")
    assert Decimal(mirrored) == -Decimal(text)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=12).filter(any), st.integers(0, 2))
def test_percentages_of_a_whole_add_up_to_100_and_are_off_by_less_than_one_step(counts: list[int], places: int) -> None:
    whole = sum(counts)
    shown = [
        Decimal(text.removesuffix("%")) for text in FORMATTER.percentages([n / whole for n in counts], decimals=places)
    ]
    assert sum(shown) == 100
    for n, each in zip(counts, shown, strict=True):
        assert abs(each - Decimal(n * 100) / Decimal(whole)) < Decimal(1).scaleb(-places) + Decimal("1e-9")


def test_percentages_give_the_largest_remainder_the_missing_point_and_the_first_of_equal_ones() -> None:
    assert FORMATTER.percentages([1 / 3, 1 / 3, 1 / 3]) == ["34%", "33%", "33%"]
    assert FORMATTER.percentages([0.127, 0.446, 0.427]) == ["13%", "44%", "43%"]


def test_percentages_refuse_what_is_no_whole() -> None:
    with pytest.raises(ValueError, match="add up to"):
        FORMATTER.percentages([0.5, 0.3])


def test_intervals_and_ranges_carry_their_unit_once() -> None:
    assert FORMATTER.interval(0.73, 0.94, "share") == "73% to 94%"
    assert FORMATTER.interval(-0.03, 0.21, "difference of shares") == "−3 to 21 percentage points"
    assert FORMATTER.interval(1.0, 2.06, "mean") == "1.0 to 2.1"
    assert FORMATTER.range(0.73, 0.94, "share") == "73–94%"
    assert FORMATTER.range(-0.03, 0.21, "difference of shares") == "−3 to 21"
    assert FORMATTER.range(27, 59, "respondents") == "27–59"


def test_points_can_be_signed_and_short() -> None:
    assert FORMATTER.points(0.12, signed=True, short=True) == "+12"
    assert FORMATTER.points(0.001, signed=True, short=True) == "0"


def test_p_values_have_three_decimals_where_they_are_small() -> None:
    assert [FORMATTER.p_value(p) for p in (0.0004, 0.0345, 0.345, 1.0)] == [
        "p < 0.001",
        "p = 0.035",
        "p = 0.35",
        "p = 1.00",
    ]


def test_counts_are_words_up_to_the_limit() -> None:
    assert [FORMATTER.words(n) for n in (0, 7, 9, 10, 1200)] == ["zero", "seven", "nine", "10", "1,200"]
    assert Formatter(Display(words_up_to=0)).words(7) == "7"
    assert FORMATTER.of_base(36, 1042) == "36 of 1,042"
    assert FORMATTER.of_base(None, 42) == "–"


def test_ordinals() -> None:
    assert [FORMATTER.ordinal(n) for n in (1, 3, 9, 11, 12, 21, 22, 103, 1111)] == [
        *("first", "third", "ninth", "11th", "12th", "21st", "22nd", "103rd", "1,111th")
    ]


@pytest.mark.parametrize(
    ("n", "words"), [(0, "zero"), (12, "twelve"), (20, "twenty"), (42, "forty-two"), (207, "two hundred and seven")]
)
def test_numbers_in_words(n: int, words: str) -> None:
    assert in_words(n) == words


def test_ordinals_in_words() -> None:
    assert [ordinal_in_words(n) for n in (2, 12, 20, 21, 100)] == [
        "second",
        "twelfth",
        "twentieth",
        "twenty-first",
        "one hundredth",
    ]


@pytest.mark.parametrize(
    ("n", "text"),
    [
        *(
            (0, "零"),
            (2, "二"),
            (10, "十"),
            (11, "十一"),
            (20, "二十"),
            (47, "四十七"),
            (105, "一百零五"),
            (110, "一百一十"),
        ),
        *(
            (1001, "一千零一"),
            (10000, "一万"),
            (10010, "一万零一十"),
            (100001, "十万零一"),
            (120000, "十二万"),
            (100000001, "一亿零一"),
        ),
    ],
)
def test_chinese_numerals(n: int, text: str) -> None:
    assert in_chinese(n) == text


def test_chinese_text_has_digits_and_its_own_units() -> None:
    assert FORMATTER.chinese(0.857, "share") == "86%"
    assert FORMATTER.chinese(-0.12, "difference of shares") == "−12个百分点"
    assert FORMATTER.chinese(18324, "days") == "2020年3月3日"
    assert FORMATTER.chinese(1200, "respondents") == "1200"
    assert FORMATTER.chinese_words(47) == "四十七"


@pytest.mark.parametrize(
    ("n", "exp"),
    [
        *((0, "no answers"), (1, "one answer"), (2, "two answers"), (0.4, "no answers"), (1.4, "one answer")),
        *((1.5, "two answers"), (10, "10 answers"), (21, "21 answers"), (-1, "−1 answer"), (None, "– answers")),
    ],
)
def test_a_noun_agrees_with_the_count_as_it_is_written(n: float | None, exp: str) -> None:
    formatter = Formatter(Display(words_up_to=9))
    assert f"{formatter.counted(n)} {formatter.noun(n, 'answer', 'answers')}" == exp
