"""The audit pages: one file that works from disk, without a server and without a network."""

from collections.abc import Mapping
from html import escape
from typing import Any

from recount.audit.pages.paper import Paper
from recount.page.closed import closed_page

TEMPLATE = "audit.html"
# In the order in which they stand on the page: what is used comes before what uses it.
STYLES = ("frame.css", "card.css", "tables.css", "stages.css", "narrow.css", "print.css")
SCRIPTS = (
    *("element.js", "letters.js", "data.js", "written.js", "address.js", "table.js", "change.js"),
    *("flow.js", "answers.js", "respondents.js", "origin.js", "estimate.js", "number.js"),
    *("claim.js", "question.js", "code.js", "respondent.js", "quotation.js", "overview.js"),
    *("stage.js", "stage-raw.js", "stage-cleaning.js", "stage-coding.js", "stage-estimates.js", "stage-figures.js"),
    *("stage-text.js", "search.js", "paper.js", "keys.js", "show.js"),
)


def audit_page(paper: Paper, model: Mapping[str, Any], assets: Mapping[str, str]) -> str:
    """Put the paper, the data, and the pages' own style and script into one page.

    `assets` are the files of report/page and report/audit by name.
    """
    return closed_page(
        assets[TEMPLATE],
        styles=[paper.style, *(assets[name] for name in STYLES)],
        scripts=[assets[name] for name in SCRIPTS],
        data=model,
        language=escape(paper.language),
        title=escape(str(model["study"]["title"])),
        notice=paper.notice,
        contents=paper.contents,
        main=paper.main,
    )
