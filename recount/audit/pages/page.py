"""The audit pages: one file that works from disk, without a server and without a network."""

from collections.abc import Mapping
from html import escape
from string import Template
from typing import Any

from recount.audit.pages.embed import embedded
from recount.audit.pages.paper import Paper
from recount.write.documents.seal import seal

TEMPLATE = "audit.html"
# In the order in which they stand on the page: what is used comes before what uses it.
STYLES = ("frame.css", "card.css", "tables.css", "stages.css", "narrow.css", "print.css")
SCRIPTS = (
    *("element.js", "data.js", "written.js", "address.js", "table.js", "change.js"),
    *("flow.js", "answers.js", "respondents.js", "origin.js", "estimate.js", "number.js"),
    *("claim.js", "question.js", "code.js", "respondent.js", "overview.js"),
    *("stage.js", "stage-raw.js", "stage-cleaning.js", "stage-coding.js", "stage-estimates.js", "stage-figures.js"),
    *("stage-text.js", "search.js", "paper.js", "keys.js", "show.js"),
)


def audit_page(paper: Paper, model: Mapping[str, Any], assets: Mapping[str, str]) -> str:
    """Put the paper, the data, and the pages' own style and script into one page.

    `assets` are the files of report/audit by name. The policy admits exactly this style and this script; pictures and
    fonts only from inside the page; and no text as markup, whatever a script may do (Trusted Types).
    """
    style = "\n".join([paper.style, *(assets[name] for name in STYLES)]).strip()
    body = "\n".join(assets[name] for name in SCRIPTS)
    script = f'"use strict";\n(() => {{\n{body}\n}})();'
    return Template(assets[TEMPLATE]).substitute(
        language=escape(paper.language),
        policy=policy(style, script),
        title=escape(str(model["study"]["title"])),
        notice=paper.notice,
        contents=paper.contents,
        main=paper.main,
        style=style,
        script=script,
        data=embedded(model),
    )


def policy(style: str, script: str) -> str:
    """Write the Content-Security-Policy that forbids all that these pages do not need."""
    return (
        f"default-src 'none'; style-src '{seal(style)}'; script-src '{seal(script)}'; img-src data:; font-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
