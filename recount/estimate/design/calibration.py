"""Weights that make the sample agree with what is known of the population, and what that does to the variance."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from recount.errors import EstimateError, Finding
from recount.estimate.design.drawing import Codes, Floats, summed

# Rounds of raking, and how far from its target a margin may stay, as a share of it.
ROUNDS = 1000
CLOSE = 1e-10


@dataclass(frozen=True)
class Margin:
    """One thing known of the population: the category of each respondent, and the total of each category."""

    name: str
    codes: Codes
    totals: Floats


@dataclass(frozen=True)
class Margins:
    """The margins that weights were made to fit, and the weights before."""

    margins: tuple[Margin, ...]
    before: Floats

    @cached_property
    def columns(self) -> Floats:
        """A column of 0 and 1 for each category of each margin, of shape (respondents, categories)."""
        return np.hstack([np.eye(len(each.totals))[each.codes] for each in self.margins])


def post_stratified(weights: Floats, margin: Margin) -> Floats:
    """Scale the weights of each category to its total in the population (Holt and Smith 1979)."""
    reached = summed(margin.codes, weights, len(margin.totals))
    _check(margin, reached)
    factors = np.divide(margin.totals, reached, out=np.zeros_like(reached), where=reached > 0)
    scaled: Floats = weights * factors[margin.codes]
    return scaled


def raked(
    weights: Floats, margins: Sequence[Margin], *, cap: float | None = None, close: float = CLOSE, rounds: int = ROUNDS
) -> Floats:
    """Scale the weights to one margin after the other until all fit (Deming and Stephan 1940).

    Args:
        weights: before raking; where there are none, all 1.
        margins: the categories and totals to fit; each adds up to the same population.
        cap: trims weights over so many times their mean, in every round, so that margins and cap hold together (Potter
            1990; Kalton and Flores-Cervantes 2003).
        close: how far from its target a margin may stay, as a share of it.
        rounds: after so many rounds it fails.

    Raises:
        EstimateError: a category has a total and no respondent, margins add up to different populations, or no
            weights under the cap fit them all.
    """
    _check_sums(margins)
    current = weights
    for _ in range(rounds):
        for margin in margins:
            current = post_stratified(current, margin)
        if cap is not None:
            current = np.minimum(current, cap * current.mean())
        if max(_off(current, margin) for margin in margins) <= close:
            return current
    worst = max(margins, key=lambda margin: _off(current, margin))
    raise EstimateError(
        Finding(
            problem=f"after {rounds} rounds of raking this margin is still off by {_off(current, worst):.2%}",
            key=worst.name,
            mend=f"{'raise the cap, ' if cap else ''}join categories of few respondents, or weight by fewer questions",
        )
    )


def residuals(influences: Floats, margins: Margins) -> Floats:
    """Take out of influences what the margins explain: it does not vary from sample to sample any more.

    Residuals of a regression on the categories of all margins, weighted by the weights before (Deville and Särndal
    1992, equation 3.4); for one margin, the deviations from the means of its categories.
    """
    x = margins.columns
    left: Floats = influences - x @ coefficients(margins, x.T @ (margins.before * influences))
    return left


def coefficients(margins: Margins, products: Floats) -> Floats:
    """Give what each category of the margins explains, from the products of its column with what is explained.

    Args:
        margins: what the weights fit, of so many categories in all.
        products: of shape (categories,) or (categories, columns), with the weights before.
    """
    x = margins.columns
    # Categories of all margins add up to the same: the least-squares solution of smallest norm stands for all.
    return np.linalg.lstsq(x.T @ (margins.before[:, None] * x), products, rcond=None)[0].astype(np.float64, copy=False)


def _off(weights: Floats, margin: Margin) -> float:
    reached = summed(margin.codes, weights, len(margin.totals))
    known = margin.totals > 0
    return float(np.abs(reached[known] / margin.totals[known] - 1).max(initial=0.0))


def _check(margin: Margin, reached: Floats) -> None:
    empty = np.flatnonzero((reached == 0) & (margin.totals > 0))
    if len(empty):
        raise EstimateError(
            *(
                Finding(
                    problem="nobody of this category could stand for it",
                    key=f"{margin.name}, category {place + 1}",
                    value=f"{margin.totals[place]:g}",
                    expected="a respondent with a weight above zero, or a category joined with its like",
                )
                for place in empty
            )
        )


def _check_sums(margins: Sequence[Margin]) -> None:
    sums = {margin.name: float(margin.totals.sum()) for margin in margins}
    if max(sums.values()) - min(sums.values()) > 1e-6 * max(sums.values()):
        told = ", ".join(f"{name} {population:g}" for name, population in sums.items())
        raise EstimateError(Finding(problem="margins add up to different populations", key="raking", value=told))
