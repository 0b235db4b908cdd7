"""The built-in study, built whole: what stands in results/ when `snakemake` is done."""

import json
from pathlib import Path

import docx
import pandas as pd
import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pypdf import PdfReader

from recount.estimate.io import read_estimates
from recount.study.published import read_published
from recount.study.settings import read_settings
from tests.workflow.studies import snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]

WAVES = {"2018": 27, "2020": 47, "2022": 59}
SIMULATED = "are simulated"


@pytest.fixture(scope="module")
def paper(study: Path) -> Path:
    return study / "results" / "paper"


def ledger(paper: Path) -> list[dict[str, object]]:
    return json.loads((paper / "numbers.json").read_text(encoding="utf-8"))["numbers"]


@pytest.mark.parametrize(("wave", "kept"), WAVES.items())
def test_kept_and_excluded_responses_are_all_that_the_export_holds(study: Path, wave: str, kept: int) -> None:
    results = study / "results" / wave
    raw, clean = pq.read_table(results / "raw.parquet"), pq.read_table(results / "clean.parquet")
    excluded = pd.read_csv(results / "excluded.csv")
    assert clean.num_rows == kept
    assert sorted([*clean["row"].to_pylist(), *excluded["row"]]) == raw["row"].to_pylist()


def test_every_published_figure_is_reproduced_or_agrees_with_its_bound(study: Path) -> None:
    got = pd.read_csv(study / "results" / "published.csv", dtype="str", keep_default_na=False)
    exp = [figure.id for figure in read_published(study / "data" / "published.yaml").figures]
    assert got["id"].tolist() == exp
    assert set(got["verdict"]) == {"reproduced", "consistent"}
    assert set(got["simulated"]) == {"true"}


def test_86_percent_is_no_number_of_47_cities_and_all_figures_of_2020_stand_on_42(study: Path) -> None:
    table = pd.read_csv(study / "results" / "published.csv", dtype="str", keep_default_na=False).set_index("id")
    assert table.loc["office_2020", ["up_to", "fits", "bases_together"]].tolist() == ["47", "false", "42"]


def test_nothing_is_left_uncoded(study: Path) -> None:
    assert [len(pd.read_csv(study / "results" / wave / "uncoded.csv")) for wave in WAVES] == [0, 0, 0]


def test_the_page_has_its_landmarks_tables_figures_and_both_abstracts(paper: Path) -> None:
    page = BeautifulSoup((paper / "paper.html").read_text(encoding="utf-8"), "html.parser")
    assert page.find("main") is not None
    assert page.html["lang"].startswith("en")
    assert SIMULATED in page.get_text()
    assert len(page.find_all("figure")) >= 6
    assert all(image.get("alt") for image in page.select("figure img"))
    assert len(page.find_all("table")) >= 7
    assert "城市" in page.find(lang=lambda lang: lang is not None and lang.startswith("zh")).get_text()


def test_every_number_of_the_ledger_stands_in_the_page_and_leads_to_its_entry(paper: Path) -> None:
    page = BeautifulSoup((paper / "paper.html").read_text(encoding="utf-8"), "html.parser")
    ids = {tag["id"] for tag in page.find_all(id=True)}
    numbers = ledger(paper)
    assert {number["part"] for number in numbers} >= {"prose", "table", "figure label"}
    assert [each["id"] for each in numbers if not each["figure"] and each["id"] not in ids] == []
    assert {each["entry"] for each in numbers} <= ids  # a number inside a picture has its entry alone
    targets = {link["href"].removeprefix("#") for link in page.select('a[href^="#"]')}
    assert targets <= ids


def test_the_pdf_says_on_every_page_that_responses_are_simulated_and_holds_chinese(paper: Path) -> None:
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(paper / "paper.pdf").pages]
    assert len(pages) > 8
    assert [number for number, text in enumerate(pages, start=1) if "simulated" not in text] == []
    assert "城市" in pages[0]
    assert "86%" in pages[0]


def test_the_word_document_has_its_headings_its_tables_and_the_notice_in_its_header(paper: Path) -> None:
    document = docx.Document(str(paper / "paper.docx"))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert headings[:3] == ["Introduction", "Methods", "Results"]
    assert len(document.tables) >= 7
    header = " ".join(each.text for section in document.sections for each in section.header.paragraphs)
    assert "simulated" in header


def test_the_latex_source_has_its_figures_and_the_jats_its_parts(paper: Path) -> None:
    source = (paper / "paper.tex").read_text(encoding="utf-8")
    assert source.count(r"\includegraphics") == 6
    article = etree.parse(paper / "paper.xml").getroot()
    assert [child.tag for child in article][:2] == ["front", "body"]
    assert len(article.findall(".//fig")) == 6
    assert len(article.findall(".//table-wrap")) >= 7
    ids = {each.get("id") for each in article.iter() if each.get("id")}
    assert {reference.get("rid") for reference in article.iter("xref")} <= ids


def test_every_figure_comes_with_its_source_data_and_its_alternative_text(study: Path) -> None:
    figures = study / "results" / "figures"
    names = sorted(path.stem for path in figures.glob("*.svg"))
    assert len(names) == 6
    for name in names:
        source = pd.read_csv(figures / f"{name}.csv", keep_default_na=False)
        assert set(source["key"]) <= set(read_estimates(study / "results" / "estimates.csv")["key"])
        assert "simulated" in (figures / f"{name}.txt").read_text(encoding="utf-8").lower()


def test_the_manifest_names_every_output_and_no_path_of_a_machine(study: Path) -> None:
    text = (study / "results" / "manifest.json").read_text(encoding="utf-8")
    assert str(study) not in text
    formats = read_settings(study / "config.yaml").paper.formats
    assert all(f"results/paper/paper.{kind}" in text for kind in formats)


def test_a_second_run_has_nothing_to_do(study: Path) -> None:
    run = snakemake(study, snakefile=study / "Snakefile")
    assert "Nothing to be done" in run.stderr + run.stdout
