"""Weights that give a sample the composition of another: raking to margins."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from recount.errors import EstimateError, Finding
from recount.estimate.intervals import Numbers

ROUNDS = 1000
NEAR = 1e-12


def rake(weights: Numbers, margins: Sequence[tuple[NDArray[np.intp], Numbers]]) -> Numbers:
    """Scale weights until each margin has its target shares (Deming and Stephan 1940).

    Args:
        weights: one a respondent.
        margins: for each margin the level of every respondent (from 0 on), and the shares of the levels, which add up
            to 1; a level with a share has at least one respondent.

    Returns:
        Weights whose sum is that of the weights given, and whose margins are met to 1e-12.

    Raises:
        EstimateError: the margins contradict each other, so that no weights meet them all.
    """
    total = float(weights.sum())
    raked = weights.astype(np.float64)
    for _ in range(ROUNDS):
        apart = 0.0
        for levels, shares in margins:
            held = np.bincount(levels, weights=raked, minlength=len(shares)) / total
            apart = max(apart, float(np.abs(held - shares).max()))
            raked = raked * np.divide(shares, held, out=np.zeros_like(shares), where=held > 0)[levels]
        if apart <= NEAR:
            return raked
    raise EstimateError(
        Finding(
            problem="no weights give these respondents the composition of the other wave in all questions at once",
            file="config.yaml",
            key="comparison.by",
            mend="weight by fewer questions",
        )
    )
