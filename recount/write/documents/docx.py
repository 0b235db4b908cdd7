"""The Word manuscript, as journals ask for it: double-spaced, lines numbered, the notice in the head of every page."""

import re
import tempfile
from pathlib import Path

from recount.write.documents.pandoc import READER, Source, run, written
from recount.write.documents.reference import packed, reference, unpacked

DOCUMENT = "word/document.xml"
TABLE = re.compile(rb"<w:tbl>.*?</w:tbl>", re.DOTALL)
ROW = re.compile(rb"<w:tr>.*?</w:tr>", re.DOTALL)
CELL_STYLE = b'<w:pStyle w:val="Compact" />'  # what pandoc gives to the texts of all cells
SMALL = b'<w:tblStyle w:val="TableSmall" />'  # what docx.lua gives to tables in small type


def docx(source: Source) -> bytes:
    """Write the paper as a Word file; its dates are `epoch`."""
    short_title, notice = head(source)
    default = run(["--print-default-data-file=reference.docx"], source)
    with tempfile.TemporaryDirectory() as folder:
        styled = Path(folder) / "reference.docx"
        styled.write_bytes(reference(default, source.styles / "docx", short_title=short_title, notice=notice))
        content = written(
            source, to="docx", template="paper.openxml", filters=("docx.lua",), options=(f"--reference-doc={styled}",)
        )
    parts = unpacked(content)
    parts[DOCUMENT] = TABLE.sub(lambda found: styled_table(found.group()), parts[DOCUMENT])
    return packed(parts)


def styled_table(table: bytes) -> bytes:
    """Give the cells of a table the styles of docx/styles.xml, for its head and for its text."""
    size = b"Small" if SMALL in table else b""
    table = table.replace(SMALL, SMALL.replace(b"Small", b""))

    def styled_row(found: re.Match[bytes]) -> bytes:
        part = b"Head" if b"<w:tblHeader" in found.group() else b"Text"
        return found.group().replace(CELL_STYLE, CELL_STYLE.replace(b"Compact", b"Table" + part + size))

    return ROW.sub(styled_row, table)


def head(source: Source) -> tuple[str, str]:
    """Read the short title and the notice (empty: none) from the paper's settings, as plain text."""
    template = source.styles.resolve() / "head.txt"
    arguments = [f"--from={READER}", "--to=plain", "--wrap=none", f"--template={template}"]
    settings = front_matter(source.markdown.read_text(encoding="utf-8"))
    lines = run(arguments, source, text=settings).decode("utf-8").split("\n")
    return lines[0].strip(), " ".join(line.strip() for line in lines[1:]).strip()


def front_matter(markdown: str) -> str:
    """Cut out the settings with which the paper begins, so that its text need not be read twice."""
    found = re.match(r"---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", markdown, re.DOTALL)
    return found.group() if found else ""
