"""pandas: weighted shares by groupby alone; no bases, errors or intervals.

toplines_pandas.py SAMPLE QUESTIONS OUT
"""

import sys
from pathlib import Path

import pandas as pd

from bench.answer import Answer
from bench.made import GROUPS, names

asked = names(int(sys.argv[2]))
sample = pd.read_parquet(sys.argv[1], columns=["weight", *GROUPS, *asked])
with Answer(Path(sys.argv[3])) as answer:
    parts = []
    for name in asked:
        whole = sample.groupby(name)["weight"].sum()
        shares = whole / whole.sum()
        parts.append(pd.DataFrame({"key": [f"{name}/{code}" for code in shares.index], "share": shares.to_numpy()}))
        for group in GROUPS:
            sums = sample.groupby([group, name])["weight"].sum()
            shares = sums / sums.groupby(level=0).transform("sum")
            keys = [f"{name}/{code}/{group}={level}" for level, code in shares.index]
            parts.append(pd.DataFrame({"key": keys, "share": shares.to_numpy()}))
    answer.table = pd.concat(parts)
