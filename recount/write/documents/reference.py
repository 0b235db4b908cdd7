"""The Word manuscript's reference document: pandoc's own, with our styles, page and running head in its place."""

import io
import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can hold
RELATION = (
    '<Relationship Id="rIdPaperHeader" Target="header1.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header"/>'
)
CONTENT_TYPE = (
    '<Override PartName="/word/header1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>'
)


def reference(default: bytes, folder: Path, *, short_title: str, notice: str) -> bytes:
    """Build the reference document from pandoc's `default` and the parts in `folder` (report/styles/docx).

    The notice, where there is one, stands in the running head, so that Word shows it on every page.
    """
    parts = unpacked(default)
    for name in ("styles.xml", "document.xml"):
        parts[f"word/{name}"] = (folder / name).read_bytes()
    header = (folder / "header.xml").read_text(encoding="utf-8")
    parts["word/header1.xml"] = running_head(header, short_title, notice).encode()
    _insert(parts, "word/_rels/document.xml.rels", RELATION, before="</Relationships>")
    _insert(parts, "[Content_Types].xml", CONTENT_TYPE, before="</Types>")
    return packed(parts)


def running_head(header: str, short_title: str, notice: str) -> str:
    """Fill in the running head; without a notice its paragraph, the last, goes."""
    if not notice:
        start, end = header.rindex("<w:p>"), header.rindex("</w:hdr>")
        header = header[:start] + header[end:]
    filled = {"SHORT TITLE": short_title, "NOTICE": notice}
    return re.sub("SHORT TITLE|NOTICE", lambda found: escape(filled[found.group()]), header)


def unpacked(document: bytes) -> dict[str, bytes]:
    """Read the parts of a Word file, in their order."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    """Zip the parts in their order, all of the same day."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _insert(parts: dict[str, bytes], name: str, text: str, *, before: str) -> None:
    parts[name] = parts[name].replace(before.encode(), (text + before).encode())
