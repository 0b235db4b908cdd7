import math
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.display.formatter import Formatter
from recount.display.rounding import as_decimal
from recount.errors import TemplateError
from recount.study.settings import Display
from recount.write.arithmetic import combined
from recount.write.ledger import trace_of
from recount.write.number import Constant, Estimate, Number, described
from recount.write.written import largest, ordered, smallest


def _number(name: str, value: float | None, unit: str = "share", *, hidden: str = "", category: str = "yes") -> Number:
    row = Estimate(
        key=f"2020/{name}/x/{category}", wave="2020", question=name, statistic="x", category=category, exclusive=True,
        value=value, unit=unit,
    )  # fmt: skip
    return Number(value=value, unit=unit, trace=row, hidden=hidden)


SHARE, OTHER = _number("office", 0.86), _number("travel", 0.40)
POINTS = _number("office", 0.1, "difference of shares")
COUNT, MEAN, DAYS = _number("all", 47, "respondents"), _number("staff", 4.2, "mean"), _number("field", 18324, "days")


@pytest.mark.parametrize(
    ("name", "operands", "value", "unit"),
    [
        ("-", (SHARE, OTHER), 0.46, "difference of shares"),
        ("-", (1, OTHER), 0.6, "share"),
        ("+", (OTHER, POINTS), 0.5, "share"),
        ("/", (SHARE, OTHER), 2.15, "ratio"),
        ("/", (SHARE, 2), 0.43, "share"),
        ("*", (SHARE, COUNT), 40.42, "respondents"),
        ("*", (SHARE, 2), 1.72, "share"),
        ("/", (1, COUNT), 1 / 47, "ratio"),
        ("-", (COUNT, 5), 42, "respondents"),
        ("-", (DAYS, _number("field", 18354, "days")), -30, "number of days"),
        ("smallest", (SHARE, OTHER), 0.40, "share"),
        ("largest", (SHARE, OTHER), 0.86, "share"),
        ("average", (SHARE, OTHER), 0.63, "share"),
        ("round half up", (SHARE, 1), 0.9, "share"),
        ("negative", (POINTS,), -0.1, "difference of shares"),
        ("absolute", (combined("-", OTHER, SHARE),), 0.46, "difference of shares"),
    ],
)
def test_operations_give_a_value_and_its_unit(
    name: str, operands: tuple[Number | float, ...], value: float, unit: str
) -> None:
    got = combined(name, *operands)
    assert got.value == pytest.approx(value)
    assert got.unit == unit


@pytest.mark.parametrize(
    ("name", "operands"),
    [
        ("+", (SHARE, MEAN)),
        ("-", (SHARE, COUNT)),
        ("-", (MEAN, COUNT)),
        ("/", (SHARE, COUNT)),
        ("*", (SHARE, OTHER)),
        ("*", (MEAN, COUNT)),
        ("smallest", (SHARE, MEAN)),
        ("average", (SHARE, COUNT)),
        ("-", (POINTS, SHARE)),
    ],
)
def test_mixed_units_are_refused(name: str, operands: tuple[Number, Number]) -> None:
    with pytest.raises(TemplateError, match="units are mixed"):
        combined(name, *operands)


@pytest.mark.parametrize("name", ["+", "-"])
def test_a_bare_number_beside_a_share_has_no_unit(name: str) -> None:
    with pytest.raises(TemplateError, match="has no unit"):
        combined(name, SHARE, 0.1)


def test_shares_add_up_only_within_one_question_of_one_answer() -> None:
    yes, no = _number("office", 0.5), _number("office", 0.2, category="no")
    assert combined("+", yes, no).value == pytest.approx(0.7)
    for wrong in (OTHER, yes):  # another question; the same category twice
        with pytest.raises(TemplateError, match="do not add up"):
            combined("+", yes, wrong)


def test_dividing_by_nought_is_told() -> None:
    with pytest.raises(TemplateError, match="division by zero"):
        combined("/", SHARE, _number("travel", 0.0))


def test_what_is_made_of_something_hidden_is_hidden() -> None:
    got = combined("-", SHARE, _number("travel", None, hidden="base under 5"))
    assert (got.value, got.hidden) == (None, "base under 5")


def test_a_number_cannot_become_text_before_the_page() -> None:
    turns: list[Callable[[object], str]] = [str, "{}".format, lambda each: f"{each}"]
    for turn in turns:
        with pytest.raises(TemplateError, match="lose its trace"):
            turn(SHARE)


def test_the_trace_is_the_expression_tree() -> None:
    got = combined("/", combined("-", SHARE, OTHER), 2)
    assert described(got) == "(2020/office/x/yes - 2020/travel/x/yes) / 2"
    tree = trace_of(got)
    assert (tree["name"], tree["unit"]) == ("/", "difference of shares")
    assert [each["kind"] for each in tree["of"]] == ["operation", "constant"]
    assert [each["key"] for each in tree["of"][0]["of"]] == ["2020/office/x/yes", "2020/travel/x/yes"]
    assert [each.key for each in got.estimates()] == ["2020/office/x/yes", "2020/travel/x/yes"]


SHARES = st.floats(0, 1, allow_nan=False)


@given(SHARES, SHARES)
def test_a_difference_is_the_other_way_round_negative(p: float, q: float) -> None:
    first, second = _number("a", p), _number("b", q)
    there, back = combined("-", first, second), combined("-", second, first)
    assert there.value == -(back.value or 0.0)
    assert combined("+", second, there).value == pytest.approx(p, abs=1e-12)


