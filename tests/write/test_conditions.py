from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.display.rounding import as_decimal
from recount.errors import EstimateError, TemplateError
from recount.estimate.intervals import mover
from recount.estimate.significance import fisher_exact
from recount.write.arithmetic import combined
from recount.write.claims import status
from recount.write.margin import margin
from recount.write.number import Estimate, Number, Ranked
from recount.write.respondents import respondents_to_turn
from recount.write.truth import Joined, compared, formula, holds, ranked_as
from recount.write.two_samples import p_of_difference


def _share(n: int, base: int, name: str = "a", category: str = "yes", **others: Any) -> Number:
    wave, level = others.get("wave", "w"), others.get("level", "")
    row = Estimate(
        key=f"{wave}/{name}/share/{category}{level}", wave=wave, question=name, statistic="share", category=category,
        group="g" if level else "", level=level, unit="share", value=n / base, n=n, base=base,
        weighted_n=others.get("weighted_n", n), weighted_base=base, exclusive=others.get("exclusive", True),
    )  # fmt: skip
    return Number(value=n / base, unit="share", trace=row, low=others.get("low"), high=others.get("high"))


def test_noise_of_arithmetic_decides_nothing() -> None:
    tenths = combined("-", _share(9, 10), _share(615, 1000, "b"))
    assert holds(compared("==", tenths, 0.285))
    assert not holds(compared("<", tenths, 0.285))


@pytest.mark.parametrize("symbol", ["<", ">", "=="])
def test_units_do_not_mix_in_a_condition(symbol: str) -> None:
    mean = Number(value=0.5, unit="mean", trace=Estimate(key="w/m/mean", wave="w", question="m", statistic="mean"))
    with pytest.raises(TemplateError, match="units are mixed"):
        compared(symbol, _share(1, 2), mean)


def test_a_share_is_not_held_against_per_cent() -> None:
    with pytest.raises(TemplateError, match=r"0\.5 for 50 per cent"):
        compared(">", _share(1, 2), 50)


def test_a_hidden_number_decides_nothing() -> None:
    hidden = Number(value=None, unit="share", trace=_share(1, 2).trace, hidden="base under 5")
    with pytest.raises(EstimateError, match="base under 5"):
        compared("<", hidden, 0.5)


@pytest.mark.parametrize(
    ("symbol", "n", "base", "threshold", "respondents"),
    [
        ("<", 17, 42, 0.5, 4),  # 21 of 42 is not fewer than half
        ("<=", 17, 42, 0.5, 5),
        (">", 36, 42, 0.5, 15),
        (">=", 36, 42, 0.5, 16),
        ("<", 20, 41, 0.5, 1),
        (">", 17, 42, 0.5, 5),  # false: five more would make it true
        ("==", 21, 42, 0.5, 1),
        ("==", 400, 2000, 0.5, 600),  # false, and true of exactly one count
        ("!=", 400, 2000, 0.5, 600),
        (">", 5, 10, 1.0, None),  # nobody can make it true
    ],
)
def test_the_margin_in_respondents(symbol: str, n: int, base: int, threshold: float, respondents: int | None) -> None:
    assert respondents_to_turn(compared(symbol, _share(n, base), threshold)) == respondents


@given(st.integers(1, 400).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))), st.floats(0.01, 0.99))
def test_the_margin_turns_it_and_one_less_does_not(pair: tuple[int, int], threshold: float) -> None:
    n, base = pair
    truth = compared("<", _share(n, base), threshold)
    moved = respondents_to_turn(truth)
    now = n / base < threshold
    if moved is None:
        assert all((other / base < threshold) == now for other in range(base + 1))
        return
    assert any(0 <= other <= base and (other / base < threshold) != now for other in (n - moved, n + moved))
    assert all(
        (other / base < threshold) == now for other in range(max(n - moved + 1, 0), min(n + moved - 1, base) + 1)
    )


def test_one_respondent_who_changes_sides_moves_two_shares_of_one_question() -> None:
    truth = compared(">", _share(22, 42), _share(20, 42, category="no"))
    assert respondents_to_turn(truth) == 1
    apart = compared(">", _share(22, 42), _share(20, 42, name="b"))
    assert respondents_to_turn(apart) == 2


def test_who_may_name_several_moves_two_shares_by_naming_the_one_instead_of_the_other() -> None:
    several = {"exclusive": False}
    truth = compared(">", _share(30, 42, **several), _share(20, 42, category="no", **several))
    assert respondents_to_turn(truth) == 5
    # Nobody surely names only the second: with the same people behind both, one can only be added or taken away.
    equal = compared(">=", _share(20, 42, **several), _share(20, 42, category="no", **several))
    assert respondents_to_turn(equal) == 1


@given(st.integers(20, 500).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))))
def test_a_claim_that_holds_only_between_two_lines_is_not_stepped_over(pair: tuple[int, int]) -> None:
    n, base = pair
    truth = Joined("and", (compared(">=", _share(n, base), 0.5), compared("<=", _share(n, base), 0.6)))
    exp = min(abs(other - n) for other in range(base + 1) if (0.5 <= other / base <= 0.6) != holds(truth))
    assert respondents_to_turn(truth) == exp


def test_a_p_value_that_is_large_in_a_narrow_window_only_is_not_stepped_over() -> None:
    earlier, later = _share(4000, 10_000, wave="2018"), _share(5000, 10_000, wave="2020")
    turning = respondents_to_turn(compared("<", p_of_difference(later, earlier), 0.05)) or 0
    kept, turned = (fisher_exact(4000 + n, 10_000, 5000, 10_000) for n in (turning - 1, turning))
    assert kept < 0.05 <= turned


