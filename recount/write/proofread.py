"""The finished page, read back: whatever way a number took, it is traced, listed as allowed, or an error.

The checks before rendering name the line; this one sees what they cannot: words made of several expressions, of
emphasis in the middle of a word, of blocks that the template turns over, and numbers that stand so close together that
they read as another one.
"""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from recount.errors import Finding, TemplateError, shortened
from recount.write.letters import GAP, HOLE
from recount.write.lines import NAME, NAME_END, NUMBER, NUMBER_END, page_lines
from recount.write.numerals import numerals, shown
from recount.write.page import Page, Place
from recount.write.reading import read_text

_TRACED = re.compile(f"{NUMBER}[^{NUMBER_END}]*{NUMBER_END}")
_NAMED = re.compile(f"{NAME}[^{NAME_END}]*{NAME_END}")
_MARKS = re.compile(rf"[{NUMBER}{NUMBER_END}{NAME}{NAME_END}]|\\(?=\W)|^#+ ")
_TOUCHING = re.compile(rf"\d(?:{NUMBER_END}[.,]?{NUMBER}?|[.,]?{NUMBER})\d")


@dataclass(frozen=True)
class Unaccounted:
    """A number on the page that nothing accounts for, and the line in which it stands, as a reader sees it."""

    text: str
    line: str
    problem: str


def proofread(page: Page, tree: Any, ids: Container[str]) -> None:
    """Note as faults all numbers of a finished page that neither the ledger nor its list of allowed ones accounts for.

    Args:
        page: what was printed and allowed while the template was rendered.
        tree: the page without its appendix, as `recount.write.documents.tree` reads it.
        ids: of the numbers in the ledger.
    """
    for each in unaccounted(tree, [allowed.text for allowed in page.allowed], ids):
        finding = Finding(
            problem=each.problem,
            value=each.text,
            expected="a number of the paper by itself, with a blank or a word before the next one",
            mend=f"see where this is made: {shortened(each.line, 120)}",
        )
        page.fault_at(TemplateError(finding), Place(file=page.template))


def unaccounted(tree: Any, allowed: Iterable[str], ids: Container[str]) -> Iterator[Unaccounted]:
    """Go through the numbers of a page that are not traced, nor among those allowed, in the order of the page."""
    lines = page_lines(tree, ids)
    reading = read_text("\n".join(_NAMED.sub(GAP, _TRACED.sub(HOLE, line)) for line in lines), allowed)
    for raw, prose in zip(lines, reading.prose.split("\n"), strict=bool(lines)):
        line = _MARKS.sub("", raw)
        for found in _TOUCHING.finditer(raw):
            yield Unaccounted(_MARKS.sub("", found[0]), line, "two numbers read as one")
        for found in numerals(prose):
            yield Unaccounted(shown(found).strip(HOLE), line, "this number reached the page without a source")
