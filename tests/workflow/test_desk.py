"""A wave that nobody coded: the build names the desk, a person codes there, and the next build has the codes."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import sync_playwright

from recount.coding.io import read_codes
from tests.coding.desked import CHROMIUM, NO_PICKER, Person
from tests.workflow.studies import STUDY, copied, snakemake

pytestmark = pytest.mark.workflow

CODED = ["results/2022/codes.csv", "results/coding/2022/help.html"]


@pytest.mark.xdist_group("study")
def test_each_question_that_is_coded_has_its_two_pages(study: Path) -> None:
    pages = {path.relative_to(study / "results/coding").as_posix() for path in study.glob("results/coding/*/*.html")}
    asked = {"2018": ["obstacles", "benefits"], "2020": ["obstacles", "benefits", "help"]}
    asked["2022"] = asked["2020"]
    names = [f"{wave}/{question}" for wave, questions in asked.items() for question in questions]
    assert pages == {f"{name}{kind}.html" for name in names for kind in ("", ".adjudication")}


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed on this machine")
@pytest.mark.xdist_group("browser")
def test_what_is_coded_at_the_desk_is_in_the_next_build(tmp_path: Path) -> None:
    folder = copied(STUDY, tmp_path)
    (folder / "data/coding/2022/help.A.csv").unlink()
    first = snakemake(folder, *CODED, snakefile=folder / "Snakefile")
    assert first.returncode == 0, first.stderr[-3000:]
    assert "wait for a coder: open results/coding/2022/help.html" in first.stderr
    uncoded = pd.read_csv(folder / "results/2022/uncoded.csv")["respondent"].tolist()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = opened.new_context()
        context.add_init_script(NO_PICKER)
        zoe = Person(context, (folder / CODED[1]).as_uri(), "zoe")
        zoe.press("t", "Enter", "0")
        with zoe.page.expect_download() as caught:
            zoe.press("Control+s")
        caught.value.save_as(folder / "data/coding/2022" / caught.value.suggested_filename)
        opened.close()
    second = snakemake(folder, *CODED, snakefile=folder / "Snakefile")
    assert second.returncode == 0, second.stderr[-3000:]
    codes = read_codes(folder / "results/2022/codes.csv")
    got = codes[codes["question"] == "help"][["respondent", "code", "decided_by"]].to_numpy().tolist()
    assert got == [[uncoded[0], "training", "single coder"], [uncoded[1], "none", "single coder"]]
