import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import EstimateError, TemplateError
from recount.write.arithmetic import combined
from recount.write.claims import status
from recount.write.margin import margin, respondents_to_turn
from recount.write.number import Estimate, Number, Ranked
from recount.write.truth import Joined, compared, formula, holds, ranked_as


def _share(n: int, base: int, name: str = "a", category: str = "yes", **others: float) -> Number:
    row = Estimate(
        key=f"w/{name}/share/{category}", wave="w", question=name, statistic="share", category=category, unit="share",
        value=n / base, n=n, base=base, weighted_n=others.get("weighted_n", n), weighted_base=base, exclusive=True,
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
