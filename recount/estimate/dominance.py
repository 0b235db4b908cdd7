"""Dominance: where a total is mostly one respondent's amount, or two's, the mean tells it nearly.

The (n,k) rule and the p% rule (Hundepool and others 2012, Statistical Disclosure Control, section 4.2.1), for questions
of type number. Amounts below zero count by their size. Weights do not enter: who may be found out is in the sample.
"""

from collections.abc import Collection, Mapping
from math import fsum

import numpy as np
import pandas as pd

from recount.estimate import answers
from recount.estimate.tabulate import Floats, Sample
from recount.study.instrument import Question
from recount.study.settings import Estimation

# What is said of the amounts of a question, and which of it is one respondent's answer.
EXTREMES = ("minimum", "maximum")
OF_AMOUNTS = ("mean", "sd", "median", "q1", "q3", *EXTREMES)

Panel = tuple[str, str, str]  # question, group, level


def is_dominated(amounts: Floats, rules: Estimation) -> bool:
    """Tell whether few respondents make up the total.

    By the (n,k) rule the n largest amounts are more than k percent of it. By the p% rule the second largest respondent,
    who takes the own amount from the total, comes nearer to the largest amount than p percent of it.

    Args:
        amounts: one a respondent; nan where there is none.
        rules: `dominance`, `p_percent`, or neither.
    """
    sizes = np.sort(np.abs(amounts[~np.isnan(amounts)]))[::-1]
    if not sizes.any():
        return False
    total, most = fsum(sizes), rules.dominance
    if most and 100 * fsum(sizes[: most.largest]) > most.percent * total:
        return True
    return rules.p_percent is not None and 100 * fsum(sizes[2:]) < rules.p_percent * float(sizes[0])


class Amounts:
    """The answers to the questions of type number, and the panels in which few respondents dominate them."""

    def __init__(
        self, clean: pd.DataFrame, questions: Collection[Question], *, sample: Sample, rules: Estimation
    ) -> None:
        """Take the respondents and the questions that the wave asked; there are none where no rule is declared."""
        declared = rules.dominance is not None or rules.p_percent is not None
        asked = [each for each in questions if declared and each.type == "number"]
        self.of: Mapping[str, Floats] = {each.id: answers.numbers(clean, each) for each in asked}
        self._sample = sample
        self._rules = rules

    def dominated(self) -> list[Panel]:
        """Give question, group and level of all panels that few dominate."""
        panels = list(zip(self._sample.panels, self._sample.members, strict=True))
        return [
            (name, panel.group, panel.level)
            for name, amounts in self.of.items()
            for panel, members in panels
            if is_dominated(amounts[members], self._rules)
        ]

    def rest_is_dominated(self, name: str, shown: Collection[int]) -> bool:
        """Tell whether few dominate the rest that is left when the panels at these places are taken from everyone."""
        rest = np.array(self.of[name])
        for place in shown:
            rest[self._sample.members[place]] = np.nan
        return is_dominated(rest, self._rules)
