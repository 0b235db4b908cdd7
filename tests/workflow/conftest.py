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
    return example("masculinity", tmp_path_factory)


@pytest.fixture(scope="session")
def jupyter2015(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example that keywords code, copied and built on the workflow of this checkout."""
    if not (shared_data() / "jupyter2015").exists():
        pytest.skip("the Jupyter survey's raw file is not here: RECOUNT_DATA must name the folder of jupyter2015/")
    return example("jupyter2015", tmp_path_factory)


def example(name: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy an example and build it."""
    folder = tmp_path_factory.mktemp(name)
    ignored = shutil.ignore_patterns("results", ".snakemake", "raw")
    shutil.copytree(ROOT / "examples" / name, folder, dirs_exist_ok=True, ignore=ignored)
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder
