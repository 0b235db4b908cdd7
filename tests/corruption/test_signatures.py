"""Signatures on a built study: a paper that shows them does not make them lapse; what changes does."""

import json
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from typer.testing import CliRunner

from recount.audit.check.check import check
from recount.audit.check.io import read_built, read_present
from recount.audit.sign.signature import STAGES
from recount.cli import app
from tests.corruption.library import CORRECTIONS
from tests.corruption.test_check import found, spoil
from tests.workflow.studies import snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("library")]

SIGNATURES = "results/signatures.json"


def sign(*arguments: str) -> None:
    result = CliRunner().invoke(app, ["sign", *arguments])
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def signed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study, every stage of it signed, and built again."""
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("signed") / "study"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for stage in STAGES:
            sign(stage, "--by", "Ada Lovelace", "--note", "Read all of it.")
        sign("clean", "--by", "Bo Li", "--date", "March 2026")
    run = snakemake(folder, snakefile=folder / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture
def study(signed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = Path(shutil.copytree(signed, tmp_path / "study", ignore=shutil.ignore_patterns("__pycache__")))
    monkeypatch.chdir(folder)
    return folder


def states(study: Path) -> dict[tuple[str, str], str]:
    signatures = json.loads((study / SIGNATURES).read_text(encoding="utf-8"))["signatures"]
    return {(each["stage"], each["by"]): each["state"] for each in signatures}


@pytest.mark.usefixtures("study")
def test_after_the_build_that_shows_them_all_signatures_hold_and_nothing_is_found(signed: Path) -> None:
    assert set(states(signed).values()) == {"holds"}
    assert found() == []
    kinds = [each.kind for each in check(read_built(), read_present())]
    assert kinds.count("signed") == len(STAGES) + 1
    assert "lapsed" not in kinds


def test_the_paper_and_the_audit_pages_show_them(signed: Path) -> None:
    page = BeautifulSoup((signed / "results/paper/paper.html").read_text(encoding="utf-8"), "lxml")
    table = page.find(id="signed").find_next("table")
    cells = [[cell.get_text(" ", strip=True) for cell in row.find_all("td")] for row in table.find_all("tr")[1:]]
    assert [row[:3] for row in cells if row[0] == "Cleaning"] == [
        ["Cleaning", "Ada Lovelace", "holds"],
        ["Cleaning", "Bo Li, March 2026", "holds"],
    ]
    pages = BeautifulSoup((signed / "results/audit/index.html").read_text(encoding="utf-8"), "lxml")
    shown = json.loads(pages.find(id="audit-data").string)["signatures"]
    assert {page: len(each) for page, each in shown.items()} == {
        **dict.fromkeys(("raw", "coding", "estimates", "figures", "text", "audit"), 1),
        "cleaning": 2,
    }


def test_what_signatures_say_is_the_paper_without_them(signed: Path, built: Path) -> None:
    paper = "results/paper/paper.md"
    assert (signed / paper).read_bytes() == (built / paper).read_bytes()
    assert (
        (signed / "results/paper/signed.md").read_text(encoding="utf-8").startswith((signed / paper).read_text("utf-8"))
    )


def test_what_changes_makes_lapse_what_rests_on_it_and_nothing_before_it(study: Path) -> None:
    spoil(CORRECTIONS, "35,L031,Q5,60,16", "35,L031,Q5,60,26")
    (study / CORRECTIONS).touch()
    sign("ingest", "--by", "Ada Lovelace", "--withdraw", "--note", "the wrong export")
    run = snakemake(study, SIGNATURES, snakefile=study / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    got = states(study)
    assert {stage: state for (stage, by), state in got.items() if by == "Ada Lovelace"} == {
        "ingest": "withdrawn",
        "clean": "lapsed",
        "code": "lapsed",
        "estimate": "lapsed",
        "draw": "lapsed",
        "write": "lapsed",
        "audit": "lapsed",
    }
    lapsed = {each.file: each.problem for each in check(read_built(), read_present()) if each.kind == "lapsed"}
    assert lapsed["review/clean/bo-li.yaml"] == (
        "clean, by Bo Li (March 2026); since then data/corrections/2025.csv has changed; "
        "results/2025/changes.csv has changed; results/2025/clean.csv has changed; and 1 more"
    )
