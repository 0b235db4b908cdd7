"""Recount: toplines and groupings of a sample, with bases, standard errors and intervals.

toplines_recount.py CLEAN QUESTIONS OUT
"""

import sys
from pathlib import Path

from bench.answer import Answer
from bench.estimating import WAVE, estimated, instrument
from bench.made import GROUPS, names
from recount.clean.io import read_clean

closed = {**GROUPS, **dict.fromkeys(names(int(sys.argv[2])), 5)}
clean = read_clean(sys.argv[1], instrument(closed), WAVE)
with Answer(Path(sys.argv[3])) as answer:
    answer.table = estimated(clean, closed)
