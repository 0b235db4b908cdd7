"""Faults that a build must meet before they reach the paper, with what to do and without a traceback."""

import csv
import os
from pathlib import Path

import pytest

from recount.ingest.seal import digest
from tests.corruption.library import ADA, CORRECTIONS, RAW
from tests.corruption.test_check import append, found, spoil, told
from tests.workflow.studies import outputs, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("library")]

CLEAN, CODES, EXCLUDED = "results/2025/clean.parquet", "results/2025/codes.csv", "results/2025/excluded.csv"


def run(study: Path, *arguments: str) -> str:
    done = snakemake(study, *arguments, snakefile=study / "Snakefile")
    assert "Traceback" not in done.stdout + done.stderr
    return f"{done.returncode} {done.stdout}{done.stderr}"


def seal_again(before: str) -> None:
    spoil("data/raw/SHA256SUMS", before, digest(RAW))


def unlike(study: Path, built: Path) -> set[str]:
    """The outputs that differ from those of the first build, but for records and what is made of the raw file."""
    now, before = outputs(study), outputs(built)
    return {file for file in now if now[file] != before[file] and not file.startswith("records")}


def test_a_raw_file_swapped_under_an_older_date_stops_the_build(study: Path) -> None:
    spoil(RAW, "Rather satisfied", "Very satisfied")
    os.utime(RAW, (0, 0))
    printed = run(study)
    assert printed.startswith("1")
    assert "this is not the export that was sealed" in printed
    assert "recount seal 2025" in printed


def test_an_intermediate_edited_by_hand_does_not_reach_the_paper_and_the_command_told_mends_it(
    study: Path, built: Path
) -> None:
    append(EXCLUDED, "99,L099,duplicate,\n")
    os.utime(EXCLUDED)
    printed = run(study, CODES)
    assert printed.startswith("1")
    assert f"{EXCLUDED}: edited by hand: this is not what clean_wave wrote" in printed
    command = next(line.partition("next: ")[2].split() for line in printed.splitlines() if "next: snakemake" in line)
    assert command[:3] == ["snakemake", "--cores", "4"]
    assert run(study, CODES, *command[3:]).startswith("0")
    assert (study / EXCLUDED).read_bytes() == (built / EXCLUDED).read_bytes()
    assert found() == []


def test_an_answer_edited_after_it_was_coded_loses_its_codes_and_asks_for_a_person(study: Path) -> None:
    before = digest(RAW)
    spoil(RAW, "Warmer reading room in winter", "Cooler reading room in summer")
    seal_again(before)
    Path(RAW).touch()
    printed = run(study, CODES)
    assert printed.startswith("0"), printed[-4000:]
    with Path("results/2025/uncoded.csv").open(encoding="utf-8", newline="") as lines:
        waiting = {row["respondent"]: row["problem"] for row in csv.DictReader(lines)}
    assert waiting == {"L014": "edited after coding"}


def test_line_ends_of_windows_in_what_people_wrote_are_told_and_change_no_result(study: Path, built: Path) -> None:
    for file in (CORRECTIONS, ADA, "data/instrument.yaml"):
        text = Path(file).read_bytes()
        Path(file).write_bytes(text.replace(b"\n", b"\r\n"))
    assert {told(each)[:3] for each in found()} == {
        ("stale", file, "has changed since the build") for file in (CORRECTIONS, ADA, "data/instrument.yaml")
    }
    printed = run(study, CODES, "results/2025/estimates.csv")
    assert printed.startswith("0"), printed[-4000:]
    assert unlike(study, built) == set()


@pytest.mark.usefixtures("study")
def test_line_ends_of_windows_in_a_raw_file_or_a_result_are_another_file() -> None:
    for file in (RAW, "results/2025/changes.csv"):
        content = Path(file).read_bytes()
        Path(file).write_bytes(content.replace(b"\n", b"\r\n"))
    assert {told(each)[:2] for each in found()} == {("raw file", RAW), ("edited", "results/2025/changes.csv")}


def test_line_ends_of_windows_in_code_change_nothing(study: Path) -> None:
    for file in ("recount/estimate/shares.py", "rules/clean.smk", "scripts/clean_wave.py"):
        Path(file).write_bytes((study / file).read_bytes().replace(b"\n", b"\r\n"))
    assert found() == []
