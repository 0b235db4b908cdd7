"""The author's day on the built-in study: what a wave or an edit changed, a switch of waves, a wave without codes."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.workflow.studies import snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]


def recount(study: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "recount", *arguments]
    done = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def built(study: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return snakemake(study, *arguments, snakefile=study / "Snakefile")


@pytest.fixture
def own(study: Path, tmp_path: Path) -> Path:
    """The built study, to be edited."""
    return Path(shutil.copytree(study, tmp_path / "study"))


def test_between_two_waves_the_same_is_told_each_time_and_no_file_is_left_over(study: Path) -> None:
    told = recount(study, "changes", "2020", "2022")
    assert "**no longer true**: “Almost all”" in told
    assert "26 in both, 33 came, 21 left" in told
    assert "0 answers with this code are cleared for quotation" in told
    page, text = (study / "results/changes" / f"2020-2022.{kind}" for kind in ("html", "md"))
    first = (page.read_bytes(), text.read_bytes())
    recount(study, "changes", "2020", "2022")
    assert (page.read_bytes(), text.read_bytes()) == first
    assert "left over" not in recount(study, "check")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_fits_and_loads_nothing(study: Path, chromium: Browser, width: int, scheme: str) -> None:
    recount(study, "changes", "2020", "2022")
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url) if not request.url.startswith("file:") else None)
    page.goto((study / "results/changes/2020-2022.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).marginTop") == "0px"  # the policy lets the style through
    assert told == []
    page.close()


def test_what_the_edit_of_a_correction_did_is_told_with_its_part(own: Path) -> None:
    recount(own, "keep", "before")
    corrections = own / "data/corrections/2020.csv"
    text = corrections.read_text(encoding="utf-8")
    edited = text.replace("9,C108,Q12,365,36,", "9,C108,Q12,365,30,")
    assert edited != text
    corrections.write_text(edited, encoding="utf-8")
    assert built(own, "results/estimates.csv").returncode == 0
    told = recount(own, "changes", "--against", "before")
    assert "C108" in told
    assert "## Corrections" in told
    assert "## Settings" not in told


def test_one_line_switches_the_paper_and_all_that_breaks_is_told_at_once(own: Path) -> None:
    config = own / "config.yaml"
    text = config.read_text(encoding="utf-8")
    config.write_text(re.sub(r'^  wave: "2020"$', '  wave: "2022"', text, flags=re.MULTILINE), encoding="utf-8")
    run = built(own)
    assert run.returncode != 0
    told = re.search(r"(\d+) claims of the paper are not true of wave 2022, and at \d+ places it asks for", run.stderr)
    assert told
    assert run.stderr.count("claim: '") >= int(told[1]) > 1
    assert "Traceback" not in run.stderr


def test_a_wave_that_nobody_has_coded_builds_and_says_what_waits(own: Path) -> None:
    shutil.rmtree(own / "data/coding/2020")
    run = built(own)
    assert run.returncode == 0, run.stderr[-4000:]
    assert "open results/coding/2020/obstacles.html, the coding desk" in run.stderr
    end = run.stderr[run.stderr.index("The paper: ") :]
    assert "paper/paper.html (beside it paper.pdf, paper.docx" in end
    assert "To code: obstacles: " in end
    assert "The paper: " not in built(own).stderr  # nothing was done
    paper = (own / "results/paper/paper.html").read_text(encoding="utf-8")
    assert "[waits for codes]" in paper
    assert "Waits for codes" in (own / "results/figures/obstacles.txt").read_text(encoding="utf-8")
