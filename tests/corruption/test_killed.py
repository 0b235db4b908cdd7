"""Builds that are killed, and disks that take no more: nothing half written is taken for whole."""

import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corruption.library import lay
from tests.workflow.studies import outputs, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("library")]

# So many steps are let through before each kill, so that every run comes further than the one before; seconds after.
STEPS, LATER = (2, 5), (0.0, 1.0)
MOST = 30
MOUNT, UMOUNT = "/bin/mount", "/bin/umount"


def killed(study: Path, chance: random.Random) -> bool:
    """Build, and kill all of it at a random moment; say whether it was done before."""
    command = [sys.executable, "-m", "snakemake", "--cores", "2"]
    steps = chance.randint(*STEPS)
    with subprocess.Popen(
        command, cwd=study, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        assert run.stderr is not None
        for line in run.stderr:
            steps -= " steps (" in line
            if steps == 0:
                break
        try:
            return run.wait(timeout=chance.uniform(*LATER)) == 0
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            return False


def test_a_build_killed_many_times_at_random_moments_is_finished_to_the_same_bytes(built: Path, tmp_path: Path) -> None:
    study, chance = lay(tmp_path), random.Random(2026)  # noqa: S311 - a test
    times = 0
    while times < MOST and not killed(study, chance):
        times += 1
        # Snakemake says so itself: a lock that a kill has left is taken away by hand.
        assert snakemake(study, "--unlock", snakefile=study / "Snakefile").returncode == 0
    assert times >= 3, "so few kills say little"
    last = snakemake(study, snakefile=study / "Snakefile")
    assert last.returncode == 0, last.stderr[-4000:]
    assert outputs(study) == outputs(built)


def test_what_was_half_written_when_a_build_was_killed_is_written_again(built: Path, tmp_path: Path) -> None:
    study = Path(shutil.copytree(built, tmp_path / "study", ignore=shutil.ignore_patterns("__pycache__")))
    script = study / "scripts/join_estimates.py"
    whole, state = script.read_text(encoding="utf-8"), script.stat()
    die = "import os, signal\n\nwith open(snakemake.output.estimates, 'w') as file:\n    file.write('key')\n"
    script.write_text(f"{die}os.killpg(0, signal.SIGKILL)\n", encoding="utf-8")
    command = [sys.executable, "-m", "snakemake", "--cores", "1", "--forcerun", "results/estimates.csv"]
    subprocess.run(command, cwd=study, capture_output=True, start_new_session=True, check=False)
    assert (study / "results/estimates.csv").read_text(encoding="utf-8") == "key"
    # Nothing but the kill tells that the file is not whole: the script is as it was, and as old.
    script.write_text(whole, encoding="utf-8")
    os.utime(script, ns=(state.st_atime_ns, state.st_mtime_ns))
    snakemake(study, "--unlock", snakefile=study / "Snakefile")
    again = snakemake(study, "results/estimates.csv", snakefile=study / "Snakefile")
    assert again.returncode == 0, again.stderr[-4000:]
    assert (study / "results/estimates.csv").read_bytes() == (built / "results/estimates.csv").read_bytes()


def test_a_full_disk_is_told_without_a_traceback_and_leaves_no_half_written_file(tmp_path: Path) -> None:
    study = lay(tmp_path)
    results = study / "results"
    results.mkdir()
    # The export and its record fit, and what is made of it does not.
    mount = [MOUNT, "-t", "tmpfs", "-o", "size=28k,mode=755", "tmpfs", str(results)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a small disk")
    try:
        run = snakemake(study, "results/2025/clean.csv", snakefile=study / "Snakefile")
        left = sorted(path.name for path in (results / "2025").iterdir())
    finally:
        subprocess.run([UMOUNT, str(results)], check=True)
    printed = run.stdout + run.stderr
    assert run.returncode == 1
    assert "no space is left on this disk" in printed
    assert "Traceback" not in printed
    assert left == ["export"]


def test_results_that_cannot_be_written_are_told_without_a_traceback(tmp_path: Path) -> None:
    study = lay(tmp_path)
    (study / "results").mkdir()
    mount = [MOUNT, "-t", "tmpfs", "-o", "ro", "tmpfs", str(study / "results")]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("only root can mount a disk that cannot be written")
    try:
        run = snakemake(study, "results/2025/raw.parquet", snakefile=study / "Snakefile")
    finally:
        subprocess.run([UMOUNT, str(study / "results")], check=True)
    printed = run.stdout + run.stderr
    assert run.returncode == 1
    assert "Read-only file system: 'results/2025'" in printed
    assert "Traceback" not in printed
