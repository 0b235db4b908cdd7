"""Where a number stands in the paper: in which table or figure, or under which heading of the text."""

import re
from collections.abc import Mapping
from typing import Any

from recount.write import frontmatter
from recount.write.sentences import readable

IN_TEXT = "In-text number"
_FLOAT = re.compile(r"^(figure|table)s\.([^.]+)")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*)$")
_NUMBER = re.compile(r"\{#(n-\d+)[ }]")
_FENCE = re.compile(r"^(`{3,}|~{3,})")
_HEAD = {"abstract": "Abstract", "front matter": "Title page"}


def float_of(number: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give kind and name of the figure or table that a number of the ledger stands in; None in the text."""
    if number["figure"]:
        return "figure", number["figure"]
    declared = _FLOAT.match(number["declared_at"])
    return (declared[1], declared[2]) if declared else None


def named(kind: str, number: int) -> str:
    """Name a figure or table as the paper does: Table 2."""
    return f"{kind.capitalize()} {number}"


def sections(paper: str) -> dict[str, str]:
    """Give, for the id of each number in the body of paper.md, the headings above it: "Methods / Responses"."""
    found: dict[str, str] = {}
    above: dict[int, str] = {}
    fence = ""
    for line in frontmatter.split(paper, "paper.md")[1].splitlines():
        mark, heading = _FENCE.match(line), _HEADING.match(line)
        if mark and fence in ("", mark[1]):
            fence = "" if fence else mark[1]
        if heading and not fence:
            above = {level: title for level, title in above.items() if level < len(heading[1])}
            above[len(heading[1])] = readable(heading[2], {})
        found |= {each[1]: " / ".join(above.values()) for each in _NUMBER.finditer(line)}
    return found


def section_of(number: Mapping[str, Any], headings: Mapping[str, str]) -> str:
    """Say under which heading a number stands; the title page and the abstract have none."""
    return _HEAD.get(number["part"], headings.get(number["id"], ""))
