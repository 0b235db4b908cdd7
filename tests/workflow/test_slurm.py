"""The smallest study on a SLURM of one node, which the test starts and stops itself."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workflow.studies import ROOT, outputs, snakemake

CLUSTER = ROOT / "tests" / "cluster"
SNAKEMAKE = ROOT / ".venv-slurm" / "bin" / "snakemake"
# Of a cluster without accounts, on which nobody else waits.
HERE = ("--slurm-no-account", "--slurm-status-command", "squeue", "--slurm-init-seconds-before-status-checks", "1")
SOON = ("--seconds-between-status-checks", "1", "--latency-wait", "5", "--jobs", "4")

pytestmark = pytest.mark.workflow


@pytest.fixture
def slurm(tmp_path: Path) -> Iterator[None]:
    """A SLURM of one node, where its daemons are installed and may be started."""
    missing = [each for each in ("slurmctld", "slurmd", "munged") if shutil.which(each) is None]
    if missing:
        pytest.skip(f"SLURM is not installed here: no {', '.join(missing)}; tests/cluster/start-slurm.sh says how")
    if os.geteuid() != 0:
        pytest.skip("only root can start a SLURM of one node")
    if not SNAKEMAKE.exists():
        pytest.skip("the environment of SLURM is not set up: make slurm")
    # More cores than there may be: the steps that share a job ask for theirs together.
    subprocess.run([CLUSTER / "start-slurm.sh", tmp_path / "slurm", "8"], check=True)
    yield
    subprocess.run([CLUSTER / "stop-slurm.sh", tmp_path / "slurm"], check=True)


@pytest.mark.usefixtures("slurm")
def test_a_study_built_by_slurm_is_the_study_built_here_byte_for_byte(tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        shutil.copytree(ROOT / "examples" / "minimal", folder, ignore=shutil.ignore_patterns("results", ".snakemake"))
    command = [SNAKEMAKE, "--snakefile", ROOT / "Snakefile", "--profile", ROOT / "profiles" / "slurm", *HERE, *SOON]
    run = subprocess.run(command, cwd=there, capture_output=True, text=True, check=False, timeout=600)
    assert run.returncode == 0, run.stderr[-6000:]
    assert "has been submitted with SLURM jobid" in run.stderr
    assert snakemake(here, snakefile=ROOT / "Snakefile").returncode == 0
    assert outputs(there) == outputs(here)
