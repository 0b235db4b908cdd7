import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from recount.page.seal import seal


@pytest.fixture(scope="module")
def page(document: Callable[[str], bytes]) -> BeautifulSoup:
    return BeautifulSoup(document("html"), "lxml")


def test_the_page_has_one_main_one_h1_a_skip_link_and_a_language(page: BeautifulSoup) -> None:
    assert page.html["lang"] == "en"
    assert len(page.find_all("main")) == len(page.find_all("h1")) == 1
    assert page.find(class_="skip")["href"] == "#" + page.main["id"]
    assert "width=device-width" in page.find("meta", attrs={"name": "viewport"})["content"]
    assert page.title.string == "City Leaders Go Abroad: A Survey of City Diplomacy in 47 Cities"


def test_headings_never_skip_a_level(page: BeautifulSoup) -> None:
    levels = [int(heading.name[1]) for heading in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_nothing_is_loaded_from_anywhere(page: BeautifulSoup) -> None:
    assert not page.find_all(["link", "iframe", "object", "embed", "base", "form"])
    assert all(image["src"].startswith("data:image/svg+xml") for image in page.find_all("img"))
    assert not [script for script in page.find_all("script") if script.get("src")]


def test_the_policy_admits_exactly_the_style_and_script_of_the_page(page: BeautifulSoup) -> None:
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
    assert f"style-src '{seal(page.style.string)}'" in policy
    assert f"script-src '{seal(page.script.string)}'" in policy
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert not page.find_all(style=True)


def test_every_link_inside_the_page_leads_somewhere_and_no_id_stands_twice(page: BeautifulSoup) -> None:
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(set(ids)) == len(ids)
    inner = [link["href"][1:] for link in page.find_all("a", href=re.compile("^#"))]
    assert len(inner) > 20
    assert set(inner) <= set(ids)


def test_a_number_leads_to_its_entry_and_carries_its_trace(page: BeautifulSoup) -> None:
    number = page.find(id="n-1")
    assert number["class"] == ["number"]
    assert number["data-key"] == "2020/intl_office/share/yes"
    assert number["data-interval"] == "72% to 93%"
    assert number["data-question"] == "Does your city have an office for international affairs?"
    assert number["data-base"] == "36 of 42 cities that answered"
    assert number.a["href"] == "#e-1"
    assert number.text == "86%"


def test_the_notice_stands_on_the_page_once_and_sticks(page: BeautifulSoup) -> None:
    notices = page.find_all(class_="notice")
    assert len(notices) == 1
    assert "simulated" in notices[0].text
    assert re.search(r"\.notice \{ position: sticky; top: 0;", page.style.string)
    assert re.search(r"\.notice \{ display: table-header-group;", page.style.string)


def test_figures_have_number_words_and_caption(page: BeautifulSoup) -> None:
    captions = [caption.text.replace("\u00a0", " ") for caption in page.find_all("figcaption")]
    assert [caption[:9] for caption in captions] == ["Figure 1.", "Figure 2."]
    assert page.find(id="fig-capacities").img["alt"].startswith("Dot plot of four shares")


def test_tables_are_numbered_and_scroll_in_named_regions_as_figures_do(page: BeautifulSoup) -> None:
    tables = page.find_all("table")
    assert [table.caption.text.replace("\u00a0", " ")[:8] for table in tables] == ["Table 1.", "Table 2.", "Table 3."]
    assert all(table.thead for table in tables)
    for each in [*tables, *(figure.img for figure in page.find_all("figure"))]:
        region = each.find_parent(class_="scroll")
        assert (region["role"], region["tabindex"]) == ("region", "0")
        assert region["aria-label"]
    assert len(page.find(id="tbl-numbers").tbody.find_all("tr")) == 250
    assert "right" in page.find(id="tbl-crosstab").tbody.tr.find_all("td")[1]["class"]


def test_chinese_is_marked_as_chinese(page: BeautifulSoup) -> None:
    assert page.find("section", lang="zh-CN").h2.text == "摘要"
    assert page.find(id="obstacles-障碍").find(lang="zh-CN").text == "障碍"
    assert "Paper Chinese" in page.style.string
    assert "data:font/woff;base64," in page.style.string


def test_a_false_claim_is_marked_and_a_true_one_is_not(page: BeautifulSoup) -> None:
    assert page.find(class_="false-claim").text == "a large majority"
    assert page.find(id="c-1")["class"] == ["claim"]


def test_citations_lead_to_the_references_by_author_and_year(page: BeautifulSoup) -> None:
    text = page.find(id="introduction").find_next("p").text.replace("\n", " ")
    assert "(UNFCCC 2015; United Nations 2015, 2016)" in text
    assert "(Acuto et al. 2018, p. 4)" in text
    assert "Kosovac et al. (2021)" in text
    entry = page.find(id="ref-wilson1927").text.strip()
    assert entry.startswith("Wilson, E. B. (1927).")
    assert "22(158), 209–212. https://doi.org/10.1080/01621459.1927.10502953" in entry


def test_no_head_of_a_column_is_empty_and_the_notice_is_a_landmark(page: BeautifulSoup) -> None:
    assert [head for head in page.find_all("th") if not head.get_text(strip=True)] == []
    assert page.find(class_="notice").name == "aside"
