"""The agreement of coders: for each code, for the sets of codes of a question, and over all questions.

Over the answers that two or more coders coded, as they coded them before adjudication.

- For a code: whether it was given. All coefficients are of this yes or no.
- For the question as a whole (`code` is empty): percent is the share of answers (of pairs of coders, where there are
  more than two) with the same set of codes; kappa is pooled over the codes (De Vries et al. 2008); alpha is with MASI's
  distance between sets (Passonneau 2006), so that `funding` against `funding;staff` counts as near, and with Jaccard's.
  AC1 would take every set as a category of its own and call these two as different as any; it is left empty.
- Over all questions (`question` is empty, too): percent of all answers, kappa pooled over all codes.

Intervals are percentiles of a bootstrap over answers (Efron and Tibshirani 1993, ch. 13). Each question and code draws
from a seed of its own, so that a code added or an order changed leaves the others' intervals as they are.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256

import numpy as np
import pandas as pd

from recount.coding import pooled
from recount.coding.agreement import (
    ac1,
    ac1_of,
    kappa,
    kappa_of,
    negative,
    percent,
    percent_of,
    pi,
    pi_of,
    positive,
    s,
    s_of,
    specific_of,
)
from recount.coding.alpha import alpha, alpha_of
from recount.coding.coefficient import NOT_ESTIMABLE, Coefficient
from recount.coding.patterns import PAIR, Floats, Patterns, Whole, patterns_of, resampled
from recount.coding.set_alpha import SetAgreement
from recount.coding.sets import UNDECIDED, CodeSets

COLUMNS = ("question", "code", "statistic", "value", "se", "low", "high", "n")
YES_NO = 2
Measures = dict[str, Coefficient]
# Each coefficient of a code: with its standard error, and under the weights of bootstrap replicates.
OF_CODE: dict[str, tuple[Callable[[Patterns], Coefficient], Callable[[Patterns, Floats], Floats]]] = {
    "percent": (percent, percent_of),
    "positive": (positive, partial(specific_of, category=1)),
    "negative": (negative, partial(specific_of, category=0)),
    "kappa": (kappa, kappa_of),
    "pi": (pi, pi_of),
    "s": (partial(s, categories=YES_NO), partial(s_of, categories=YES_NO)),
    "ac1": (partial(ac1, categories=YES_NO), partial(ac1_of, categories=YES_NO)),
    "alpha": (alpha, alpha_of),
}


@dataclass(frozen=True)
class Bootstrap:
    """How often answers are drawn anew, and the seed; without replicates intervals are by the standard errors."""

    replicates: int = 1000
    seed: int = 1

    def draws(self, patterns: Patterns, *names: str) -> Iterable[Floats]:
        """Draw the units of patterns, from the seed of these names."""
        digest = sha256("/".join(names).encode()).digest()
        random = np.random.default_rng([self.seed, *digest[:8]])
        return resampled(patterns, self.replicates if len(patterns.units) else 0, random)


BOOTSTRAP = Bootstrap()


@dataclass(frozen=True)
class Measured:
    """The coefficients of a question by code, the empty code being the question as a whole; and what all can be of."""

    question: str
    by_code: dict[str, Measures]
    own: pooled.Sums
    drawn: pooled.Sums

    def table(self, confidence: float) -> pd.DataFrame:
        """Write them as rows of agreement.csv, with intervals at this confidence."""
        rows = [
            (self.question, code, statistic, each.value, each.se, *each.interval(confidence), each.n)
            for code, measures in self.by_code.items()
            for statistic, each in measures.items()
        ]
        return pd.DataFrame(rows, columns=list(COLUMNS))


def measure(question: str, decisions: Whole, sets: CodeSets, bootstrap: Bootstrap) -> Measured:
    """Measure the agreement of decisions (answers x coders, numbers of sets)."""
    double = decisions[(decisions != UNDECIDED).sum(axis=1) >= PAIR]
    busy = double[:, (double != UNDECIDED).any(axis=0)]
    # Who is called A and who B decides nothing, not even what is drawn.
    busy = busy[:, np.lexsort(busy[::-1])] if len(busy) else busy
    patterns = patterns_of(busy)
    by_code = {code: _of_code(_given(busy, sets, code), bootstrap, question, code) for code in sets.codes}
    whole, own, drawn = _of_question(patterns, sets, bootstrap, question)
    return Measured(question, {"": whole, **by_code}, own, drawn)


def measure_all(questions: list[Measured]) -> Measured:
    """Join the agreement of several questions: the share of all answers alike, kappa pooled over all codes."""
    own, drawn = (pooled.joined(getattr(each, name) for each in questions) for name in ("own", "drawn"))
    return Measured("", {"": pooled.coefficients(own, drawn)}, own, drawn)


def _of_question(
    patterns: Patterns, sets: CodeSets, bootstrap: Bootstrap, question: str
) -> tuple[Measures, pooled.Sums, pooled.Sums]:
    given = pooled.Given(patterns, sets.members)
    both = {
        "alpha": SetAgreement(patterns, sets.members),
        "alpha_jaccard": SetAgreement(patterns, sets.members, "jaccard"),
    }
    sums: list[pooled.Sums] = []
    drawn: dict[str, list[Floats]] = {name: [np.empty(0)] for name in both}
    for weights in bootstrap.draws(patterns, question):
        sums.append(given.sums(weights))
        for name, each in both.items():
            drawn[name].append(each.drawn(weights))
    own, again = given.sums(patterns.own), pooled.below(sums)
    alphas = {name: replace(each.apart.coefficient(), drawn=np.concatenate(drawn[name])) for name, each in both.items()}
    ac1 = Coefficient(NOT_ESTIMABLE, NOT_ESTIMABLE, patterns.pairs)
    return {**pooled.coefficients(own, again), "ac1": ac1, **alphas}, own, again


def _of_code(patterns: Patterns, bootstrap: Bootstrap, question: str, code: str) -> Measures:
    weights = [*bootstrap.draws(patterns, question, code)]
    return {
        name: replace(
            value(patterns), drawn=np.concatenate([np.empty(0), *(under(patterns, each) for each in weights)])
        )
        for name, (value, under) in OF_CODE.items()
    }


def _given(decisions: Whole, sets: CodeSets, code: str) -> Patterns:
    """Whether each coder gave a code to each answer: 1, 0, or UNDECIDED."""
    # An undecided answer has the number of no set; the last entry, which is at -1, stands for it.
    given = np.append(sets.members[:, sets.codes.index(code)].astype(np.int64), UNDECIDED)
    return patterns_of(np.asarray(given[decisions]))
