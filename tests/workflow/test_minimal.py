"""The study to copy, built whole; what it prints is counted again from its raw file."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from recount.audit.rebuild import rebuild, rebuild_findings
from recount.study.settings import read_settings
from tests.workflow.studies import ROOT, snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("minimal")]

HEADER_ROWS = 3


@pytest.fixture(scope="module")
def minimal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study to copy, copied as its README says and built on the workflow of this checkout."""
    folder = tmp_path_factory.mktemp("minimal")
    ignored = shutil.ignore_patterns("results", ".snakemake")
    shutil.copytree(ROOT / "examples" / "minimal", folder, dirs_exist_ok=True, ignore=ignored)
    run = snakemake(folder, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture(scope="module")
def responses() -> list[dict[str, str]]:
    """The raw responses without the preview, and without the second one of the visitor L023."""
    file = ROOT / "examples" / "minimal" / "data" / "raw" / "2025" / "responses.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        head, *rows = list(csv.reader(lines))
    records = [dict(zip(head, row, strict=True)) for row in rows[HEADER_ROWS - 1 :]]
    return [each for each in records if each["Status"] == "IP Address"][:-1]


def displays(study: Path) -> dict[str, set[str]]:
    """What the paper prints, by the keys of the estimates that it comes from."""
    found: dict[str, set[str]] = {}
    for number in json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))["numbers"]:
        found.setdefault("; ".join(number["keys"]), set()).add(number["display"])
    return found


def test_the_satisfied_are_those_of_the_raw_file(minimal: Path, responses: list[dict[str, str]]) -> None:
    valid = [each["Q3"] for each in responses if each["Q3"] not in ("", "Don't know")]
    satisfied = [each for each in valid if each in ("Rather satisfied", "Very satisfied")]
    assert (len(responses), len(satisfied), len(valid)) == (40, 22, 36)
    assert displays(minimal)["2025/hours/share/content"] == {"22 of 36", "61%"}


def test_an_option_with_a_comma_is_one_option(minimal: Path, responses: list[dict[str, str]]) -> None:
    ticked = ["Newspapers, magazines" in each["Q4"] for each in responses if each["Q4"]]
    assert (sum(ticked), len(ticked)) == (11, 39)
    source = (minimal / "results/figures/uses.csv").read_text(encoding="utf-8").splitlines()
    papers = next(row for row in csv.DictReader(source) if row["category"] == "papers")
    assert (float(papers["n"]), float(papers["base"]), papers["display"]) == (11, 39, "28%")


def test_the_preview_and_the_second_answer_are_left_out_with_their_reasons(minimal: Path) -> None:
    with (minimal / "results/2025/excluded.csv").open(encoding="utf-8", newline="") as lines:
        got = [(row["respondent"], row["reason"]) for row in csv.DictReader(lines)]
    assert got == [("L000", "preview"), ("L023", "duplicate")]


def test_a_rebuild_elsewhere_names_the_outputs_that_differ_and_no_other(minimal: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(minimal, tmp_path / "copy"))
    table = copy / "results" / "2025" / "estimates.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",40,", ",41,", 1), encoding="utf-8")
    (copy / "results" / "figures" / "uses.txt").unlink()
    (tmp_path / "elsewhere").mkdir()
    rebuilt = rebuild(
        read_settings(copy / "config.yaml"),
        study=copy,
        house=ROOT,
        folder=tmp_path / "elsewhere",
        done=lambda _, __: None,
    )
    got = {found.file: found.problem for found in rebuild_findings(copy / "results", rebuilt)}
    assert set(got) == {"results/2025/estimates.csv", "results/figures/uses.txt"}
    assert ": '41', built again '40'" in got["results/2025/estimates.csv"]
    assert got["results/figures/uses.txt"] == "this file has not been built here"


def test_its_three_documents_are_written(minimal: Path) -> None:
    written = {path.suffix for path in (minimal / "results/paper").glob("paper.*") if path.stat().st_size > 1000}
    assert {".html", ".pdf", ".docx"} <= written
