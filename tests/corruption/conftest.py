"""The study of tests/corruption/library.py, built once, and a copy of it for each fault to be planted in."""

import shutil
from pathlib import Path

import pytest

from tests.corruption.library import lay
from tests.workflow.studies import snakemake


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, built."""
    folder = lay(tmp_path_factory.mktemp("library"))
    run = snakemake(folder, snakefile=folder / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to be spoilt; the current folder."""
    folder = Path(shutil.copytree(built, tmp_path / "study", ignore=shutil.ignore_patterns("__pycache__")))
    monkeypatch.chdir(folder)
    return folder
