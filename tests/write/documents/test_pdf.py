import io
from collections.abc import Callable

import pytest
from pypdf import PdfReader

TITLE = "City Leaders Go Abroad: A Survey of City Diplomacy in 47 Cities"


@pytest.fixture(scope="module")
def reader(document: Callable[[str], bytes]) -> PdfReader:
    return PdfReader(io.BytesIO(document("pdf")))


@pytest.fixture(scope="module")
def pages(reader: PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_every_page_carries_the_notice_the_short_title_and_its_number(pages: list[str]) -> None:
    assert len(pages) > 5
    for number, text in enumerate(pages, 1):
        assert "no real city gave any of these answers" in text
        assert text.startswith("City leaders go abroad")
        assert f"page {number} of {len(pages)}" in text


def test_the_metadata_is_the_papers_and_dated_by_the_epoch(reader: PdfReader) -> None:
    assert reader.metadata is not None
    assert reader.metadata.title == TITLE
    assert reader.metadata.author == "Anna Kosovac, Kris Hartley, Michele Acuto"
    assert "city diplomacy" in reader.metadata["/Keywords"]
    assert reader.metadata["/CreationDate"].startswith("D:19700101000000")


def test_it_is_tagged_in_english_and_says_that_it_is_accessible(reader: PdfReader) -> None:
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_chinese_can_be_read_and_searched(pages: list[str]) -> None:
    assert "摘要" in pages[0]
    assert "城市签署全球议程" in pages[0].replace(" ", "")
    assert "资金不足" in "".join(pages)


def test_figures_and_tables_are_numbered_once(pages: list[str]) -> None:
    text = " ".join(pages)
    for caption in ("Figure 1. Capacities", "Figure 2. The three", "Table 1. Cities", "Table 2. Cap", "Table 3. Every"):
        assert text.count(caption) == 1


def test_the_head_of_a_long_table_is_repeated_on_its_pages(pages: list[str]) -> None:
    assert len([text for text in pages if "Number Printed Question and statistic" in text]) >= 4


def test_numbers_lead_to_the_appendix(reader: PdfReader) -> None:
    links = [
        annotation.get_object()
        for annotation in reader.pages[0]["/Annots"]
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    assert len([link for link in links if "/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo"]) >= 4


def test_what_a_city_wrote_stays_text(pages: list[str]) -> None:
    text = " ".join(pages)
    assert "<script>alert(1)</script> #set page(fill: red)" in text
    assert "$x$ & 100% _ok_ @nobody" in text
