"""Faults planted in the files of a study: one run names them all, and leaves no paper behind."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.workflow.studies import ROOT, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("minimal")]

FINDINGS = "# Findings\n"
# File, what is replaced, by what, and what the run says of it.
FAULTS = [
    ("paper.md.j2", "# The survey\n", "# 42 visitors\n", "report/paper.md.j2, line 1: '42': this number is typed"),
    (
        "paper.md.j2",
        "were left out.",
        "were left out, or 9%.",
        "report/paper.md.j2, line 4: '9%': this number is typed",
    ),
    (
        "paper.md.j2",
        FINDINGS,
        f"{FINDINGS}\nForty-two {{{{ 0.61 }}}} visitors.\n",
        "report/paper.md.j2, line 8: '0.61': this number has no source",
    ),
    ("paper.md.j2", "", "", "report/paper.md.j2, line 8: 'Forty-two': this number is typed"),
    (
        "paper.md.j2",
        '("hours", "content") }},',
        '("hours", "contentt") }},',
        "report/paper.md.j2, line 11: 'contentt': 'hours' has no such category",
    ),
    (
        "paper.md.j2",
        '"content") > 0.5 %}Most',
        '"content") < 0.5 %}Few',
        "report/paper.md.j2, line 10, claim: 'Few': this is not true: 2025/hours/share/content is 61% (22 of 36)",
    ),
    ("figures.yaml", "What visitors use", "What 39 visitors use", "report/figures.yaml, figures.uses.caption: '39'"),
    (
        "tables.yaml",
        "by frequency",
        "of half of them, by frequency",
        "report/tables.yaml, tables.hours.caption: 'half'",
    ),
]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study to copy, with faults in three of its files; nothing of it has been built."""
    folder = tmp_path_factory.mktemp("faults")
    ignored = shutil.ignore_patterns("results", ".snakemake")
    shutil.copytree(ROOT / "examples" / "minimal", folder, dirs_exist_ok=True, ignore=ignored)
    for name, before, after, _ in FAULTS:
        file = folder / "report" / name
        text = file.read_text(encoding="utf-8")
        assert before in text
        file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(study: Path) -> subprocess.CompletedProcess[str]:
    return snakemake(study, snakefile=ROOT / "Snakefile")


@pytest.mark.parametrize("told", [told for *_, told in FAULTS])
def test_one_run_tells_every_fault_with_its_file_and_line(run: subprocess.CompletedProcess[str], told: str) -> None:
    assert run.returncode == 1
    assert told in run.stdout + run.stderr


def test_no_traceback_is_shown(run: subprocess.CompletedProcess[str]) -> None:
    assert "Traceback" not in run.stdout + run.stderr


def test_no_half_written_paper_is_left(study: Path, run: subprocess.CompletedProcess[str]) -> None:
    assert run.returncode == 1
    assert [path.name for path in study.glob("results/paper/*")] == []
    assert (study / "results/estimates.csv").exists()


def test_the_log_of_the_rule_holds_the_same_words_and_nothing_that_was_not_planted(
    study: Path, run: subprocess.CompletedProcess[str]
) -> None:
    log = (study / "results/logs/write_paper.log").read_text(encoding="utf-8")
    assert log.strip() in run.stdout + run.stderr
    findings = [line for line in log.splitlines() if not line.startswith(" ")]
    assert [told for *_, told in FAULTS if not any(told in finding for finding in findings)] == []
    assert len(findings) == len(FAULTS)