@given(st.lists(SHARES, min_size=1, max_size=6))
def test_the_average_lies_between_the_smallest_and_the_largest(values: list[float]) -> None:
    numbers = [_number(f"q{place}", value) for place, value in enumerate(values)]
    low, middle, high = (combined(name, *numbers).value or 0.0 for name in ("smallest", "average", "largest"))
    assert low <= middle + 1e-12
    assert middle <= high + 1e-12
    assert len(list(combined("average", *numbers).estimates())) == len(values)


@given(st.integers(1, 10_000), st.integers(1, 10_000))
def test_a_share_times_its_base_is_its_count(n: int, more: int) -> None:
    base = n + more
    got = combined("*", _number("a", n / base), _number("b", base, "respondents"))
    assert math.isclose(got.value or 0.0, n, rel_tol=1e-12)


@given(values=st.lists(SHARES, min_size=1, max_size=8), reverse=st.booleans())
def test_sorting_keeps_every_number_as_it_is(values: list[float], *, reverse: bool) -> None:
    numbers = [_number(f"q{place}", value) for place, value in enumerate(values)]
    got = ordered(numbers, reverse=reverse)
    assert [each.value for each in got] == sorted(values, reverse=reverse)
    assert sorted(map(id, got)) == sorted(map(id, numbers))


@given(st.lists(SHARES, min_size=1, max_size=6))
def test_the_smallest_and_the_largest_are_numbers_of_the_list_and_remember_all(values: list[float]) -> None:
    numbers = [_number(f"q{place}", value) for place, value in enumerate(values)]
    for made, chosen in ((smallest(*numbers), min(values)), (largest(numbers), max(values))):
        assert made.value == chosen
        assert made.row is not None
        assert made.row.value == chosen
        assert [each.key for each in made.estimates()] == [f"2020/q{place}/x/yes" for place in range(len(values))]


MIXED = [SHARE, POINTS, COUNT, MEAN, DAYS]


@given(st.permutations(MIXED).map(lambda each: each[:2]), st.sampled_from(["smallest", "largest", "average"]))
def test_no_choice_among_numbers_mixes_units(pair: list[Number], name: str) -> None:
    with pytest.raises(TemplateError, match="units are mixed"):
        combined(name, *pair)
    with pytest.raises(TemplateError, match="units are mixed"):
        ordered(pair)
    with pytest.raises(TemplateError, match="units are mixed"):
        combined(name, pair[0], 0.5)


SHORT = st.decimals(0, 1, places=4).map(float)


@given(SHORT, st.integers(0, 4), st.sampled_from(["half up", "half even"]))
def test_a_rounded_number_is_the_one_that_is_printed_and_remembers_the_exact_one(
    value: float, decimals: int, rule: str
) -> None:
    exact = _number("a", value)
    made = combined(f"round {rule}", exact, decimals)
    ways = {"half up": ROUND_HALF_UP, "half even": ROUND_HALF_EVEN}
    exp = Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ways[rule])
    assert Decimal(repr(made.value)) == exp
    assert (made.unit, [each.value for each in made.estimates()]) == ("share", [value])
    display = Display(rounding=rule, decimals=decimals)  # type: ignore[arg-type]
    assert Formatter(display).number(value) == Formatter(display).number(made.value)


FRACTIONS = st.fractions(0, 1, max_denominator=500)


@given(FRACTIONS, FRACTIONS, FRACTIONS)
def test_arithmetic_is_exact_to_the_digits_that_are_printed_from(p: Fraction, q: Fraction, r: Fraction) -> None:
    first, second, third = (_number(name, float(value)) for name, value in zip("abc", (p, q, r), strict=True))
    difference = combined("-", first, second)
    made = combined("+", third, combined("absolute", difference))
    assert as_decimal(made.value or 0.0) == pytest.approx(as_decimal(float(r + abs(p - q))))
    assert [each.question for each in made.estimates()] == ["c", "a", "b"]
    assert as_decimal(combined("average", first, second).value or 0.0) == as_decimal(float((p + q) / 2))
    if q:
        assert combined("/", first, second).value == pytest.approx(float(p / q), rel=1e-12)


@given(SHARES)
def test_a_share_and_its_complement_are_the_whole(p: float) -> None:
    complement = combined("-", 1, _number("a", p))
    assert (complement.value or 0.0) + p == pytest.approx(1)
    assert [each.key for each in complement.estimates()] == ["2020/a/x/yes"]


@pytest.mark.parametrize(
    ("name", "operands"),
    [("*", (SHARE, 100)), ("*", (100, SHARE)), ("*", (POINTS, 100)), ("/", (SHARE, 100)), ("/", (SHARE, 0.01))],
)
def test_the_hundred_of_a_percentage_is_refused(name: str, operands: tuple[Number | float, ...]) -> None:
    with pytest.raises(TemplateError, match="shares are 0 to 1, and the formatter writes the percent"):
        combined(name, *operands)
    assert combined("*", COUNT, 100).value == 4700


def test_p_values_are_compared_and_not_calculated_with() -> None:
    p, other = _number("a", 0.03, "p-value"), _number("b", 0.2, "p-value")
    assert combined("smallest", p, other).value == 0.03
    for name in ("+", "-", "total"):
        with pytest.raises(TemplateError, match="p-values are compared"):
            combined(name, p, other)


def test_a_constant_is_kept_in_the_trace() -> None:
    assert combined("*", SHARE, 2).trace.of[1].trace == Constant(2.0)  # type: ignore[union-attr]
