"""The paper as the web page has it, taken apart to be put into the audit pages."""

import re
from dataclasses import dataclass

from recount.building import build
from recount.errors import AuditError, Finding

_PARTS = {
    "language": r'<html lang="([^"]*)">',
    "style": r"<style>(.*?)</style>",
    "notice": r'(<aside class="notice".*?</aside>)',
    "contents": r'<nav class="contents".*?</summary>\s*(<ul>.*?</ul>)\s*</details>',
    "main": r"<main[^>]*>(.*)</main>",
}
_MAY_LACK = ("notice", "contents")


@dataclass(frozen=True)
class Paper:
    """Parts of paper.html: its language, style, notice (of simulated responses), contents and text."""

    language: str
    style: str
    notice: str
    contents: str
    main: str


def parts_of(page: str) -> Paper:
    """Take paper.html apart; raise `AuditError` where it is not as Recount writes it.

    Text of the paper's and of respondents' is escaped there, so that none of it can look like these elements.
    """
    found = {name: re.search(pattern, page, re.DOTALL) for name, pattern in _PARTS.items()}
    if missing := [name for name, match in found.items() if match is None and name not in _MAY_LACK]:
        raise AuditError(
            Finding(
                problem=f"the paper's page has no {' and no '.join(missing)}",
                file="results/paper/paper.html",
                expected="the page that Recount writes",
                mend=f"remove it, then {build()}",
            )
        )
    return Paper(**{name: match[1] if match else "" for name, match in found.items()})
