"""Sums over respondents that are exact, and that take no step for who does not move."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit.changes.causes import Replacing, parts_of
from recount.audit.changes.counted import Counted, counted
from recount.audit.changes.side import Side
from recount.write.index import Index, number_of
from recount.write.number import Number
from tests.audit.two_builds import WAVE, build, rows

# A value and a weight, both as a clean table holds them.
PAIRS = st.lists(
    st.tuples(st.floats(-5, 5, allow_subnormal=False), st.floats(0.01, 50, allow_subnormal=False)), min_size=1
)
WEIGHED = rows(
    A=("Yes", "1", "Good", "more money", "300", "0.1"),
    B=("No", "", "Bad", "more time", "300", "0.7"),
    C=("Yes", "3", "Good", "a mandate", "300", "2.3"),
)
KEY = f"{WAVE}/office/share/yes"


def _share(side: Side) -> Number:
    return number_of(Index(side.study.estimates).find(KEY))


@pytest.fixture(scope="module")
def weighted_share() -> Counted:
    side = build(export=WEIGHED)
    found = counted(next(_share(side).estimates()), side.tables[WAVE])
    assert found is not None
    return found


@given(PAIRS)
def test_a_weighted_average_is_exact(weighted_share: Counted, pairs: list[tuple[float, float]]) -> None:
    adds = [(Fraction(value), Fraction(weight)) for value, weight in pairs]
    exact = sum((value * weight for value, weight in adds), Fraction(0)) / sum(weight for _, weight in adds)
    assert weighted_share.of(adds) == exact


def test_only_who_moved_is_asked_for_a_cause_and_weights_alone_move_nobody() -> None:
    before, now = build(), build(export=WEIGHED | {"B": ("Yes", "", "Bad", "more time", "300", "0.7")})
    asked = []

    def label(_: object, __: object, name: str, *___: bool) -> str:
        asked.append(name)
        return "moved"

    replacing = Replacing(("moved",), label, {(WAVE, WAVE): (before.tables[WAVE], now.tables[WAVE])})
    found = parts_of(_share(before), _share(now), replacing)
    assert asked == ["B"]
    assert dict(found.parts)["moved"] == Fraction(1, len(before.tables[WAVE].kept))
    assert float(found.whole) == pytest.approx((_share(now).value or 0) - (_share(before).value or 0))
