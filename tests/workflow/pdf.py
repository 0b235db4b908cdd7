"""The pages of a built PDF held against its web page, which is accounted for: the same numerals, each as often."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PdfReader

from recount.display.words import in_words
from recount.write.numerals import CHINESE
from tests.workflow.pieces import Block, Page

# Digits between which a line may break: the parts of a decimal, of an address, of a range.
RUN = re.compile(r"\d+%?")
HAN = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s+|\s+(?=[\u3000-\u9fff\uff00-\uffef])")
# Of the page and not of the paper: what a screen reader hears, and where the PDF has links of its own.
NOT_IN_PRINT = ("head title", "toc", "notice")
FALSE = "[not true on these data]"
WORDS = sorted({in_words(n).replace("-", "") for n in range(100)} - {"one"}, key=len, reverse=True)
WORDS += ["half", "halves", "quarter", "quarters", "thirds", "twice", "dozen", "hundred", "thousand", "million"]
WORD = re.compile(rf"(?<![a-z])(?:{'|'.join(WORDS)})(?![a-z])")


def read_pages(file: Path) -> list[str]:
    """Read the text of each page."""
    return [page.extract_text() for page in PdfReader(file).pages]


def unaccounted(pages: Sequence[str], page: Page, *, short_title: str, notice: str) -> list[str]:
    """Compare numerals; say what only one of the two has. Running heads and page numbers are counted here."""
    furniture = [f"{short_title} page {number} of {len(pages)} {notice}" for number in range(1, len(pages) + 1)]
    shown = [_text(block) for block in page.blocks if block.role not in NOT_IN_PRINT and not _is_skip(block)]
    exp = Counter(_numerals("\n".join([*shown, *furniture, notice])))
    got = Counter(_numerals("\n".join(pages)))
    return [f"{each!r} only in the PDF" for each in (got - exp).elements()] + [
        f"{each!r} only on the page" for each in (exp - got).elements()
    ]


def _text(block: Block) -> str:
    return " ".join(piece.text for piece in block.pieces) if block.role in ("entry", "head") else block.text


def _is_skip(block: Block) -> bool:
    return [piece.mark for piece in block.pieces] == ["#main"]


def _numerals(text: str) -> Iterator[str]:
    """Runs of digits, and number words whichever way a line is broken."""
    yield from RUN.findall(text)
    whole = re.sub(r"-\s*\n\s*|(?<=\w)-(?=\w)", "", text)
    yield from WORD.findall(" ".join(whole.lower().split()))
    yield from (each[0] for each in CHINESE.finditer(HAN.sub("", text)))
