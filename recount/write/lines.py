"""The finished page as lines of plain text, from pandoc's own reading of it: a paragraph, heading or cell each."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Any

from recount.write.letters import GAP
from recount.write.reading import PRINTED_KEYS

# Around what a number of the ledger prints; and around a name that a number chose, or a reference by place.
NUMBER, NUMBER_END, NAME, NAME_END = "\ue003", "\ue004", "\ue005", "\ue006"
# An alternative text stands behind its image, too.
SETTINGS = ("alt", "width", "height", "lang", "dir", "start", "startfrom")
_MARKUP = re.compile(r"([\\`*{}\[\]<>~^&|@])")
_UNESCAPED = re.compile(r"\\([\\`*{}\[\]<>~^&|@])")
_TO_FLOAT, _FLOAT = re.compile(r"#(?:fig|tbl)-"), re.compile(r"(?:Figure |Table |图|表)\d+")
_TO_SECTION, _PLACE = re.compile(r"#sec-"), re.compile(r"^\d+(?:\.\d+)*\.?(?= )")
_SIGNS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
_EMPHASIS = ("Emph", "Strong", "Underline", "Strikeout")
_TEXTS = ("Code", "Math", "RawInline", "CodeBlock", "RawBlock")

Element = Mapping[str, Any]


def page_lines(tree: Element, ids: Container[str]) -> list[str]:
    """Give all that documents print of a tree of pandoc's, a line of Markdown each.

    Signs that would be markup are escaped; headings keep their marks, and citations are as they were written. `ids` are
    those of the numbers in the ledger.
    """
    reader = _Reader(ids)
    meta = [value for key, value in tree["meta"].items() if PRINTED_KEYS.match(f"{key}:") and key != "wave"]
    return [line for line in (*reader.metadata(meta), *reader.blocks(tree["blocks"])) if line.strip()]


class _Reader:
    """Reads one tree; footnotes and titles become lines behind the line in which they stand."""

    def __init__(self, ids: Container[str]) -> None:
        self._ids = ids
        self._behind: list[str] = []
        self._next_item = 1

    def metadata(self, values: Iterable[Element]) -> Iterator[str]:
        for value in values:
            kind, content = value["t"], value["c"]
            if kind == "MetaMap":
                yield from self.metadata(each for key, each in content.items() if key in ("name", "affiliation"))
            elif kind == "MetaList":
                yield from self.metadata(content)
            elif kind == "MetaBlocks":
                yield from self.blocks(content)
            elif kind == "MetaInlines":
                yield from self._line(content)
            elif kind == "MetaString":
                yield _escaped(content)

    def blocks(self, blocks: Iterable[Element]) -> Iterator[str]:
        for block in blocks:
            kind, content = block["t"], block.get("c", ())
            if kind in _TEXTS:
                yield _escaped(content[1])
            elif kind in ("Para", "Plain"):
                yield from self._line(content)
            elif kind == "LineBlock":
                yield from (line for each in content for line in self._line(each))
            elif kind == "Header":
                yield from self._line(content[2], "#" * content[0] + " ")
                yield from _titles(content[1])
            else:
                yield from self._nested(kind, content)

    def _nested(self, kind: str, content: Any) -> Iterator[str]:
        if kind == "BlockQuote":
            yield from self.blocks(content)
        elif kind in ("Div", "Figure"):  # of a figure its caption; the words for its picture are read with the figure
            yield from _titles(content[0])
            yield from self.blocks(content[1][1] if kind == "Figure" else content[1])
        elif kind in ("BulletList", "OrderedList"):
            yield from self._list(content if kind == "BulletList" else content[1], kind, content)
        elif kind == "DefinitionList":
            for term, definitions in content:
                yield from self._line(term)
                yield from (line for each in definitions for line in self.blocks(each))
        elif kind == "Table":
            yield from self._table(content)

    def _list(self, items: Sequence[Any], kind: str, content: Any) -> Iterator[str]:
        """A list that begins at another number than 1, or than the next one, says that number."""
        if kind == "OrderedList":
            start = content[0][0]
            if start not in (1, self._next_item):
                yield f"{start}"
            self._next_item = start + len(items)
        for item in items:
            yield from self.blocks(item)

    def _table(self, content: Any) -> Iterator[str]:
        attributes, caption, _, head, bodies, foot = content
        yield from _titles(attributes)
        yield from self.blocks(caption[1])
        rows = [*head[1], *(row for body in bodies for row in (*body[2], *body[3])), *foot[1]]
        for row in rows:
            for cell in row[1]:
                yield from self.blocks(cell[4])

    def _line(self, inlines: Sequence[Element], mark: str = "") -> Iterator[str]:
        yield mark + self._text(inlines)
        behind, self._behind = self._behind, []
        yield from behind

    def _text(self, inlines: Sequence[Element]) -> str:
        return "".join(self._inline(each["t"], each.get("c", "")) for each in inlines)

    def _inline(self, kind: str, content: Any) -> str:
        if kind == "Str" or kind in _SIGNS:
            return _SIGNS.get(kind) or _escaped(content)
        if kind in _TEXTS:
            return _escaped(content[1])
        if kind in ("Link", "Image"):
            return self._link(kind, *content)
        if kind == "Span":
            return self._span(*content)
        if kind == "Note":
            notes = list(self.blocks(content))
            self._behind += notes
            return GAP
        return self._around(kind, content)

    def _around(self, kind: str, content: Any) -> str:
        text = self._text(content[1] if kind in ("Quoted", "Cite") else content)
        if kind == "Cite":
            return _UNESCAPED.sub(r"\1", text)
        # A digit behind a letter is a name's, but not where it looks another way.
        return GAP + text if kind in _EMPHASIS and text[:1].isdigit() else text

    def _span(self, attributes: Any, inlines: Sequence[Element]) -> str:
        identifier, classes, _ = attributes
        text = self._text(inlines)
        if identifier in self._ids:
            return f"{NAME}{text}{NAME_END}" if {"name", "quotation"} & {*classes} else f"{NUMBER}{text}{NUMBER_END}"
        self._behind += _titles(attributes)
        return text

    def _link(self, kind: str, attributes: Any, inlines: Sequence[Element], target: Sequence[str]) -> str:
        """A reference to a figure, a table or a section has its number by its place."""
        self._behind += [_escaped(target[1]), *_titles(attributes)]
        text = self._text(inlines)
        if kind == "Link" and _TO_FLOAT.match(target[0]) and _FLOAT.fullmatch(text):
            return f"{NAME}{text}{NAME_END}"
        if kind == "Link" and _TO_SECTION.match(target[0]):
            return _PLACE.sub(lambda found: f"{NAME}{found[0]}{NAME_END}", text)
        return _UNESCAPED.sub(r"\1", text) if "uri" in attributes[1] else text


def _escaped(text: str) -> str:
    """Text that is no markup, on one line."""
    return _MARKUP.sub(r"\\\1", text.replace("\n", " "))


def _titles(attributes: Any) -> list[str]:
    return [_escaped(value) for key, value in attributes[2] if key not in SETTINGS]
