from collections.abc import Callable

import pytest
from lxml import etree

XLINK = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def article(document: Callable[[str], bytes]) -> etree._Element:
    return etree.fromstring(document("xml"))


def test_an_article_has_front_body_and_back(article: etree._Element) -> None:
    assert article.tag == "article"
    assert [part.tag for part in article] == ["front", "body", "back"]
    assert article.get("dtd-version") == "1.2"
    assert b"JATS-archivearticle1.dtd" in etree.tostring(article.getroottree())


def test_the_front_has_what_an_archive_needs(article: etree._Element) -> None:
    meta = article.find("front/article-meta")
    assert meta.findtext("title-group/article-title").startswith("City Leaders Go Abroad")
    assert [each.text for each in meta.iter("string-name")] == ["Anna Kosovac", "Kris Hartley", "Michele Acuto"]
    assert meta.find("abstract/p") is not None
    assert meta.find("trans-abstract").get(LANG) == "zh-CN"
    assert [each.text for each in meta.iter("kwd")][-1] == "城市外交"


def test_the_notice_stands_in_the_front_and_at_the_head_of_the_body(article: etree._Element) -> None:
    assert "simulated" in "".join(article.find("front/notes").itertext())
    assert "simulated" in "".join(article.find("body")[0].itertext())


def test_figures_and_tables_have_label_caption_and_words(article: etree._Element) -> None:
    assert [each.findtext("label") for each in article.iter("fig")] == ["Figure 1", "Figure 2"]
    assert [each.findtext("label") for each in article.iter("table-wrap")] == ["Table 1", "Table 2", "Table 3"]
    figure = next(article.iter("fig"))
    assert figure.findtext("caption/p").startswith("Capacities for city diplomacy")
    assert figure.findtext("graphic/alt-text").startswith("Dot plot")
    assert figure.find("graphic").get(XLINK) == "figures/capacities.png"
    assert len(article.findall(".//table-wrap[@id='tbl-numbers']/table/tbody/tr")) == 250


def test_every_reference_resolves_and_says_what_it_leads_to(article: etree._Element) -> None:
    ids = [each.get("id") for each in article.iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    references = {each.get("rid"): each.get("ref-type") for each in article.iter("xref")}
    assert set(references) <= set(ids)
    assert references["fig-capacities"] == "fig"
    assert references["tbl-crosstab"] == "table"
    assert references["ref-un2015"] == "bibr"
    assert references["fn1"] == "fn"


def test_a_number_is_named_content_with_its_key(article: etree._Element) -> None:
    number = article.find(".//named-content[@id='n-1']")
    assert number.get("content-type") == "number"
    assert number.get("specific-use") == "2020/intl_office/share/yes"
    assert number.find("xref").get("rid") == "e-1"
    assert article.findtext(".//named-content[@content-type='false-claim']") == "a large majority"


def test_references_stand_in_the_back(article: etree._Element) -> None:
    entries = article.findall("back/ref-list/ref")
    assert len(entries) == 11
    assert "".join(entries[-1].itertext()).strip().startswith("Wilson, E. B. (1927).")
