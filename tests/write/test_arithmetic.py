import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import TemplateError
from recount.write.arithmetic import combined
from recount.write.ledger import trace_of
from recount.write.number import Constant, Estimate, Number, described


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
        ("round", (SHARE, 1), 0.9, "share"),
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


def test_a_constant_is_kept_in_the_trace() -> None:
    assert combined("*", SHARE, 2).trace.of[1].trace == Constant(2.0)  # type: ignore[union-attr]
