"""Shares that make up a whole: whether they do, before they are written so that they add up to 100."""

from collections.abc import Sequence
from math import isclose

from recount.errors import EstimateError, Finding

# How far from 1 the shares of all categories may be: sums of floats miss it by their last bits.
SAME = 1e-9


def check_whole(shares: Sequence[float], *, exclusive: bool, key: str) -> None:
    """Raise `EstimateError` where shares are no whole: several answers were allowed, or some of the base gave none."""
    problem = ""
    if not exclusive:
        problem = "respondents may give several answers to this question, so that its shares add up to more than all"
    elif not isclose(sum(shares), 1, abs_tol=SAME):
        problem = "these shares are no whole: some respondents of the base gave none of these answers"
    if problem:
        raise EstimateError(Finding(problem=problem, key=key, mend="write them as they are, without adding up to 100"))
