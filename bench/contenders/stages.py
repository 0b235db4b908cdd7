"""The stages' own work: every job of a build, one after the other, in one process that imports everything once.

    stages.py JOBS SCRIPTS

JOBS holds what Snakemake told each script of its job, in the order in which the jobs ran.
"""

import pickle
import sys
from pathlib import Path

for told in sorted(Path(sys.argv[1]).glob("*.pickle")):
    script = Path(sys.argv[2], told.stem.split("-")[1]).with_suffix(".py")
    job = pickle.loads(told.read_bytes())  # noqa: S301 - we wrote it a minute ago
    exec(compile(script.read_text(encoding="utf-8"), script, "exec"), {"snakemake": job})  # noqa: S102 - our own scripts
