"""What reads as a number, in any script and in words, and what does not."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.display.words import in_chinese, in_words
from recount.write.numerals import OTHER_DIGITS, numerals
from recount.write.reading import PRINTED_KEYS, read_text
from recount.write.typed import named_in, typed_in

STYLES = Path(__file__).parents[2] / "report/styles"
# Variables of the documents' templates that the paper's front matter does not fill.
MADE = {"author-meta", "back", "body", "lang", "policy", "sep", "table-of-contents"}
MADE |= {"highlighting-definitions", "highlighting-macros", "sectpr"}
ZEROS = [chr(code) for code in range(0x20000) if unicodedata.digit(chr(code), -1) == 0 and chr(code).isdecimal()]


@given(st.integers(0, 10**9), st.sampled_from(ZEROS))
def test_digits_of_every_script_are_found(number: int, zero: str) -> None:
    written = "".join(chr(ord(zero) + int(digit)) for digit in str(number))
    assert typed_in(f"In {written} cities") == [written]


@given(st.integers(0, 999).filter(lambda n: n != 1))
def test_numbers_in_words_are_found(number: int) -> None:
    assert typed_in(f"In {in_words(number)} cities")


@given(st.integers(2, 10**9))
def test_chinese_numerals_with_a_measure_word_are_found(number: int) -> None:
    written = in_chinese(number)
    assert "".join(typed_in(f"有{written}个城市"))[0] == written[0]


def test_every_letter_that_unicode_gives_the_value_of_a_number_in_western_print_is_found() -> None:
    letters = [chr(code) for code in range(0xA0, 0x1F200) if unicodedata.category(chr(code)) in ("No", "Nl")]
    western = [
        each for each in letters if re.fullmatch(r"[\d.,/⁄()IVXLCDMivxlcdm]+", unicodedata.normalize("NFKC", each))
    ]
    assert [each for each in western if not typed_in(f"In {each} cities")] == []
    assert not re.search(f"[{OTHER_DIGITS}]", "aZ09 一中")


@given(st.text(alphabet="\u00ad\u200b\u200c\u200d\u2060\ufeff\u202e\ufe0f", max_size=3), st.integers(0, 5))
def test_letters_that_nobody_sees_hide_nothing(unseen: str, place: int) -> None:
    for number in ("123456", "forty-two", "四十七个"):
        written = number[:place] + unseen + number[place:]
        assert typed_in(written) == typed_in(number)


@given(st.text(alphabet="abc *_`[](){}<>#.:;\\&~^|\n-"))
def test_what_holds_no_numeral_has_none_whatever_its_markup(text: str) -> None:
    assert list(numerals(read_text(text, ()).prose)) == []


@given(st.text(alphabet="ab *_`[](){}<>#.:;\\&~^|\n-", max_size=30), st.text(alphabet="ab )]}>`*_:\n", max_size=8))
def test_reading_keeps_every_line(text: str, rest: str) -> None:
    assert read_text(text + "42" + rest, ()).prose.count("\n") == (text + rest).count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "one of them",
        "first, second and third",
        "the twenty-first century",
        "half-hearted"[5:],
        "a third person",
        "often",
    ],
)
def test_words_that_are_mostly_no_numbers_are_let_through(text: str) -> None:
    assert typed_in(text) == []


def test_digits_behind_a_letter_are_names() -> None:
    assert named_in("CO2, C40 and H1N1; m² but 42, -7 and 2a") == ["CO2", "C40", "H1N1", "m²"]
    assert typed_in("CO2, C40 and H1N1; m²") == []


def test_what_the_documents_print_of_the_front_matter_is_read() -> None:
    templates = [each.read_text(encoding="utf-8") for each in STYLES.glob("paper.*")]
    found = {name for text in templates for name in re.findall(r"\$(?:if\(|for\()?([a-z][a-z-]*)(?=[.)$])", text)}
    names = found - MADE - {"if", "for", "else", "endif", "endfor", "none"}
    assert {"title", "abstract-zh", "short-title"} <= names
    assert [name for name in sorted(names) if not PRINTED_KEYS.match(f"{name}:")] == []
