"""The PDF: pandoc writes typst, typst sets the pages."""

import shutil
import tempfile
from pathlib import Path
from typing import Literal

from recount.errors import Finding, TemplateError
from recount.page.chinese import font_folder
from recount.write.documents.drawable import drawable
from recount.write.documents.object_streams import compressed
from recount.write.documents.pandoc import Source, written

# PDF/UA-1 makes typst refuse what a screen reader could not read: a figure without words, a missing title.
STANDARD: Literal["ua-1"] = "ua-1"


def pdf(source: Source) -> bytes:
    """Write the paper as a tagged PDF (PDF/UA-1) dated `epoch`; raise `TemplateError` with what typst says."""
    import typst

    markup = written(source, to="typst", template="paper.typ", filters=("typst.lua",)).decode("utf-8")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)  # typst can read what stands here and nothing else
        (root / "figures").mkdir()
        for picture in sorted(source.figures.glob("*.svg")):
            shutil.copyfile(picture, root / "figures" / picture.name)
        (root / "paper.typ").write_text(drawable(markup, f"{source.markdown.stem}.pdf"), encoding="utf-8", newline="\n")
        try:
            content, warnings = typst.compile_with_warnings(
                str(root / "paper.typ"),
                root=str(root),
                font_paths=[str(font_folder())],
                ignore_system_fonts=True,
                timestamp=source.epoch,
                pdf_standards=STANDARD,
            )
        except typst.TypstError as error:
            raise TemplateError(_finding(error, source.markdown)) from None
    if warnings:
        raise TemplateError(*(_finding(warning, source.markdown) for warning in warnings))
    if not isinstance(content, bytes):
        raise TypeError("typst gave no PDF")
    return compressed(content)


def _finding(told: object, markdown: Path) -> Finding:
    """Make a finding of an error or warning of typst's."""
    hints = "; ".join(str(hint) for hint in getattr(told, "hints", ()))
    problem = f"typst: {getattr(told, 'message', told)}"
    mend = "write it in other letters, or leave pdf out of paper.formats" if "could not be displayed" in problem else ""
    return Finding(problem=problem, file=markdown.name, expected=hints, mend=mend)
