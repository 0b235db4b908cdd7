"""The agreement of one question's coders: for each code, and for the sets of codes as a whole.

Over the answers that two or more coders coded, as they coded them before adjudication.

- For a code: whether it was given. percent, kappa, AC1 and nominal alpha are of this yes or no.
- For the question as a whole (`code` is empty): percent is the share of answers (of pairs of coders, where there are
  more than two) with the same set of codes; alpha is with MASI's distance between sets (Passonneau 2006), so that
  `funding` against `funding;staff` counts as near. Kappa and AC1 would take every set as a category of its own and call
  these two as different as any; they are left empty.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from recount.coding.agreement import NOT_ESTIMABLE, PAIR, Coefficient, Whole, ac1, kappa, percent
from recount.coding.alpha import alpha, alpha_of_sets
from recount.coding.sets import UNDECIDED, CodeSets

COLUMNS = ("question", "code", "statistic", "value", "se", "low", "high", "n")
YES_NO = 2
Measures = dict[str, Coefficient]


@dataclass(frozen=True)
class Measured:
    """The coefficients of a question by code; the empty code is the question as a whole."""

    question: str
    by_code: dict[str, Measures]

    def table(self, confidence: float) -> pd.DataFrame:
        """Write them as rows of agreement.csv, with intervals at this confidence."""
        rows = [
            (self.question, code, statistic, each.value, each.se, *each.interval(confidence), each.n)
            for code, measures in self.by_code.items()
            for statistic, each in measures.items()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def measure(question: str, decisions: Whole, sets: CodeSets) -> Measured:
    """Measure the agreement of decisions (answers x coders, numbers of sets)."""
    double = decisions[(decisions != UNDECIDED).sum(axis=1) >= PAIR]
    busy = double[:, (double != UNDECIDED).any(axis=0)]
    by_code = {"": _of_question(busy, sets)}
    for place, code in enumerate(sets.codes):
        by_code[code] = _of_code(_given(busy, sets, place))
    return Measured(question, by_code)


def _of_question(decisions: Whole, sets: CodeSets) -> Measures:
    none = Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, len(decisions))
    return {"percent": percent(decisions), "kappa": none, "ac1": none, "alpha": alpha_of_sets(decisions, sets.members)}


def _of_code(ratings: Whole) -> Measures:
    return {
        "percent": percent(ratings),
        "kappa": kappa(ratings),
        "ac1": ac1(ratings, categories=YES_NO),
        "alpha": alpha(ratings),
    }


def _given(decisions: Whole, sets: CodeSets, place: int) -> Whole:
    """Whether each coder gave a code to each answer: 1, 0, or UNDECIDED."""
    # An undecided answer has the number of no set; the last entry, which is at -1, stands for it.
    given = np.append(sets.members[:, place].astype(np.int64), UNDECIDED)
    return np.asarray(given[decisions])