def test_a_share_that_nobody_would_have_left_to_divide_by_is_no_reason_to_stop() -> None:
    ratio = combined("/", _share(9, 10), _share(1, 10, "b"))
    assert respondents_to_turn(compared(">", ratio, 2)) == 4


def test_weights_leave_the_margin_in_respondents_open() -> None:
    assert respondents_to_turn(compared("<", _share(17, 42, weighted_n=18.2), 0.5)) is None


def test_conditions_join_and_turn_over() -> None:
    low, high = compared("<", _share(17, 42), 0.5), compared(">", _share(36, 42, "b"), 0.5)
    both = Joined("and", (low, high))
    assert holds(both)
    assert not holds(Joined("not", (both,)))
    assert holds(Joined("or", (Joined("not", (low,)), high)))
    assert respondents_to_turn(both) == 4
    assert formula(both) == "w/a/share/yes < 0.5 and w/b/share/yes > 0.5"


def test_the_interval_that_reaches_over_makes_a_claim_fragile() -> None:
    safe, near = (compared("<", _share(17, 42, low=0.27, high=high), 0.5) for high in (0.49, 0.56))
    assert (status(safe), status(near)) == ("holds", "fragile")
    assert margin(near).reaches_over is True
    assert margin(near).difference == pytest.approx(0.5 - 17 / 42)
    assert status(compared(">", _share(17, 42), 0.5)) == "fails"
    assert margin(compared(">", _share(17, 42), 0.5)).difference < 0


@pytest.mark.parametrize(
    ("symbol", "threshold", "reach"),
    [
        ("<", 0.5, 0.06),  # it holds: larger values turn it over
        ("<=", 0.6, -0.04),
        (">", 0.3, 0.03),
        (">", 0.2, -0.07),
        (">", 0.5, 0.06),  # it fails: larger values make it true
        ("<", 0.3, 0.03),
        (">", 0.6, -0.04),
        ("==", 0.5, 0.06),
        ("!=", 0.5, 0.06),
        ("<", 0.56, 0.0),
    ],
)
def test_how_far_the_interval_reaches_over_the_line(symbol: str, threshold: float, reach: float) -> None:
    share = _share(17, 42, low=0.27, high=0.56)
    got = margin(compared(symbol, share, threshold))
    assert got.reach == pytest.approx(reach)
    assert got.reaches_over == (reach > 0)
    turned = {"<": ">", "<=": ">=", ">": "<"}.get(symbol, symbol)
    assert margin(compared(turned, threshold, share)).reach == pytest.approx(reach)


INTERVALS = st.tuples(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1)).map(sorted)


@given(INTERVALS, st.floats(0, 1), st.sampled_from(["<", "<=", ">", ">="]))
def test_an_interval_reaches_over_where_it_holds_values_that_would_decide_otherwise(
    ends: list[float], line: float, symbol: str
) -> None:
    low, value, high = ends
    row = Estimate(key="k", wave="w", question="q", statistic="share", value=value, unit="share")
    truth = compared(symbol, Number(value=value, unit="share", trace=row, low=low, high=high), line)
    reach = margin(truth).reach or 0.0
    rounded = {end: as_decimal(end) for end in (low, high, line)}
    strictly_over = rounded[low] < rounded[line] < rounded[high]
    if strictly_over:
        assert reach > 0
    elif not rounded[low] <= rounded[line] <= rounded[high]:
        assert reach < 0


def test_two_independent_shares_are_held_against_each_other_by_the_interval_of_their_difference() -> None:
    earlier = _share(15, 27, wave="2018", low=0.37, high=0.72)
    later = _share(28, 42, wave="2020", low=0.52, high=0.79)
    truth = compared("<", earlier, later)
    low, high = mover((15 / 27, 0.37, 0.72), (28 / 42, 0.52, 0.79))
    assert margin(truth).reach == pytest.approx(float(high))
    assert margin(compared(">", later, earlier)).reach == pytest.approx(float(high))
    assert margin(compared(">", earlier, later)).reach == pytest.approx(float(high))
    assert status(truth) == "fragile"
    assert low < 0 < high


def test_levels_of_one_group_are_independent_and_what_shares_respondents_is_not() -> None:
    ends = {"low": 0.3, "high": 0.7}
    asia, africa = (_share(20, 40, level=level, **ends) for level in ("asia", "africa"))
    assert margin(compared(">=", asia, africa)).reach is not None
    everyone, other = _share(40, 80, **ends), _share(40, 80, "b", **ends)
    for pair in ((asia, everyone), (everyone, other), (asia, _share(20, 40, "b", level="asia", **ends))):
        assert margin(compared(">=", *pair)).reach is None
        assert margin(compared(">=", *pair)).reaches_over is None


def test_a_rank_is_a_condition_on_all_shares() -> None:
    order = tuple(_share(n, 42, "o", name) for n, name in ((30, "money"), (28, "staff"), (9, "law")))
    first = ranked_as("==", Ranked.of(order, 1), "money")
    assert holds(first)
    assert respondents_to_turn(first) == 1  # one from money to staff makes a tie
    assert not holds(ranked_as("==", Ranked.of(order, 1), "staff"))
    assert holds(ranked_as("==", Ranked.of(order, 2), "staff"))
    assert holds(ranked_as("!=", Ranked.of(order, 2), "law"))
    with pytest.raises(TemplateError, match="did you mean 'money'"):
        ranked_as("==", Ranked.of(order, 1), "mony")
