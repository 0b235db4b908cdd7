"""Recount: the same from Parquet, a million respondents at a time; reading is part of what is timed.

streamed_recount.py CLEAN QUESTIONS OUT
"""

import sys
from pathlib import Path

from bench.answer import Answer
from bench.estimating import WAVE, estimated, instrument
from bench.made import closed
from recount.clean.io import read_pieces

asked = closed(int(sys.argv[2]))
with Answer(Path(sys.argv[3])) as answer:
    answer.table = estimated(read_pieces(sys.argv[1], instrument(asked), WAVE), asked)
