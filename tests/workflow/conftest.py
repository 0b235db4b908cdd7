"""Whole studies, built once for all tests that read their results."""

import shutil
from pathlib import Path

import pytest

from tests.workflow.studies import ROOT, STUDY, copied, shared_data, snakemake


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in study, copied and built whole."""
    folder = copied(STUDY, tmp_path_factory.mktemp("study"))
    run = snakemake(folder, snakefile=folder / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture(scope="session")
def masculinity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masculinity example, copied and built on the workflow of this checkout."""
    if not (shared_data() / "masculinity" / "raw-responses.csv").exists():
        pytest.skip("the masculinity survey's raw file is not here: RECOUNT_DATA must name the folder of masculinity/")
    folder = tmp_path_factory.mktemp("masculinity")
    ignored = shutil.ignore_patterns("results", ".snakemake", "raw")
    shutil.copytree(ROOT / "examples" / "masculinity", folder, dirs_exist_ok=True, ignore=ignored)
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder
