"""What two contenders computed must be the same before anybody asks which was faster."""

import sys

import numpy as np
import pandas as pd

TOLERANCE = 1e-9


def check_equal(got: pd.DataFrame, exp: pd.DataFrame, *, who: str) -> int:
    """Compare the numbers of two tables, row by their keys; stop with those that differ, else say how many agreed.

    Both tables have the columns `key` and one for each number.
    """
    got, exp = got.set_index("key").sort_index(), exp.set_index("key").sort_index()
    if missing := sorted(set(exp.index) ^ set(got.index)):
        sys.exit(f"{who}: {len(missing)} keys are in one table alone: {missing[:5]}")
    compared = 0
    for column in exp.columns:
        apart = ~np.isclose(got[column], exp[column], rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True)
        if apart.any():
            first = exp.index[apart][0]
            told = f"{got.loc[first, column]!r}, {who} gives {exp.loc[first, column]!r}"
            sys.exit(f"{column} differs in {apart.sum()} rows of {len(exp)}, first in {first}: {told}")
        compared += len(exp)
    return compared
