"""A small paper with every construct of the language, as it stands in Markdown, on the page, in the PDF and in Word.

What is kept in __snapshots__ is to be read; `pytest --snapshot-update` writes it anew after a change that was meant.
"""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from bs4 import BeautifulSoup
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from recount.write.documents.pandoc import Source
from recount.write.documents.pandoc import written as by_pandoc
from recount.write.documents.tree import tree
from recount.write.paper import Written

TEMPLATE = Path(__file__).parent / "small.md.j2"
OFFICE = {"question": "office", "category": "yes"}
TABLES = {
    "tables": {
        "regions": {
            "kind": "crosstab",
            "caption": "Offices in {{ year() }}",
            "items": [OFFICE],
            "groups": ["region"],
            "note": "A dash stands for fewer than {{ setting('estimates.minimum_base') | words }} cities.",
        }
    }
}
SETTINGS = {
    "waves": {
        "2018": {"export": "a.csv", "design": "census"},
        "2020": {"export": "b.csv", "design": "census", "simulated": True},
    },
    "paper": {"wave": "2020", "claims": "warn"},
    "keywords": ["city diplomacy", "城市外交"],
}


class Text(SingleFileSnapshotExtension):
    """A snapshot as a file that an editor opens."""

    _write_mode = WriteMode.TEXT


class Markdown(Text):
    file_extension = "md"


class Html(Text):
    file_extension = "html"


class Typst(Text):
    file_extension = "typ"


class Plain(Text):
    file_extension = "txt"


@pytest.fixture
def paper(write: Callable[..., Written]) -> str:
    words = {"obstacles": "Bars, 2020: funding 71%, staff 48%."}
    return write(
        TEMPLATE.read_text(encoding="utf-8"), tables=TABLES, settings=SETTINGS, alt_texts=words, tree=tree
    ).markdown


@pytest.fixture
def small(source: Source, paper: str, tmp_path: Path) -> Source:
    file = tmp_path / "paper.md"
    file.write_text(paper, encoding="utf-8")
    return replace(source, markdown=file)


def test_the_paper_in_markdown(paper: str, snapshot: SnapshotAssertion) -> None:
    assert paper == snapshot(extension_class=Markdown)


def test_the_page(paper: str, written: Callable[[str, str], bytes], snapshot: SnapshotAssertion) -> None:
    page = BeautifulSoup(written(paper, "html"), "html.parser")
    assert page.main is not None
    for image in page("img"):
        image["src"] = "..."
    assert str(page.find(class_="notice")) + "\n" + str(page.main) == snapshot(extension_class=Html)


def test_the_sheets_before_they_are_set(small: Source, snapshot: SnapshotAssertion) -> None:
    markup = by_pandoc(small, to="typst", template="paper.typ", filters=("typst.lua",)).decode()
    head, body = markup.split("// The head of the paper.")
    assert "short-title = [Cities abroad]" in head
    assert body == snapshot(extension_class=Typst)


def test_the_manuscript_paragraph_by_paragraph(
    paper: str, written: Callable[[str, str], bytes], snapshot: SnapshotAssertion
) -> None:
    manuscript = docx.Document(io.BytesIO(written(paper, "docx")))
    lines = [f"{each.style.name}: {each.text}" for each in manuscript.paragraphs if each.style]
    for table in manuscript.tables:
        lines += ["", *(" | ".join(cell.text for cell in row.cells) for row in table.rows)]
    assert "\n".join(lines) + "\n" == snapshot(extension_class=Plain)


def test_every_construct_of_the_small_paper_is_in_its_snapshot(paper: str) -> None:
    for construct in (r"\{#n-\d+ \.number key=", r"\.number \.name", r"\.claim\}", r"\.false-claim\}", r"\[\^1\]", "–"):
        assert re.search(construct, paper)
