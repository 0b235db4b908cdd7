"""The desk's pages: one file each, which works from disk, without a server and without a network."""

from collections.abc import Mapping
from html import escape
from typing import Any

from recount.coding.desk.model import Desk
from recount.page.closed import closed_page

TEMPLATE = "desk.html"
STYLES = ("frame.css", "answer.css", "narrow.css", "print.css")
# In the order in which they stand on the page: what is used comes before what uses it.
SCRIPTS = (
    *("element.js", "letters.js", "data.js", "table.js", "store.js", "lines.js", "history.js", "suggestions.js"),
    *("coders.js", "filters.js", "list.js", "answer.js", "book.js", "files.js", "merge.js", "people.js", "keys.js"),
    "desk.js",
)
NOTICE = '<aside class="notice" aria-label="Notice"><p>The responses of this wave are simulated.</p></aside>'


def desk_page(desk: Desk, model: Mapping[str, Any], assets: Mapping[str, str]) -> str:
    """Put a model of the desk into a page; `assets` are the files of report/page and report/desk by name."""
    doing = "Adjudicate" if model["mode"] == "adjudicate" else "Code"
    return closed_page(
        assets[TEMPLATE],
        styles=[assets[name] for name in STYLES],
        scripts=[assets[name] for name in SCRIPTS],
        data=model,
        title=escape(f"{doing}: {desk.question.label}, {desk.wave_title}"),
        heading=escape(f"{doing}: {desk.question.label}"),
        wave=escape(f"{desk.study}, {desk.wave_title}"),
        asked=escape(desk.question.text_in(desk.wave)),
        question=escape(desk.question.id),
        folder=escape(desk.folder),
        notice=NOTICE if desk.simulated else "",
    )
