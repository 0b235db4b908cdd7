"""Every numeral of the built page, of the Word file and of the PDF is accounted for, and none that is planted."""

import re
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from recount.study.settings import read_settings
from tests.workflow import pdf
from tests.workflow.numerals import account_of, numerals
from tests.workflow.pieces import Page, read_page, read_word
from tests.workflow.studies import snakemake

pytestmark = pytest.mark.workflow

STUDIES = [
    pytest.param(name, marks=pytest.mark.xdist_group(name), id=name) for name in ("study", "masculinity")
]  # the fixtures of conftest.py
in_study = pytest.mark.xdist_group("study")
READERS: dict[str, Callable[[Path], Page]] = {"html": read_page, "docx": read_word}


@pytest.fixture
def built(request: pytest.FixtureRequest) -> Path:
    """A built study, by the name of its fixture."""
    return Path(request.getfixturevalue(request.param))


def unaccounted(study: Path, kind: str) -> list[str]:
    return account_of(study).check(READERS[kind](study / f"results/paper/paper.{kind}"))


def unaccounted_in_pdf(study: Path, pages: list[str]) -> list[str]:
    settings = read_settings(study / "config.yaml")
    notice = account_of(study).notice() if settings.simulated else ""
    short = settings.short_title or settings.title
    return pdf.unaccounted(pages, html(study), short_title=short, notice=notice)


@cache
def html(study: Path) -> Page:
    return read_page(study / "results/paper/paper.html")


@cache
def sheets(study: Path) -> tuple[str, ...]:
    return tuple(pdf.read_pages(study / "results/paper/paper.pdf"))


@pytest.mark.parametrize("built", STUDIES, indirect=True)
@pytest.mark.parametrize("kind", READERS)
def test_every_numeral_of_a_document_has_one_source_and_every_number_is_printed_once(built: Path, kind: str) -> None:
    page = READERS[kind](built / f"results/paper/paper.{kind}")
    assert len([numeral for block in page.blocks for numeral in numerals(block.text)]) > 1000
    assert unaccounted(built, kind) == []


@pytest.mark.parametrize("built", STUDIES, indirect=True)
def test_the_pdf_prints_the_numerals_of_the_page_each_as_often(built: Path) -> None:
    pages = [*sheets(built)]
    assert len(pages) > 8
    assert unaccounted_in_pdf(built, pages) == []


@in_study
@pytest.mark.parametrize(
    ("pattern", "planted"),
    [
        (r"(<p>City governments )", r"\g<1>42 "),
        (r"(<p>City governments )", r"\g<1>forty-two "),
        (r"(<p>城市签署)", r"\g<1>四十二个"),
        (r"(<p>City governments )", r"\g<1>C40 "),
        (r'(<span id="n-3" [^>]*><a href="#e-\d+">)86%', r"\g<1>87%"),
        (r'<span id="n-3" [^>]*>(<a href="#e-\d+">86%</a>)</span>', r"\g<1>"),
        (r'(<span id="c-2" class="claim">fewer than )half', r"\g<1>a third"),
        (r"(<h2 [^>]*>)(Introduction)", r"\g<1>7 \g<2>"),
        (r"<title>([^<]*)47", r"<title>\g<1>48"),
        (r'(<h1 class="title">City Leaders)', r"\g<1> 42"),
        (r'(<a href="#introduction"[^>]*>)', r"\g<1>7 "),
        (r"(<strong>Figure.2\.</strong></span> )", r"\g<1>42 "),
        (r"<strong>Figure.2\.", "<strong>Figure 3."),
        (r'(<a href="#tbl-capacities">)Table 2', r"\g<1>Table 3"),
        (r'(<th class="right"[^>]*>Share)', r"\g<1> 42"),
        (r'(<td class="left">No strategy yet)', r"\g<1> 42"),
        (r'(<div class="note">\n<p>)', r"\g<1>42 "),
        (r'( alt="The responses are simulated\. Dot plot[^"]*)93%', r"\g<1>94%"),
        (r'(aria-label="Figure.2\.)', r"\g<1> 42"),
        (r'data-base="36 of 42"', 'data-base="37 of 42"'),
        (r'data-interval="72% to 93%"', 'data-interval="71% to 93%"'),
        (r'data-key="2020/office/share/yes"', 'data-key="2022/office/share/yes"'),
        (r'(<a href="#ref-un2015"[^>]*>United Nations )2015', r"\g<1>2016"),
        (r'(class="citation"[^>]*>\()', r"\g<1>in 42 cities, "),
        (r"22\(158\)", "23(158)"),
        (r"(nothing here may be cited)", r"\g<1> 42"),
        (r"waves 2018, 2020", "waves 2019, 2020"),
        (r'(<span id="e-2">2</span></td>\n<td class="left">)86%', r"\g<1>87%"),
        (r'(<span id="e-2">2</span></td>(?:\n<td[^>]*>[^<]*</td>){3}\n<td class="right">)36', r"\g<1>37"),
        (r"<span id=\"e-2\">2</span>", '<span id="e-2">3</span>'),
        (r"(<tr>\n<td class=\"left\"><span id=\"e-2\">2</span>.*?</tr>\n)", ""),
        (r'(<meta name="keywords" content=")', r"\g<1>42, "),
    ],
)
def test_a_numeral_that_is_planted_into_the_page_is_found(
    study: Path, tmp_path: Path, pattern: str, planted: str
) -> None:
    text = (study / "results/paper/paper.html").read_text(encoding="utf-8")
    spoilt, found = re.subn(pattern, planted, text, count=1, flags=re.DOTALL)
    assert found == 1
    (tmp_path / "paper.html").write_text(spoilt, encoding="utf-8")
    assert account_of(study).check(read_page(tmp_path / "paper.html")) != []


