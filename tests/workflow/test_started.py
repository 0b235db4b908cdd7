"""recount init, and the build that follows it at once: no edit by hand lies between them."""

import json
from pathlib import Path

import pytest

from recount.fieldwork.io import start_study
from tests.workflow.studies import ROOT, shared_data, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("started")]


def built(folder: Path, export: Path, *targets: str) -> Path:
    """Begin a study, and build it, or what is asked of it."""
    start_study(folder, export=export)
    run = snakemake(folder, *targets, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


def printed(study: Path, key: str) -> set[str]:
    ledger = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    return {each["display"] for each in ledger["numbers"] if each["keys"] == [key]}


def test_a_qualtrics_export_is_a_paper_at_once(tmp_path: Path) -> None:
    study = built(tmp_path / "study", ROOT / "examples/minimal/data/raw/2025/responses.csv")
    assert (study / "results/paper/paper.pdf").stat().st_size > 1000
    # 41 responses but for the preview; nobody told that the code on the invitation is an id.
    assert printed(study, "2025/-/respondents") >= {"41"}


def test_a_real_export_is_a_paper_at_once(tmp_path: Path) -> None:
    export = shared_data() / "thanksgiving/thanksgiving-2015-poll-data.csv"
    if not export.exists():
        pytest.skip("the survey's raw file is not here: RECOUNT_DATA must name the folder of thanksgiving/")
    study = built(tmp_path / "study", export, "results/paper/numbers.json")
    # Of 1,058 respondents 980 celebrate; the raw file says so.
    assert "980 of 1,058" in printed(study, "first/celebrate/share/yes")
