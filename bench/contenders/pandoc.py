"""Pandoc's part in a paper: reading it once, and writing every kind of document."""

import sys
from pathlib import Path

from recount.write.documents import write_document
from recount.write.documents.tree import tree

study, house = Path(sys.argv[1]), Path(sys.argv[2])
markdown = study / "results/paper/paper.md"
tree(markdown.read_text(encoding="utf-8"))
for kind in ("html", "pdf", "docx", "tex", "xml"):
    write_document(
        markdown,
        study / "pandoc" / f"paper.{kind}",
        kind=kind,
        figures=study / "results/figures",
        bibliography=study / "report/references.bib",
        style=study / "report/styles/journal.csl",
        styles=house / "report/styles",
    )
