"""A built paper taken apart: what each block of the page or of the Word file says, and what stands behind each word."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree, html

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEAVES = frozenset(["p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "td", "th", "dt", "pre", "title"])
NESTED = ("ul", "ol", "dl", "table", "div")
SKIPPED = frozenset(["style", "script", "svg", "meta", "link"])
# Attributes whose values people read, or are shown by the page's script.
READ = re.compile(
    r"alt|title|placeholder|aria-label|aria-description|data-(?!cites$|short$|entry-spacing$|line-spacing$).*"
)
MARKED = re.compile(r"[nc]-\d+")
STYLES = {"Title": "heading", "TableCaption": "caption", "ImageCaption": "caption", "Bibliography": "reference"}
# Around a field that Word fills in, such as the number of the page.
FIELD = "field"


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `mark` is the number (n-1) or claim (c-1) that it is, or where it leads (#tbl-regions)."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Block:
    """One block: its role, the id that it belongs to, and its pieces; of a row of a table, a piece for each cell."""

    role: str
    pieces: tuple[Piece, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """All that it says, on one line."""
        return " ".join("".join(piece.text for piece in self.pieces).split())


@dataclass
class Page:
    """The blocks of a page in their order, and its attributes that are read: name, value, and the id of the element."""

    blocks: list[Block] = field(default_factory=list)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)


def read_page(file: Path) -> Page:
    """Take a built page apart."""
    return page_of(html.fromstring(file.read_text(encoding="utf-8").encode()))


def page_of(root: html.HtmlElement) -> Page:
    """Take a page apart; what its stylesheet and scripts say is not printed."""
    made = Page()
    for element in root.iter(etree.Element):
        if element.tag not in SKIPPED or element.get("name") in ("author", "keywords"):
            where = element.get("id") or element.get("class") or element.tag
            for name, value in element.attrib.items():
                if READ.fullmatch(name) or (element.tag == "meta" and name == "content"):
                    made.attributes.append((name, value, _owner(element) if name == "alt" else where))
    made.blocks = list(_blocks(root, ""))
    return made


def _owner(image: html.HtmlElement) -> str:
    figures = [each.get("id") for each in image.iterancestors("figure")]
    return str(figures[0]).removeprefix("fig-") if figures else ""


def _blocks(element: html.HtmlElement, role: str) -> Iterator[Block]:
    role = _role(element) or role
    if element.tag == "tr" and role.startswith("entries"):
        cells = tuple(Piece(" ".join(cell.text_content().split())) for cell in element if cell.tag == "td")
        yield Block("entry" if cells else "head", cells, role.partition(" ")[2])
    elif _is_leaf(element):
        yield Block(_role(element) or (role if role in ("toc", "notice", "reference") else _name(element)),
                    tuple(_pieces(element, "")), _key(element))  # fmt: skip
    else:
        yield from _inner(element, role)


def _inner(element: html.HtmlElement, role: str) -> Iterator[Block]:
    if (element.text or "").strip():
        yield Block("text", (Piece(element.text),))
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _blocks(child, role)
        if (child.tail or "").strip():
            yield Block("text", (Piece(child.tail),))


def _is_leaf(element: html.HtmlElement) -> bool:
    inner = [child for child in element.iterdescendants() if child.tag in LEAVES or child.tag in NESTED]
    if element.tag in LEAVES or "csl-entry" in (element.get("class") or ""):
        return not inner
    return (
        element.tag in ("li", "a", "span", "dd", "div", "summary")
        and not inner
        and bool(element.text_content().strip())
    )


def _role(element: html.HtmlElement) -> str:
    if element.tag == "nav":
        return "toc"
    if element.tag == "table" and (element.get("id") or "").startswith("tbl-numbers"):
        return f"entries {str(element.get('id')).removeprefix('tbl-numbers').removeprefix('-')}"
    classes = (element.get("class") or "").split()
    return next(
        (name for name, found in {"notice": "notice", "reference": "csl-entry"}.items() if found in classes), ""
    )


def _name(element: html.HtmlElement) -> str:
    if re.fullmatch("h[1-6]|title", element.tag):
        return "head title" if element.tag == "title" else "heading"
    return {"caption": "caption", "figcaption": "caption", "td": "cell", "th": "cell"}.get(str(element.tag), "text")


def _key(element: html.HtmlElement) -> str:
    if "csl-entry" in (element.get("class") or ""):
        return str(element.get("id")).removeprefix("ref-")
    owner = element.getparent() if element.tag in ("caption", "figcaption") else element
    return str((owner if owner is not None else element).get("id") or "")


def _pieces(element: html.HtmlElement, mark: str) -> Iterator[Piece]:
    mark = _mark(element, mark)
    if element.text:
        yield Piece(element.text, mark)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            yield from _pieces(child, mark)
        if child.tail:
            yield Piece(child.tail, mark)


def _mark(element: html.HtmlElement, mark: str) -> str:
    if element.tag == "span" and MARKED.fullmatch(element.get("id") or ""):
        return str(element.get("id"))
    if element.tag == "a" and element.get("href") and not re.match("n-", mark):
        return str(element.get("href"))
    return mark


def read_word(file: Path) -> Page:
    """Take a built Word file apart: its text, notes, running head and pictures' words."""
    with zipfile.ZipFile(file) as archive:
        parts = {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if _has_text(name)}
    made = Page()
    for name, part in sorted(parts.items(), key=lambda each: (each[0] != "word/document.xml", each[0])):
        if name.startswith(("word/header", "docProps/")):
            roles = "running head" if name.startswith("word/") else "properties"
            texts = [each for each in part.iter() if each.tag == f"{W}p" or (roles == "properties" and _is_said(each))]
            made.blocks += [Block(roles, tuple(_runs(each)) or (Piece(each.text or ""),)) for each in texts]
        else:
            made.blocks += _Word().blocks(part)
        for shape in part.iter():
            made.attributes += [
                ("alt", shape.get(name, ""), _figure_of(shape)) for name in ("descr", "title") if shape.get(name)
            ]
        for caption in part.iter(f"{W}tblCaption", f"{W}tblDescription"):
            made.attributes.append(("aria-label", caption.get(f"{W}val") or "", "scroll"))
    return made


