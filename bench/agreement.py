"""Codings made up for measuring, and the agreement of coders as its definitions have it, to check Recount's against.

The plain implementation counts answer by answer and pair by pair, as the definitions have it; it shares nothing with
recount/coding but the inputs.
"""

import sys
from itertools import combinations, permutations
from math import isclose

import numpy as np
import pandas as pd

from recount.coding.measure import Bootstrap, measure
from recount.coding.sets import code_sets

CODES_AN_ANSWER = 1.5


def simulated(answers: int, coders: int, codes: int) -> dict[str, pd.Series]:
    """Make coders' cells: one or a few codes an answer, a tenth left out, one code in twelve missed or added."""
    random = np.random.default_rng(7)
    names = np.array([f"code{number:02}" for number in range(codes)])
    popular = 1 / np.arange(1, codes + 1)
    truth = random.random((answers, codes)) < popular * CODES_AN_ANSWER / popular.sum()
    return {f"coder{coder}": _seen(truth, names, random) for coder in range(coders)}


def _seen(truth: np.ndarray, names: np.ndarray, random: np.random.Generator) -> pd.Series:
    missed = truth & (random.random(truth.shape) < 1 / 12)
    added = random.random(truth.shape) < truth.mean(axis=0) / 12
    given = (truth & ~missed) | added
    left_out = random.random(len(truth)) < 0.1  # noqa: PLR2004 - a tenth
    joined = [";".join(names[row]) or "none" for row in given]
    return pd.Series(np.where(left_out, "", joined), dtype="str")


def plain(cells: dict[str, pd.Series], code: str | None) -> dict[str, float]:
    """Compute the coefficients of a code (given or not), or of whole sets, from their definitions."""
    rows = [[frozenset(filter(None, cell.split(";"))) for cell in row] for row in zip(*cells.values(), strict=True)]
    units = [[each for each in row if each] for row in rows]
    units = [unit for unit in units if len(unit) > 1]
    if code is None:
        return {"percent": _percent(units), "alpha": _alpha(units, _masi), "alpha_jaccard": _alpha(units, _jaccard)}
    yes_no = [[code in each for each in unit] for unit in units]
    alike = _percent(yes_no)
    used = sum(sum(unit) / len(unit) for unit in yes_no) / len(yes_no)
    chance = 2 * used * (1 - used)
    both = sum(one and other for unit in yes_no for one, other in permutations(unit, 2))
    either = sum(one for unit in yes_no for one, _ in permutations(unit, 2))
    return {
        "percent": alike,
        "positive": both / either,
        "kappa": _kappa([[code in each if each else None for each in row] for row in rows], alike),
        "pi": (alike - (1 - chance)) / chance,
        "s": 2 * alike - 1,
        "ac1": (alike - chance) / (1 - chance),
        "alpha": _alpha(yes_no, lambda one, other: float(one != other)),
    }


def _percent(units: list[list]) -> float:
    shares = [[one == other for one, other in combinations(unit, 2)] for unit in units]
    return sum(sum(each) / len(each) for each in shares) / len(shares)


def _kappa(rows: list[list[bool | None]], alike: float) -> float:
    double = [row for row in rows if sum(each is not None for each in row) > 1]
    coders = [[each for each in coder if each is not None] for coder in zip(*double, strict=True)]
    shares = [sum(coder) / len(coder) for coder in coders]
    by_pair = [a * b + (1 - a) * (1 - b) for a, b in combinations(shares, 2)]
    chance = sum(by_pair) / len(by_pair)
    return (alike - chance) / (1 - chance)


def _alpha(units: list[list], distance) -> float:  # noqa: ANN001 - a function of two ratings
    everything = [each for unit in units for each in unit]
    within = sum(sum(distance(a, b) for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    between = sum(distance(a, b) for a, b in permutations(everything, 2))
    return 1 - (len(everything) - 1) * within / between


def _jaccard(one: frozenset, other: frozenset) -> float:
    return 1 - len(one & other) / len(one | other)


def _masi(one: frozenset, other: frozenset) -> float:
    weight = 1 if one == other else 2 / 3 if one <= other or other <= one else 1 / 3 if one & other else 0
    return 1 - weight * len(one & other) / len(one | other)


def measured(cells: dict[str, pd.Series], codes: int, replicates: int) -> pd.DataFrame:
    """Measure with Recount, from the coders' cells to the table with its intervals."""
    sets = code_sets(cells.values(), [f"code{number:02}" for number in range(codes)])
    decisions = np.column_stack([sets.numbered(each) for each in cells.values()])
    return measure("question", decisions, sets, Bootstrap(replicates)).table(0.95)


def check(coders: int) -> int:
    """Compare with the plain implementation on a small study; stop where a value differs in the tenth digit."""
    codes = 8
    cells = simulated(300, coders, codes)
    got = measured(cells, codes, 0).set_index(["code", "statistic"])["value"]
    compared = 0
    for code in (None, *(f"code{number:02}" for number in range(codes))):
        for statistic, exp in plain(cells, code).items():
            if not isclose(got[code or "", statistic], exp, rel_tol=1e-10, abs_tol=1e-12):
                sys.exit(f"{code} {statistic}: {got[code or '', statistic]!r}, the plain one gives {exp!r}")
            compared += 1
    return compared
