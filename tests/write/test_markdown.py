"""Hostile text comes out of pandoc as it went in."""

import json

import pypandoc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recount.write.citations import citations
from recount.write.markdown import MARKER, escaped, marker, place_of, plain, quoted, span

HOSTILE = [
    "<script>alert(1)</script>",
    "$x$ \\input{/etc/passwd} \\",
    "*bold* _it_ ~~out~~ ^up^ ~down~ `code`",
    "[link](http://x) ![img](y) [@cite] @nobody [^1] ^[note]",
    "1. list",
    "(1) list",
    "a. list",
    "- item",
    "+ item",
    ": caption",
    "::: div",
    "# heading",
    "> quote",
    "| a | b |",
    "=== ---",
    "{#id .class} {{ jinja }} {% x %}",
    "&amp; &#42; <!-- x -->",
    "a -- b --- c ... d",
    "tab\there\nnew line\r\nmore",
    '=HYPERLINK("x")',
    "是的，“引号”",
    "#set page(fill: red)",
    "% title",
    "\x00\x07bell\u202egnirts\ue000\ue010\ue001",
    "",
]


def _text(nodes: list[dict[str, object]]) -> str:
    """The text of inline nodes, any other node by its name, so that markup cannot pass as text."""
    parts = {"Space": " ", "SoftBreak": " "}
    return "".join(
        str(each["c"]) if each["t"] == "Str" else parts.get(str(each["t"]), f"<{each['t']}>") for each in nodes
    )


def _through_pandoc(texts: list[str]) -> list[str]:
    document = "\n\n".join(f"[{escaped(text)}]{{.x}}" for text in texts)
    blocks = json.loads(pypandoc.convert_text(document, "json", format="markdown-smart"))["blocks"]
    return [_text(block["c"][0]["c"][1]) for block in blocks]


def test_hostile_text_is_text() -> None:
    assert _through_pandoc(HOSTILE) == [plain(text) for text in HOSTILE]


def test_hostile_text_is_text_at_the_start_of_a_paragraph_too() -> None:
    texts = [text for text in HOSTILE if plain(text)]
    blocks = json.loads(pypandoc.convert_text("\n\n".join(map(escaped, texts)), "json", format="markdown-smart"))[
        "blocks"
    ]
    assert [block["t"] for block in blocks] == ["Para"] * len(texts)
    assert [_text(block["c"]) for block in blocks] == [plain(text) for text in texts]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("*_`[](){}<>#|~^$@&\\-+.:%!=1a \n\t“é是", min_size=1, max_size=20), min_size=20, max_size=20))
def test_any_text_is_text(texts: list[str]) -> None:
    assert _through_pandoc(texts) == [plain(text) for text in texts]


def test_attributes_keep_their_value_even_in_a_table() -> None:
    value = 'a "b" | c \\ `d` <e> {f} & g'
    table = f"| a | b |\n|---|---|\n| {span('1', 'n-1', 'number', question=value)} | 2 |"
    document = json.loads(pypandoc.convert_text(table, "json", format="markdown"))
    text = json.dumps(document, ensure_ascii=False)
    assert json.dumps(["question", value], ensure_ascii=False) in text
    assert document["blocks"][0]["t"] == "Table"


def test_a_quoted_value_is_on_one_line() -> None:
    assert quoted("a\n\nb") == '"a b"'


@pytest.mark.parametrize("place", [0, 7, 12345])
def test_a_marker_is_read_back_and_holds_no_digit(place: int) -> None:
    found = MARKER.fullmatch(marker(place))
    assert found is not None
    assert place_of(found) == place
    assert not any(character.isdigit() for character in marker(place))


def test_citations_are_found_with_their_lines() -> None:
    text = "See @acuto2018, p. 4.\nAs [-@un2015; see @x:y.z]. Mail a@b.org, `@code`, {{ f('@x') }}, \\@not, <a@b>."
    assert citations(text) == [("acuto2018", 1), ("un2015", 2), ("x:y.z", 2)]
