"""What makes a build fit to be trusted: the same bytes anywhere, and nothing stale. Faults are in tests/corruption."""

import shutil
from pathlib import Path

import pytest

from tests.workflow.studies import STUDY, copied, outputs, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]


@pytest.fixture
def copy(study: Path, tmp_path: Path) -> Path:
    """The built study with its results, to be spoilt."""
    return Path(shutil.copytree(study, tmp_path / "copy", symlinks=True))


def run(study: Path, *arguments: str, **environment: str) -> str:
    done = snakemake(study, *arguments, snakefile=study / "Snakefile", **environment)
    return f"{done.returncode} {done.stdout}{done.stderr}"


def test_a_build_in_another_folder_time_zone_locale_and_hash_seed_gives_the_same_bytes(
    study: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "a folder elsewhere"
    folder.mkdir()
    printed = run(copied(STUDY, folder), TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert printed.startswith("0"), printed[-4000:]
    assert outputs(folder) == outputs(study)


def test_an_edited_module_makes_what_it_wrote_stale(copy: Path) -> None:
    module = copy / "recount" / "estimate" / "intervals.py"
    module.write_text(module.read_text(encoding="utf-8") + "\n\nNEW = 1\n", encoding="utf-8")
    printed = run(copy, "--dry-run")
    assert "estimate_wave" in printed
    assert "clean_wave" not in printed.split("Job stats:")[1]


def test_a_value_that_the_instrument_does_not_know_is_listed_without_a_traceback(copy: Path) -> None:
    corrections = copy / "data" / "corrections" / "2020.csv"
    lines = corrections.read_text(encoding="utf-8").splitlines(keepends=True)
    corrections.write_text("".join(lines[:1]), encoding="utf-8")
    printed = run(copy, "results/2020/clean.parquet")
    assert printed.startswith("1")
    assert "data/raw/2020/responses.csv, row" in printed
    assert "data/corrections/2020.csv" in printed
    assert "Traceback" not in printed


def test_snakemakes_own_report_and_graph_can_be_made(study: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    assert run(study, "--report", str(report)).startswith("0")
    assert "Figures" in report.read_text(encoding="utf-8")
    assert "digraph" in run(study, "--dag")
