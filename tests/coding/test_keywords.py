"""What the keywords of a codebook find, and which keywords a codebook may have."""

import unicodedata
from typing import Any

import pytest

from recount.coding.keywords import found_by_keywords
from recount.errors import StudyError
from recount.study.codebook import Code


def code(name: str, *keywords: str, **more: Any) -> Code:
    return Code.declared_in(
        "codebook.yaml", {"id": name, "label": name, "definition": name, "keywords": list(keywords), **more}
    )


CODES = (code("funding", "budget", "fund(s|ing)?", "recursos", "moyens", "经费"), code("staff", r"\bstaff\b", "人手"))


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("No BUDGET, no funds", {"funding": ("BUDGET", "funds")}),
        ("Falta de recursos", {"funding": ("recursos",)}),
        ("经费不足，人手不够", {"funding": ("经费",), "staff": ("人手",)}),
        ("Distaff work", {}),
        ("", {}),
    ],
)
def test_words_of_any_language_are_found_with_what_matched(answer: str, found: dict[str, tuple[str, ...]]) -> None:
    assert found_by_keywords(CODES, answer) == found


def test_an_accent_is_found_however_it_is_written() -> None:
    answer = unicodedata.normalize("NFD", "Diplomacia sin visión")
    assert found_by_keywords([code("vision", "visión")], answer) == {"vision": ("visión",)}


@pytest.mark.parametrize(
    ("keyword", "message"), [("fund(ing", "is no regular expression"), ("x*", "is found in every answer")]
)
def test_a_keyword_that_cannot_serve_is_told(keyword: str, message: str) -> None:
    with pytest.raises(StudyError, match=message):
        code("funding", keyword)


def test_a_color_is_six_digits() -> None:
    assert code("funding", color="#1b9E77").color == "#1b9E77"
    with pytest.raises(StudyError, match="color"):
        code("funding", color="red")