def _is_said(element: etree._Element) -> bool:
    """Whether a property of a Word file is words; its dates are those of `epoch`, which a test of bytes looks at."""
    return bool(element.text) and etree.QName(element).localname not in ("created", "modified")


def _has_text(name: str) -> bool:
    return bool(
        re.fullmatch(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml", name)
    ) or name in (
        "docProps/core.xml",
        "docProps/custom.xml",
    )


def _figure_of(shape: etree._Element) -> str:
    """The figure whose bookmark begins last before a picture."""
    marks = shape.xpath("preceding::w:bookmarkStart/@w:name", namespaces={"w": W.strip("{}")})
    found = [mark for mark in marks if str(mark).startswith("fig-")]
    return str(found[-1]).removeprefix("fig-") if found else ""


class _Word:
    """Goes through a Word part with the bookmarks that are open where a run stands."""

    def __init__(self) -> None:
        self._open: dict[str, str] = {}

    def blocks(self, part: etree._Element) -> Iterator[Block]:
        body = part.find(f"{W}body")
        for element in part if body is None else body:
            yield from self._element(element)

    def _element(self, element: etree._Element) -> Iterator[Block]:
        if element.tag == f"{W}tbl":
            yield from self._table(element)
        elif element.tag == f"{W}p":
            yield self._paragraph(element)
        else:
            self._bookmark(element)
            for child in element:
                yield from self._element(child)

    def _table(self, table: etree._Element) -> Iterator[Block]:
        name = next((mark for mark in reversed(self._open.values()) if mark.startswith("tbl-")), "")
        entries = name.startswith("tbl-numbers")
        for place, row in enumerate(table.iter(f"{W}tr")):
            blocks = [self._paragraph(each, "cell") for cell in row.iter(f"{W}tc") for each in cell.iter(f"{W}p")]
            if entries:
                key = name.removeprefix("tbl-numbers").removeprefix("-")
                yield Block("entry" if place else "head", tuple(Piece(each.text) for each in blocks), key)
            else:
                yield from blocks

    def _paragraph(self, paragraph: etree._Element, role: str = "") -> Block:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else str(style.get(f"{W}val"))
        role = role or STYLES.get(name) or ("heading" if name.startswith("Heading") else "")
        role = role or ("notice" if name == "NoticeBox" else "text")
        marks = {"caption": ("fig-", "tbl-"), "reference": ("ref-",)}.get(role, ())
        key = (
            next((mark for mark in reversed(self._open.values()) if mark.startswith(tuple(marks))), "") if marks else ""
        )
        return Block(role, tuple(self._runs(paragraph, "")), key.removeprefix("ref-") if role == "reference" else key)

    def _runs(self, element: etree._Element, link: str) -> Iterator[Piece]:
        for child in element:
            self._bookmark(child)
            if child.tag == f"{W}hyperlink":
                yield from self._runs(child, f"#{child.get(f'{W}anchor')}" if child.get(f"{W}anchor") else "http")
            elif child.tag == f"{W}r":
                text = "".join(each.text or "" for each in child.iter(f"{W}t"))
                text += " " * len(child.findall(f"{W}br") + child.findall(f"{W}tab"))
                open_mark = next((mark for mark in reversed(self._open.values()) if MARKED.fullmatch(mark)), "")
                number = open_mark if open_mark.startswith("n-") else ""
                yield Piece(text, number or link or open_mark)
            elif child.tag not in (f"{W}pPr", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
                yield from self._runs(child, link)

    def _bookmark(self, element: etree._Element) -> None:
        if element.tag == f"{W}bookmarkStart":
            self._open[str(element.get(f"{W}id"))] = str(element.get(f"{W}name"))
        elif element.tag == f"{W}bookmarkEnd":
            self._open.pop(str(element.get(f"{W}id")), None)


def _runs(paragraph: etree._Element) -> Iterator[Piece]:
    """The runs of a running head; what Word fills in is a field."""
    inside = False
    for element in paragraph.iter(f"{W}fldChar", f"{W}t"):
        if element.tag == f"{W}fldChar":
            inside = element.get(f"{W}fldCharType") != "end"
        else:
            yield Piece(element.text or "", FIELD if inside else "")
