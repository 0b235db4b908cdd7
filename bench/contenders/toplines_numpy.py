"""numpy: one pass over the same arrays, weighted counts by cluster, level and category; no estimate comes faster.

    toplines_numpy.py SAMPLE QUESTIONS OUT

A question's pass is six sums: `bincount` of the weights by cluster and category, and by cluster, level and category of
each grouping. Errors follow from these tables, which are then small; they are not computed here, but for the shares.
"""

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from bench.answer import Answer
from bench.made import CLUSTERS, GROUPS, LABELS, names

CODES = len(LABELS)
asked = names(int(sys.argv[2]))
table = pq.read_table(sys.argv[1], columns=["weight", "cluster", *GROUPS, *asked])
columns = {name: table[name].to_numpy() for name in table.column_names}
weight, cluster = columns["weight"], columns["cluster"].astype(np.intp)
with Answer(Path(sys.argv[3])) as answer:
    places = {group: (columns[group] * CLUSTERS + cluster) * CODES for group in GROUPS}
    places[""] = cluster * CODES
    sums = {
        (name, group): np.bincount(place + columns[name], weight, CLUSTERS * CODES * GROUPS.get(group, 1))
        for name in asked
        for group, place in places.items()
    }
    rows = []
    for (name, group), each in sums.items():
        whole = each.reshape(-1, CLUSTERS, CODES).sum(axis=1)
        shares = whole / whole.sum(axis=1, keepdims=True)
        where = [f"/{group}={level}" for level in range(len(shares))] if group else [""]
        rows += [(f"{name}/{code}{where[level]}", share) for (level, code), share in np.ndenumerate(shares)]
    answer.table = pd.DataFrame(rows, columns=["key", "share"])
