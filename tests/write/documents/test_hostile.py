import io
from collections.abc import Callable

import docx
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pypdf import PdfReader

from recount.errors import TemplateError

Write = Callable[[str, str], bytes]

ANSWERS = [
    "<img src=x onerror=alert(1)>",
    "<b>bold</b> &amp; &lt;",
    '#import "x.typ": y',
    '#sys.inputs and #read("paper.typ")',
    "\\write18{id} \\input{/etc/passwd}",
    "$(id)$ and $\\alpha$",
    "`#raw`{=typst}",
    "`<script>`{=html}",
    "{{ settings }} {% raw %}",
    "@nobody and <label> and ]]>",
]


def _escaped(answer: str) -> str:
    """As the paper's language writes an answer: every sign of Markdown's behind a backslash."""
    return "".join("\\" + sign if sign.isascii() and not sign.isalnum() and sign != " " else sign for sign in answer)


@pytest.fixture
def answers() -> str:
    return "---\ntitle: T\n---\n\n" + "\n\n".join(_escaped(answer) for answer in ANSWERS) + "\n"


def test_answers_are_text_on_the_page(answers: str, written: Write) -> None:
    page = BeautifulSoup(written(answers, "html"), "lxml")
    assert [paragraph.text for paragraph in page.article.find_all("p")] == ANSWERS
    assert not page.article.find_all(["img", "b", "script"])


def test_answers_are_text_in_word(answers: str, written: Write) -> None:
    paragraphs = docx.Document(io.BytesIO(written(answers, "docx"))).paragraphs
    assert [paragraph.text for paragraph in paragraphs][1:] == ANSWERS


def test_answers_are_text_in_jats(answers: str, written: Write) -> None:
    body = etree.fromstring(written(answers, "xml")).find("body")
    assert ["".join(paragraph.itertext()) for paragraph in body] == ANSWERS


def test_answers_are_text_in_the_pdf(answers: str, written: Write) -> None:
    reader = PdfReader(io.BytesIO(written(answers, "pdf")))
    text = "".join(page.extract_text() for page in reader.pages)
    squeezed = "".join(text.split())
    for answer in ANSWERS:
        assert "".join(answer.split()) in squeezed


def test_answers_are_text_in_latex(answers: str, written: Write) -> None:
    main = written(answers, "tex").decode().split("\\begin{document}")[1]
    assert "\\write18" not in main
    assert "\\input{" not in main
    assert "$" not in main.replace("\\$", "")


def test_raw_markup_of_other_writers_is_no_markup_even_unescaped(written: Write) -> None:
    text = "---\ntitle: T\n---\n\n`<u>X</u>`{=html} <u>a</u> `\\X`{=latex} \\LaTeX \n\n```{=html}\n<u>Y</u>\n```\n"
    page = BeautifulSoup(written(text, "html"), "lxml")
    assert not page.article.find_all("u")
    assert "\\LaTeX" in page.article.text
    main = written(text, "tex").decode().split("\\begin{document}")[1]
    assert "\\LaTeX" not in main
    assert "\\X" not in main


@pytest.mark.parametrize("kind", ["xml", "docx", "pdf"])
def test_letters_that_no_document_can_hold_are_replaced(kind: str, written: Write) -> None:
    content = written("---\ntitle: T\n---\n\nbefore\x01\x0b\x1fafter\ufffe\n", kind)
    exp = "before\ufffd\ufffd\ufffdafter\ufffd"
    if kind == "xml":
        assert etree.fromstring(content).findtext("body/p") == exp
    elif kind == "docx":
        assert docx.Document(io.BytesIO(content)).paragraphs[-1].text == exp
    else:
        assert exp in PdfReader(io.BytesIO(content)).pages[0].extract_text()


def test_letters_that_no_font_has_are_told(written: Write) -> None:
    with pytest.raises(TemplateError, match="could not be displayed") as raised:
        written("---\ntitle: T\n---\n\n🏙\n", "pdf")
    assert "paper.formats" in str(raised.value)
