import io
from collections.abc import Callable

import docx
from bs4 import BeautifulSoup, Tag
from docx.oxml.ns import qn
from lxml import etree
from pypdf import PdfReader

Write = Callable[[str, str], bytes]
HEAD = "---\ntitle: T\n---\n\n"
CROSSTAB = """
|  | All | Region: Africa | Region: Asia | Size: small |
|:--|--:|--:|--:|--:|
| **Office** |  |  |  |  |
| Yes | 1% | 2% | 3% | 4% |
| **Budget** |  |  |  |  |
| Yes | 5% | 6% | 7% | 8% |

: A crosstab {#tbl-a}

::: note
Of cities.
:::
"""


def _table(content: bytes) -> Tag:
    return BeautifulSoup(content, "lxml").table


def _texts(row: Tag) -> list[str]:
    return [cell.text for cell in row.find_all(["th", "td"])]


def test_heads_under_one_word_share_it(written: Write) -> None:
    upper, lower = _table(written(HEAD + CROSSTAB, "html")).thead.find_all("tr")
    assert _texts(upper) == ["", "All", "Region", "Size: small"]
    assert _texts(lower) == ["Africa", "Asia"]
    region = upper.find("th", string="Region")
    assert (region["colspan"], region["scope"]) == ("2", "colgroup")
    assert [cell["rowspan"] for cell in upper.find_all(["th", "td"]) if cell != region] == ["2", "2", "2"]


def test_heads_that_share_no_word_stay_as_they_are(written: Write) -> None:
    text = "| A: x | B: y | A: z |\n|:--|--:|--:|\n| a | 1 | 2 |\n"
    rows = _table(written(HEAD + text, "html")).thead.find_all("tr")
    assert [_texts(row) for row in rows] == [["A: x", "B: y", "A: z"]]


def test_a_row_that_heads_others_stands_over_all_columns(written: Write) -> None:
    rows = _table(written(HEAD + CROSSTAB, "html")).tbody.find_all("tr")
    assert [_texts(row) for row in rows] == [
        ["Office"],
        ["Yes", "1%", "2%", "3%", "4%"],
        ["Budget"],
        ["Yes", "5%", "6%", "7%", "8%"],
    ]
    assert rows[0].td["colspan"] == "5"


def test_columns_of_words_are_set_left_and_columns_of_numbers_where_they_were(written: Write) -> None:
    text = "| A | B | C | D |\n|--:|--:|--:|:--|\n| 2020/office/share | 10 May 2018 | 4% | 7 |\n| – | – | – | 8 |\n"
    cells = _table(written(HEAD + text, "html")).tbody.tr.find_all("td")
    assert [cell["class"] for cell in cells] == [["left"], ["right"], ["right"], ["left"]]


def test_word_repeats_both_rows_of_a_head_and_styles_all_cells(written: Write) -> None:
    manuscript = docx.Document(io.BytesIO(written(HEAD + CROSSTAB, "docx")))
    rows = list(manuscript.element.body.iter(qn("w:tr")))
    assert [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows] == [True, True] + [False] * 4
    styles = [{style.get(qn("w:val")) for style in row.iter(qn("w:pStyle"))} for row in rows]
    assert styles == [{"TableHead"}] * 2 + [{"TableText"}] * 4


def test_a_list_beside_a_table_keeps_its_style_in_word(written: Write) -> None:
    manuscript = docx.Document(io.BytesIO(written(f"{HEAD}- one\n- two\n\n{CROSSTAB}", "docx")))
    assert [p.style.name for p in manuscript.paragraphs if p.text == "one"] == ["Compact"]


def test_an_archive_keeps_the_spans(written: Write) -> None:
    article = etree.fromstring(written(HEAD + CROSSTAB, "xml"))
    assert [cell.get("colspan") for cell in article.iter("th") if cell.text == "Region"] == ["2"]


def test_the_pdf_keeps_figures_and_tables_in_order_and_notes_with_their_tables(written: Write) -> None:
    paragraph = "Text. " * 120 + "\n\n"
    tables = [CROSSTAB.replace("tbl-a", f"tbl-{index}").replace("Of cities", f"Note {index}") for index in range(1, 9)]
    text = HEAD + "# One\n\n" + "".join(paragraph + each for each in tables[:4]) + "# Two\n\n" + "".join(tables[4:])
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(written(text, "pdf"))).pages]
    found = [page for index in range(1, 9) for page, words in enumerate(pages) if f"Table\u00a0{index}." in words]
    notes = [page for index in range(1, 9) for page, words in enumerate(pages) if f"Note {index}." in words]
    assert found == notes == sorted(found)
    assert len(found) == 8


def test_a_table_that_follows_a_heading_stays_below_it(written: Write) -> None:
    text = f"{HEAD}# First\n\n{'Text. ' * 300}\n\n# Second\n\n{CROSSTAB}\n# Third\n\nText.\n"
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(written(text, "pdf"))).pages)
    assert words.index("Second") < words.index("A crosstab") < words.index("Third")
