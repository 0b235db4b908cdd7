"""The web page: one file, nothing loaded from anywhere."""

import re

from recount.page.chinese import font_face
from recount.page.seal import seal
from recount.write.documents.pandoc import Source, written

HEADINGS = "摘要"  # what the page's template adds to the paper in Chinese
# Pandoc aligns cells with styles of their own, which the page's policy forbids, and tells odd rows from even ones. In
# text and attributes a quotation mark is written &quot;, so that nothing of the paper's can look like these.
ALIGNED = re.compile(rb' style="text-align: (left|right|center);"')
# The corner above a table's first column heads nothing.
CORNER = re.compile(rb"<th((?: [^>]*)?)></th>")
STRIPED = re.compile(rb'<tr class="(?:odd|even|header)">')


def html(source: Source) -> bytes:
    """Write the paper as a self-contained web page whose policy admits only its own style, script and font."""
    letters = source.markdown.read_text(encoding="utf-8") + HEADINGS
    style = (font_face(letters) + _read(source, "paper.css")).strip()  # pandoc drops blanks at the end
    script = _read(source, "paper.js").strip()
    policy = (
        "default-src 'none'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'; "
        f"style-src '{seal(style)}'; script-src '{seal(script)}'"
    )
    page = written(
        source,
        to="html5",
        template="paper.html",
        filters=("html.lua",),
        options=(
            "--toc",
            "--toc-depth=3",
            "--shift-heading-level-by=1",
            "--reference-location=section",
            f"--variable=policy:{policy}",
        ),
    )
    page = CORNER.sub(rb"<td\1></td>", STRIPED.sub(b"<tr>", ALIGNED.sub(rb' class="\1"', page)))
    # Not by pandoc: an argument holds 128 kB at most, and a font may be larger.
    return page.replace(b"/* paper.css */", style.encode(), 1).replace(b"/* paper.js */", script.encode(), 1)


def _read(source: Source, name: str) -> str:
    return (source.styles / name).read_text(encoding="utf-8")
