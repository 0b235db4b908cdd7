"""numpy: Krippendorff's alpha of each code alone, once, from flags that are ready; no other coefficient, no interval.

agreement_numpy.py ANSWERS CODERS CODES OUT
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd

from bench.agreement import simulated
from bench.answer import Answer

answers, coders, codes = map(int, sys.argv[1:4])
cells = simulated(answers, coders, codes)
names = [f"code{number:02}" for number in range(codes)]
coded = np.column_stack([each != "" for each in cells.values()])
given = {name: np.column_stack([each.str.contains(name, regex=False) for each in cells.values()]) for name in names}
with Answer(Path(sys.argv[4])) as answer:
    double = coded.sum(axis=1) > 1
    n = coded[double].sum(axis=1)
    alphas = []
    for flags in given.values():
        k = (flags & coded)[double].sum(axis=1)
        every, ones = n.sum(), k.sum()
        observed = (2 * k * (n - k) / (n - 1)).sum() / every
        expected = 2 * ones * (every - ones) / (every * (every - 1))
        alphas.append(1 - observed / expected)
    answer.table = pd.DataFrame({"key": names, "alpha": alphas})
