"""Whole studies, built once for all tests that read their results."""

import shutil
from pathlib import Path

import pytest

from tests.workflow.studies import ROOT, shared_data, snakemake

STUDY = ("Snakefile", "config.yaml", "rules", "scripts", "recount", "data", "report", "profiles", "envs")


def copied(names: tuple[str, ...], folder: Path) -> Path:
    """Copy parts of this checkout into a folder."""
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder / name)
    return folder


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
