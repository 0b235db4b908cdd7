import io
import zipfile
from collections.abc import Callable

import docx
import pytest
from bs4 import BeautifulSoup
from lxml import etree
from pypdf import PdfReader

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


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "tex", "xml"])
def test_marks_that_turn_the_direction_of_text_are_taken_out_of_all_documents(kind: str, written: Write) -> None:
    content = written("---\ntitle: T \u202et\n---\n\na\u202eb\u2066c\u2069 `d\u202ae`\n", kind)
    if kind == "docx":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = archive.read("word/document.xml")
    text = _text_of_pdf(content) if kind == "pdf" else content.decode()
    assert "abc" in text
    assert not set(text) & set("\u202a\u202e\u2066\u2069")


def test_letters_that_no_font_has_stand_as_codes_in_the_pdf_and_are_told(
    written: Write, caplog: pytest.LogCaptureFixture
) -> None:
    table = "| City | Answer |\n|:--|:--|\n| [1]{#e-1} | 🏙x |\n"
    head = "---\ntitle: T 🏙\n---\n\n# ภาษา\n\n"
    text = _text_of_pdf(written(f"{head}[1]{{#n-1 .number entry=e-1}} *so*🤷🏽\u200d♀ “🏙” 城市\n\n{table}", "pdf"))
    assert "so⟨U+1F937⟩⟨U+1F3FD⟩" in text
    assert "“⟨U+1F3D9⟩” 城市" in text
    assert "⟨U+1F3D9⟩x" in text
    codes = "U+0E20, U+0E29, U+0E32, U+1F3D9, U+1F3FD, U+1F937"
    told = f"paper.pdf: no font of the PDF has {codes}; their codes stand in their place"
    assert [record.message for record in caplog.records] == [told]


def test_letters_that_no_font_of_the_pdf_has_stay_themselves_elsewhere(written: Write) -> None:
    assert "🏙" in written("---\ntitle: T\n---\n\n🏙\n", "html").decode()


def test_letters_that_the_fonts_have_are_not_told(written: Write, caplog: pytest.LogCaptureFixture) -> None:
    text = _text_of_pdf(written("---\ntitle: T\n---\n\nŁódź, Αθήνα, Київ, ½ → 城市 한국\n", "pdf"))
    assert "Łódź, Αθήνα, Київ, ½ → 城市 한국" in text
    assert not caplog.records


def _text_of_pdf(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
