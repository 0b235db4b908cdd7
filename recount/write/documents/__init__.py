"""The documents: one paper in Markdown, written as a web page, a PDF, a Word manuscript, LaTeX and JATS."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from recount.errors import Finding, TemplateError
from recount.write.documents.docx import docx
from recount.write.documents.html import html
from recount.write.documents.jats import jats
from recount.write.documents.pandoc import Source
from recount.write.documents.pdf import pdf
from recount.write.documents.tex import tex

Kind = Literal["html", "pdf", "docx", "tex", "xml"]
WRITERS: dict[Kind, Callable[[Source], bytes]] = {"html": html, "pdf": pdf, "docx": docx, "tex": tex, "xml": jats}


def write_document(
    markdown: Path,
    output: Path,
    *,
    kind: Kind,
    figures: Path,
    bibliography: Path,
    style: Path,
    styles: Path,
    epoch: int = 0,
) -> None:
    """Write the paper as one document; the same inputs give the same bytes.

    `figures` holds NAME.svg, NAME.png and NAME.pdf of each figure; `style` is a CSL style; `styles` is report/styles;
    `epoch` is the date that the file carries, in seconds since 1970. Raises `TemplateError` with what pandoc or typst
    say, of warnings too: a missing citation, picture or entry, a link that leads nowhere.
    A paper without figures needs no folder of them.
    """
    inputs = (markdown, bibliography, style, styles)
    if missing := [Finding(problem="there is no such file", file=str(each)) for each in inputs if not each.exists()]:
        raise TemplateError(*missing)
    source = Source(
        markdown=markdown,
        figures=figures,
        bibliography=bibliography,
        style=style,
        styles=styles,
        epoch=epoch,
        link=Path(os.path.relpath(figures, output.parent)).as_posix(),
    )
    content = WRITERS[kind](source)
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(content)
