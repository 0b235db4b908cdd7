"""Recount: toplines and groupings of a sample, with bases, standard errors and intervals.

toplines_recount.py CLEAN QUESTIONS OUT
"""

import sys
from pathlib import Path

from bench.answer import Answer
from bench.estimating import WAVE, estimated, instrument
from bench.made import closed
from recount.clean.io import read_clean

asked = closed(int(sys.argv[2]))
clean = read_clean(sys.argv[1], instrument(asked), WAVE)
with Answer(Path(sys.argv[3])) as answer:
    answer.table = estimated(clean, asked)
