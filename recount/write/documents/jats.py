"""JATS (Journal Archiving, version 1.2): the paper as publishers and archives exchange it."""

import xml.etree.ElementTree as ET

from recount.write.documents.pandoc import Source, written

XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"
REFERENCE_TYPES = {"fig": "fig", "table-wrap": "table", "ref": "bibr", "sec": "sec", "fn": "fn"}


def jats(source: Source) -> bytes:
    """Write the paper as JATS, with labels, alternative texts and references in the elements that are for them."""
    content = written(source, to="jats_archiving", template="paper.xml", filters=("jats.lua",))
    head, root = _parsed(content)
    for wrap in root.iter("table-wrap"):
        _identify(wrap)
    for element in [*root.iter("fig"), *root.iter("table-wrap")]:
        _label(element)
    for graphic in root.iter("graphic"):
        graphic.set(HREF, graphic.get(HREF, "").replace("figures", source.link, 1))
    _type_references(root)
    return head + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _parsed(content: bytes) -> tuple[bytes, ET.Element]:
    """Split the declarations, which ElementTree does not keep, from the article."""
    ET.register_namespace("xlink", XLINK)
    start = content.index(b"<article")
    return content[:start], ET.fromstring(content[start:])  # noqa: S314 - pandoc wrote it, a moment ago


def _identify(wrap: ET.Element) -> None:
    """Move a table's id to the element that holds its caption too."""
    table = wrap.find("table")
    if table is not None and "id" in table.attrib:
        wrap.set("id", table.attrib.pop("id"))


def _label(element: ET.Element) -> None:
    """Take the number out of a caption into a label: "Figure 1." stands there in bold."""
    paragraph = element.find("caption/p")
    styled = paragraph.find("styled-content") if paragraph is not None else None
    if paragraph is None or styled is None:
        return
    label = ET.Element("label")
    label.text = "".join(styled.itertext()).replace("\u00a0", " ").rstrip(".")
    label.tail = element.text
    paragraph.text = (styled.tail or "").lstrip()
    paragraph.remove(styled)
    element.insert(0, label)


def _type_references(root: ET.Element) -> None:
    """Say of each cross-reference what it leads to."""
    kinds = {element.get("id"): element.tag for element in root.iter() if element.get("id")}
    for reference in root.iter("xref"):
        reference.attrib.pop("alt", None)
        kind = REFERENCE_TYPES.get(kinds.get(reference.get("rid"), ""), "other")
        reference.set("ref-type", reference.get("ref-type") or kind)
