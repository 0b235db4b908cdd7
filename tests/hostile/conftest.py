"""The hostile study, built once."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.hostile.study import lay
from tests.workflow.studies import ROOT, snakemake


@dataclass(frozen=True)
class Built:
    """The results of the study, and the texts that stand in it."""

    results: Path
    texts: list[str]


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The study, built on the workflow of this checkout."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = lay(folder)
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return Built(folder / "results", texts)
