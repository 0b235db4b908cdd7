"""The numbers that headings and lists have by their place: they are no statements, as long as they count on."""

import re

from recount.write.letters import HOLE
from recount.write.unprinted import blanked

_HEADING = re.compile(r"^(#{1,6}[ \t]+)(\d+(?:\.\d+)*)\.?(?=[ \t])")
_ITEM = re.compile(r"^([ \t]*)\(?(\d+)[.)](?=[ \t])")


def without_numbering(text: str) -> str:
    """Blank the numbers of headings and of list items that follow on the one before; the first is 1.

    A heading "# 42 cities" and a list that begins at 42 keep their number, for it says something.
    """
    headings: list[int] = []
    items: dict[str, int] = {}
    lines, before = [], ""
    for line in text.split("\n"):
        heading, item = _HEADING.match(line), _ITEM.match(line)
        made = line
        if heading and _follows(parts := [int(each) for each in heading[2].split(".")], headings):
            headings, made = parts, blanked(heading[0]) + line[heading.end() :]
        elif item and _counts_on(int(item[2]), items.get(item[1], 0), before):
            items[item[1]], made = int(item[2]), blanked(item[0]) + line[item.end() :]
        lines.append(made)
        before = line
    return "\n".join(lines)


def _follows(number: list[int], last: list[int]) -> bool:
    """Whether the number of a heading is the next one at its depth: 2 or 1.2 after 1.1, 1.1.1 below it."""
    depth = len(number)
    before = last[depth - 1] if len(last) >= depth else 0
    return number == [*last[: depth - 1], before + 1]


def _counts_on(number: int, last: int, line_before: str) -> bool:
    """Whether a list's item is the next one; a list cannot begin in the middle of a paragraph."""
    if number == 1:
        return not line_before.strip(f" \t{HOLE}") or _ITEM.match(line_before) is not None
    return number == last + 1
