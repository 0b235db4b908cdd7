"""The Word manuscript, as journals ask for it: double-spaced, lines numbered, the notice in the head of every page."""

import tempfile
from pathlib import Path

from recount.write.documents.pandoc import READER, Source, run, written
from recount.write.documents.reference import reference


def docx(source: Source) -> bytes:
    """Write the paper as a Word file; its dates are `epoch`."""
    short_title, notice = head(source)
    default = run(["--print-default-data-file=reference.docx"], source)
    with tempfile.TemporaryDirectory() as folder:
        styled = Path(folder) / "reference.docx"
        styled.write_bytes(reference(default, source.styles / "docx", short_title=short_title, notice=notice))
        return written(
            source, to="docx", template="paper.openxml", filters=("docx.lua",), options=(f"--reference-doc={styled}",)
        )


def head(source: Source) -> tuple[str, str]:
    """Read the short title and the notice (empty: none) from the paper, as plain text."""
    template = source.styles.resolve() / "head.txt"
    arguments = [
        f"--from={READER}",
        "--to=plain",
        "--wrap=none",
        f"--template={template}",
        str(source.markdown.resolve()),
    ]
    lines = run(arguments, source).decode("utf-8").split("\n")
    return lines[0].strip(), " ".join(line.strip() for line in lines[1:]).strip()
