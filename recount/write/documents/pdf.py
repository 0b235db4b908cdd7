"""The PDF: pandoc writes typst, typst sets the pages."""

import shutil
import tempfile
from pathlib import Path
from typing import Literal

from recount.errors import Finding, TemplateError
from recount.write.documents.chinese import font_folder
from recount.write.documents.pandoc import Source, written

# PDF/UA-1 makes typst refuse what a screen reader could not read: a figure without words, a missing title.
STANDARD: Literal["ua-1"] = "ua-1"


def pdf(source: Source) -> bytes:
    """Write the paper as a tagged PDF (PDF/UA-1) dated `epoch`; raise `TemplateError` with what typst says."""
    import typst  # noqa: PLC0415 - only this document needs it

    markup = written(source, to="typst", template="paper.typ", filters=("typst.lua",))
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)  # typst can read what stands here and nothing else
        shutil.copytree(source.figures, root / "figures", ignore=lambda _, names: _not_svg(names))
        (root / "paper.typ").write_bytes(markup)
        try:
            content, warnings = typst.compile_with_warnings(
                    str(root / "paper.typ"),
                    root=str(root),
                    font_paths=[str(font_folder())],
                    ignore_system_fonts=True,
                    timestamp=source.epoch,
                    pdf_standards=STANDARD,
                )
            )
        except typst.TypstError as error:
            raise TemplateError(_finding(error, source.markdown)) from None


def _not_svg(names: list[str]) -> list[str]:
    return [name for name in names if not name.endswith(".svg")]


def _finding(error: Exception, markdown: Path) -> Finding:
    hints = "; ".join(getattr(error, "hints", ()))
    return Finding(problem=f"typst: {getattr(error, 'message', error)}", file=markdown.name, expected=hints)
