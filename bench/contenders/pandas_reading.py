"""pandas: read_csv and nothing else."""

import sys

import pandas as pd

pd.read_csv(sys.argv[1])
