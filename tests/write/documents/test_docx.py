import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

BOOKMARK, HYPERLINK = qn("w:bookmarkStart"), qn("w:hyperlink")


@pytest.fixture(scope="module")
def manuscript(document: Callable[[str], bytes]) -> Document:
    return docx.Document(io.BytesIO(document("docx")))


def _styled(manuscript: Document, style: str) -> list[str]:
    return [paragraph.text for paragraph in manuscript.paragraphs if paragraph.style.name == style]


def test_the_head_of_every_page_carries_short_title_and_notice(manuscript: Document) -> None:
    assert len(manuscript.sections) == 1
    section = manuscript.sections[0]
    head = [paragraph.text for paragraph in section.header.paragraphs]
    assert head[0].startswith("City leaders go abroad")
    assert "no real city gave any of these answers" in head[1]
    assert not section.different_first_page_header_footer
    assert "PAGE" in "".join(section.header._element.itertext())


def test_text_is_double_spaced_in_twelve_point_serif_with_a_chinese_font(manuscript: Document) -> None:
    styles = manuscript.styles
    assert styles["Body Text"].paragraph_format.line_spacing == 2.0
    assert styles["First Paragraph"].paragraph_format.line_spacing == 2.0
    assert styles["Table Text"].paragraph_format.line_spacing == 1.0
    defaults = styles.element.find(qn("w:docDefaults")).find(".//" + qn("w:rPr"))
    assert defaults.find(qn("w:sz")).get(qn("w:val")) == "24"
    assert defaults.find(qn("w:rFonts")).get(qn("w:ascii")) == "Times New Roman"
    assert defaults.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "SimSun"


def test_the_page_is_a4_with_numbered_lines(manuscript: Document) -> None:
    section = manuscript.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section._sectPr.find(qn("w:lnNumType")) is not None


def test_the_title_page_has_authors_notice_and_both_abstracts(manuscript: Document) -> None:
    assert _styled(manuscript, "Title") == ["City Leaders Go Abroad: A Survey of City Diplomacy in 47 Cities"]
    assert _styled(manuscript, "Author")[0] == "Anna Kosovac, University of Melbourne"
    assert "simulated" in _styled(manuscript, "Notice Box")[0]
    assert _styled(manuscript, "Abstract Title") == ["Abstract", "摘要"]
    assert any("城市签署全球议程" in text for text in _styled(manuscript, "Abstract"))


def test_headings_are_headings(manuscript: Document) -> None:
    assert _styled(manuscript, "Heading 1")[:3] == ["Introduction", "Data and methods", "Findings"]
    assert "Obstacles 障碍" in _styled(manuscript, "Heading 2")


def test_tables_have_repeated_heads_and_texts_of_their_style(manuscript: Document) -> None:
    tables = manuscript.tables
    assert [len(table.rows) for table in tables] == [6, 8, 251]
    for table in tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert tables[0].cell(1, 0).paragraphs[0].style.name == "Table Text"
    assert tables[1].cell(0, 0).paragraphs[0].style.name == "Table Head Small"
    assert tables[0].cell(2, 0).text == "Asia (亚洲)"
    assert [text.replace("\u00a0", " ")[:8] for text in _styled(manuscript, "Table Caption")] == [
        "Table 1.",
        "Table 2.",
        "Table 3.",
    ]


def test_numbers_are_bookmarks_and_lead_to_bookmarks(manuscript: Document) -> None:
    body = manuscript.element.body
    bookmarks = {mark.get(qn("w:name")) for mark in body.iter(BOOKMARK)}
    anchors = {link.get(qn("w:anchor")) for link in body.iter(HYPERLINK)} - {None}
    assert {"n-1", "e-1", "fig-capacities", "tbl-crosstab", "ref-wilson1927"} <= bookmarks
    assert anchors <= bookmarks
    assert [style.get(qn("w:val")) for style in body.iter(qn("w:rStyle"))].count("TracedNumber") == 6


def test_pictures_have_words(manuscript: Document) -> None:
    words = [shape._inline.docPr.get("descr") for shape in manuscript.inline_shapes]
    assert len(words) == 2
    assert words[0].startswith("Dot plot of four shares")


def test_no_path_of_this_machine_and_no_date_of_today_is_inside(document: Callable[[str], bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(document("docx"))) as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert b"1970-01-01T00:00:00Z" in parts["docProps/core.xml"]
    assert b"Anna Kosovac" in parts["docProps/core.xml"]
    for content in parts.values():
        assert not re.search(rb"(?:references\.bib|journal\.csl|/tmp/)", content)


def test_without_a_notice_the_head_has_none(written: Callable[[str, str], bytes]) -> None:
    plain = docx.Document(io.BytesIO(written("---\ntitle: A & B\n---\n\nText.\n", "docx")))
    assert [paragraph.text.split("\t")[0] for paragraph in plain.sections[0].header.paragraphs] == ["A & B"]


def test_one_author_and_nothing_else_makes_a_title_page(written: Callable[[str, str], bytes]) -> None:
    head = "---\ntitle: T\nauthor: Solo & Co\nnotice: ''\nkeywords: []\n---\n\nText.\n"
    plain = docx.Document(io.BytesIO(written(head, "docx")))
    assert [paragraph.text for paragraph in plain.paragraphs] == ["T", "Solo & Co", "Text."]
