"""Every numeral of the built documents is accounted for: by the ledger, or by what it is in the structure of a page."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from bs4 import BeautifulSoup, Tag
from pypdf import PdfReader

pytestmark = pytest.mark.workflow

in_study = pytest.mark.xdist_group("study")
NUMERAL = re.compile(r"\d+")
# Numbers that are of the page's structure: those of figures and tables, and links that say them; citations and the
# works cited, held against the bibliography; and the appendix that is written from the ledger, held against that.
STRUCTURE = (
    "title",
    "span.label",
    'a[href^="#tbl-"]',
    'a[href^="#fig-"]',
    "span.citation",
    ".csl-entry",
    "[id^=tbl-numbers]",
)
WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"


def ledger(study: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    return content


def page(study: Path) -> BeautifulSoup:
    made = BeautifulSoup((study / "results/paper/paper.html").read_text(encoding="utf-8"), "html.parser")
    for each in made(["script", "style", "nav"]):
        each.decompose()
    return made


def words(text: str) -> str:
    return " ".join(text.split())


def not_as_in_the_ledger(made: BeautifulSoup, numbers: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The numbers of the page whose text is not what the ledger says of their id."""
    displays = {each["id"]: each["display"] for each in numbers}
    for span in made.select("span.number"):
        if words(span.get_text()) != words(displays.get(str(span["id"]), "")):
            yield str(span["id"]), span.get_text()


def unaccounted(made: BeautifulSoup, allowed: list[dict[str, Any]]) -> list[str]:
    """The numerals that are left without the ledger's numbers, the page's structure, and once each what is allowed."""
    for each in made.select(", ".join(("span.number", *STRUCTURE))):
        each.replace_with(" ")
    text = words(made.get_text(" "))
    # What alternative texts say is not among the page's text.
    phrases = [words(each["text"]) for each in allowed if each["kind"] != "figure"]
    for phrase in sorted(phrases, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(phrase)}(?!\w)", " ", text, count=1)
    return NUMERAL.findall(text)


def of_the_page(study: Path) -> set[str]:
    """All numerals of the page, which the tests above account for, and those of the figures' labels and texts."""
    labels = " ".join(each["display"] for each in ledger(study)["numbers"])
    return set(NUMERAL.findall(page(study).get_text(" ") + " " + labels))


def check_page(study: Path) -> None:
    content, made = ledger(study), page(study)
    assert isinstance(made.title, Tag)
    assert isinstance(made.h1, Tag)
    assert words(made.title.get_text()) == words(made.h1.get_text())  # the heading's numbers are traced
    assert list(not_as_in_the_ledger(page(study), content["numbers"])) == []
    assert unaccounted(page(study), content["allowed"]) == []


@in_study
def test_every_numeral_of_the_page_is_in_the_ledger(study: Path) -> None:
    check_page(study)


def test_every_numeral_of_a_page_with_thousands_of_them_is_in_the_ledger(masculinity: Path) -> None:
    check_page(masculinity)


@in_study
def test_a_numeral_that_is_planted_into_the_page_is_found(study: Path) -> None:
    made, content = page(study), ledger(study)
    article = made.select_one("article")
    assert isinstance(article, Tag)
    article.append(" Some 7341 cities agree.")
    assert unaccounted(made, content["allowed"]) == ["7341"]
    number = page(study)
    first = number.select_one("span.number")
    assert isinstance(first, Tag)
    first.string = "99"
    assert [text for _, text in not_as_in_the_ledger(number, content["numbers"])] == ["99"]


@in_study
def test_numerals_of_the_works_cited_stand_in_the_bibliography(study: Path) -> None:
    bibliography = set(NUMERAL.findall((study / "report/references.bib").read_text(encoding="utf-8")))
    cited = " ".join(each.get_text(" ") for each in page(study).select("span.citation, .csl-entry"))
    assert set(NUMERAL.findall(cited)) - bibliography == set()


@in_study
def test_numerals_of_the_appendix_are_those_of_its_estimates(study: Path) -> None:
    content = ledger(study)
    fields = json.dumps([content["estimates"], content["numbers"]], ensure_ascii=False)
    known = set(NUMERAL.findall(fields))
    ends = [each[end] for each in content["estimates"].values() for end in ("low", "high") if each[end] is not None]
    known |= {NUMERAL.findall(f"{100 * each:.0f}")[0] for each in ends}
    for row in page(study).select("[id^=tbl-numbers] tbody tr"):
        cells = [words(cell.get_text()) for cell in row.find_all("td")]
        assert set(NUMERAL.findall(" ".join(cells[1:]))) - known == set(), cells


@in_study
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_word_and_pdf_print_no_numeral_that_the_page_does_not(study: Path, kind: str) -> None:
    file = study / f"results/paper/paper.{kind}"
    if kind == "docx":
        text = " ".join(each.text or "" for each in docx.Document(str(file)).element.body.iter(WORD_TEXT))
    else:
        # The page counts its sheets, which nothing else does.
        sheets = [re.sub(r"page \d+ of \d+", " ", sheet.extract_text()) for sheet in PdfReader(file).pages]
        text = " ".join(sheets)
    found = set(NUMERAL.findall(text))
    assert len(found) > 50
    assert found - of_the_page(study) == set()
