"""Whole studies, built once for all tests that read their results."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.workflow.studies import ROOT, STUDY, copied, shared_data, snakemake

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in study, copied and built whole."""
    folder = copied(STUDY, tmp_path_factory.mktemp("study"))
    run = snakemake(folder, snakefile=folder / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture(scope="session")
def masculinity(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The masculinity example, copied and built on the workflow of this checkout."""
    return built_example("masculinity", "masculinity/raw-responses.csv", tmp_path_factory.mktemp("masculinity"))


@pytest.fixture(scope="session")
def jupyter2015(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example that keywords code, copied and built on the workflow of this checkout."""
    raw = "jupyter2015/20160115235816-SurveyExport.csv"
    return built_example("jupyter2015", raw, tmp_path_factory.mktemp("jupyter2015"))


@pytest.fixture(scope="session")
def haskell(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Haskell example, its estimates and its paper's text."""
    raw = "haskell/2022-state-of-haskell-survey-results.csv"
    return built_example("haskell", raw, tmp_path_factory.mktemp("haskell"), "results/paper/paper.md")


def built_example(name: str, raw: str, folder: Path, *targets: str) -> Path:
    """Copy an example and build it, or what is asked of it; skip the tests where its raw file is not to be had."""
    if not (shared_data() / raw).exists():
        pytest.skip(f"{raw} is not here: RECOUNT_DATA must name the folder of {name}/")
    ignored = shutil.ignore_patterns("results", ".snakemake", "raw")
    shutil.copytree(ROOT / "examples" / name, folder, dirs_exist_ok=True, ignore=ignored)
    run = snakemake(folder, *targets, snakefile=ROOT / "Snakefile")
    assert run.returncode == 0, run.stderr[-6000:]
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium to look at the page with")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
