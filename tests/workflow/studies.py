"""How the tests of whole studies run Snakemake, and where other people's surveys stand."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
STUDY = ("Snakefile", "config.yaml", "rules", "scripts", "recount", "data", "report", "profiles", "envs")


def shared_data() -> Path:
    """The folder of other people's surveys; it need not exist."""
    return Path(os.environ.get("RECOUNT_DATA", ROOT / ".." / "shared" / "data")).resolve()


def snakemake(
    directory: Path, *arguments: str, snakefile: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run Snakemake in a folder as an author would, and keep what it printed."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--snakefile", str(snakefile), *arguments]
    environment = {**os.environ, "RECOUNT_DATA": str(shared_data()), **environment}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


def copied(names: tuple[str, ...], folder: Path) -> Path:
    """Copy parts of this checkout into a folder."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


def outputs(study: Path) -> dict[str, str]:
    """The SHA-256 of every output by its name, without what differs from run to run, and what commands write."""
    results = study / "results"
    files = sorted(path for path in results.rglob("*") if path.is_file())
    return {
        str(path.relative_to(results)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if path.relative_to(results).parts[0] not in ("logs", "benchmarks", "changes")
    }
