"""How the tests of whole studies run Snakemake, and where other people's surveys stand."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def shared_data() -> Path:
    """The folder of other people's surveys; it need not exist."""
    return Path(os.environ.get("RECOUNT_DATA", ROOT / ".." / "shared" / "data")).resolve()


def snakemake(directory: Path, *arguments: str, snakefile: Path) -> subprocess.CompletedProcess[str]:
    """Run Snakemake in a folder as an author would, and keep what it printed."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--snakefile", str(snakefile), *arguments]
    environment = {**os.environ, "RECOUNT_DATA": str(shared_data())}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
