import pytest

from recount.display.counts import counted, grouped


@pytest.mark.parametrize(("count", "exp"), [(0, "0 rows"), (1, "1 row"), (2, "2 rows"), (12_345, "12,345 rows")])
def test_a_count_agrees_with_its_noun(count: int, exp: str) -> None:
    assert counted(count, "row") == exp


def test_thousands_stand_apart() -> None:
    assert grouped(1_234_567) == "1,234,567"
