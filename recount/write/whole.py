"""Shares that make up a whole, written so that they add up to 100."""

from collections.abc import Sequence

from recount.display.whole import check_whole
from recount.write.number import Number


def summed(shares: Sequence[Number], key: str) -> list[Number]:
    """Have the shares of all categories of a question written so that they add up to 100, by the largest remainder.

    Where one is hidden, the others are written as they are. Raises `EstimateError` where they are no whole; `key` names
    the question.
    """
    values = tuple(each.value for each in shares if each.value is not None)
    if not values or len(values) < len(shares):
        return list(shares)
    check_whole(values, exclusive=all(row.exclusive for each in shares for row in each.estimates()), key=key)
    return [each.styled(method="of_whole", whole=values, place=place) for place, each in enumerate(shares)]