@in_study
@pytest.mark.parametrize(
    ("part", "pattern", "planted"),
    [
        ("word/document.xml", r">City governments ", ">42 city governments "),
        ("word/document.xml", r">86%<", ">87%<"),
        ("word/document.xml", r">Figure.2\.<", ">Figure 3.<"),
        ("word/document.xml", r'(descr="The responses are simulated\. Dot plot[^"]*)93%', r"\g<1>94%"),
        ("word/document.xml", r'(w:tblCaption w:val="Table.2\.)', r"\g<1> 42"),
        ("word/document.xml", r">39 of 42; 81–98%|>93%; 39 of 42; 81–98%", ">94%; 39 of 42; 81–98%"),
        ("word/document.xml", r"22\(158\)", "23(158)"),
        ("word/header1.xml", r">City leaders go abroad<", ">42 city leaders go abroad<"),
        ("docProps/core.xml", r"in 47 Cities", "in 48 Cities"),
    ],
)
def test_a_numeral_that_is_planted_into_the_word_file_is_found(
    study: Path, tmp_path: Path, part: str, pattern: str, planted: str
) -> None:
    spoilt = tmp_path / "paper.docx"
    with zipfile.ZipFile(study / "results/paper/paper.docx") as whole, zipfile.ZipFile(spoilt, "w") as copy:
        for name in whole.namelist():
            content = whole.read(name)
            if name == part:
                text, found = re.subn(pattern, planted, content.decode(), count=1)
                assert found == 1
                content = text.encode()
            copy.writestr(name, content)
    assert account_of(study).check(read_word(spoilt)) != []


@in_study
@pytest.mark.parametrize(
    ("words", "planted"),
    [
        ("City governments", "42 city governments"),
        ("City governments", "Forty-two city governments"),
        ("86%", "87%"),
        ("86%", "86"),
        ("Table\u00a02.", "Table\u00a03."),
        ("page 1 of", "page 2 of"),
        ("城市签署", "四十二个城市签署"),
        ("22(158)", "23(158)"),
    ],
)
def test_a_numeral_that_is_planted_into_the_pdf_is_found(study: Path, words: str, planted: str) -> None:
    pages = [*sheets(study)]
    place = next(number for number, text in enumerate(pages) if words in text)
    pages[place] = pages[place].replace(words, planted, 1)
    assert unaccounted_in_pdf(study, pages) != []


@in_study
def test_a_figure_label_that_was_edited_by_hand_is_found_before_it_reaches_the_paper(
    study: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(study, tmp_path / "copy", symlinks=True))
    source = copy / "results/figures/capacities.csv"
    source.write_text(source.read_text(encoding="utf-8").replace(",86%,", ",87%,", 1), encoding="utf-8")
    run = snakemake(copy, "results/paper/paper.md", snakefile=copy / "Snakefile")
    printed = run.stdout + run.stderr
    assert run.returncode == 1
    assert "results/figures/capacities.csv: edited by hand: this is not what draw_figure wrote" in printed
    assert "Traceback" not in printed
