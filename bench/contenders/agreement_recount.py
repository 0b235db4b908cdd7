"""Recount: all coefficients of agreement of each code and of the sets of codes, with bootstrap intervals.

agreement_recount.py ANSWERS CODERS CODES REPLICATES OUT
"""

import sys
from pathlib import Path

from bench.agreement import measured, simulated
from bench.answer import Answer

answers, coders, codes, replicates = map(int, sys.argv[1:5])
cells = simulated(answers, coders, codes)
with Answer(Path(sys.argv[5])) as answer:
    found = measured(cells, codes, replicates)
    alpha = found[(found["statistic"] == "alpha") & (found["code"] != "") & (found["code"] != "none")]
    answer.table = alpha[["code", "value"]].rename(columns={"code": "key", "value": "alpha"})
