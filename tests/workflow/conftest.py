"""Whole studies, built once for all tests that read their results."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STUDY = ("Snakefile", "config.yaml", "rules", "scripts", "recount", "data", "report", "profiles", "envs")


def snakemake(directory: Path, *arguments: str, snakefile: Path) -> subprocess.CompletedProcess[str]:
    """Run Snakemake as an author would, and keep what it printed."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2", "--snakefile", str(snakefile), *arguments]
    environment = {**os.environ, "RECOUNT_DATA": str(shared_data()), "TZ": "UTC"}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)


def shared_data() -> Path:
    """The folder of other people's surveys; it need not exist."""
    return Path(os.environ.get("RECOUNT_DATA", ROOT / ".." / "shared" / "data")).resolve()


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in study, copied and built whole."""
    folder = tmp_path_factory.mktemp("study")
    for name in STUDY:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    run = snakemake(folder, snakefile=folder / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture(scope="session")
def masculinity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masculinity example, copied and built on the workflow of this checkout."""
    if not (shared_data() / "masculinity" / "raw-responses.csv").exists():
        pytest.skip("the masculinity survey's raw file is not here: set RECOUNT_DATA to the folder that holds masculinity/")
    folder = tmp_path_factory.mktemp("masculinity")
    shutil.copytree(
        ROOT / "examples" / "masculinity",
        folder,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("results", ".snakemake", "raw"),
    )
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder
