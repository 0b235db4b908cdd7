"""numpy: one pass over the same arrays, a weighted count a question; the floor for any of them.

toplines_numpy.py SAMPLE QUESTIONS OUT
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from bench.answer import Answer
from bench.made import names

asked = names(int(sys.argv[2]))
table = pq.read_table(sys.argv[1], columns=["weight", *asked])
weight, codes = table["weight"].to_numpy(), {name: table[name].to_numpy() for name in asked}
with Answer(Path(sys.argv[3])) as answer:
    sums = {name: np.bincount(each, weight, 5) for name, each in codes.items()}
    rows = [(f"{name}/{code}", value / each.sum()) for name, each in sums.items() for code, value in enumerate(each)]
    answer.table = pd.DataFrame(rows, columns=["key", "share"])
