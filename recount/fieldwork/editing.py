"""Edit a YAML file that people wrote, by lines: all that is not the edit stays as it is, to the byte."""

import copy
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from recount.errors import Finding, StudyError
from recount.fieldwork.lines import WIDTH, Value, entry, flow, quoted
from recount.fieldwork.places import Node, places
from recount.study.declared import yaml_of

Path = tuple[str | int, ...]
_SHOWN = 12


class Edits:
    """Edits of one text: each is found on it as it stands, all are made at once, and checked against its content.

    Paths lead to what is there before any edit.
    """

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self._places = places(text)
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._cuts: list[tuple[int, int, str]] = []
        self._done: list[Callable[[Any], object]] = []
        self._gone: dict[Path, set[int]] = {}
        self._lines: list[str] = []
        self._begun: set[int] = set()

    def add(
        self, path: Path, key: str, value: Value, *, comment: str = "", width: int = WIDTH, quote: bool = True
    ) -> None:
        """Add an entry at the end of the mapping at `path`, which is made where it is missing; `key` must be new.

        Keys that people chose are quoted, since other readers take some for numbers; those of Recount need not be.
        """
        node = self._places.inside(*path)
        if node is None:
            self.add(path[:-1], str(path[-1]), {key: value}, comment=comment, width=width)
            return
        lines = [*(f"# {line}" for line in comment.splitlines()), *entry(key, value, 0, quote=quote, width=width)]
        if node.flow or node.kind != "mapping":
            self._in_braces(node, f"{quoted(key) if quote else key}: {flow(value)}")
        else:
            self._below(node, lines)
        self._did(lambda content: _put(content, path, key, value), lines)

    def append(self, path: Path, lines: Sequence[str], item: Value) -> None:
        """Add an item, written as `lines` without indentation, at the end of the list of blocks at `path`."""
        node = self._places.inside(*path)
        if node is None or node.flow or not node.items:
            raise self._by_hand(lines)
        self._below(node, lines)
        self._did(lambda content: _inside(content, path).append(plainly(item)), lines)

    def insert(self, path: Path, place: int, items: Sequence[Value]) -> None:
        """Put items, each on a line of its own, before another one of the list at `path`, or behind the last."""
        node, lines = self._places.inside(*path), [f"- {flow(item)}" for item in items]
        if node is None or node.flow or not node.items:
            raise self._by_hand(lines)
        if place >= len(node.items):
            self._below(node, lines)
        else:
            start = self.text.rfind("\n", 0, node.items[place].start) + 1
            self._put_lines(start, node, lines)
        plain = [plainly(item) for item in items]
        self._did(lambda content: _inside(content, path).__setitem__(slice(place, place), plain), lines)

    def remove(self, path: Path, key: str) -> None:
        """Take an entry out of the mapping at `path`, with its line where it has one for itself."""
        node = self._places.inside(*path)
        if node is None or key not in node.entries:
            return
        name, value = node.entries[key]
        if node.flow:
            self._cut_in_braces(node, name, value)
        else:
            self._cut(self.text.rfind("\n", 0, name.start) + 1, self._after_line(value.end))
        self._did(lambda content: _inside(content, path).pop(key), [f"take out {key}"])

    def replace(self, path: Path, key: str, value: Value) -> None:
        """Put another value in the place of one that stands in a mapping."""
        node = self._places.inside(*path, key)
        if node is None:
            raise self._by_hand([f"{key}: {flow(value)}"])
        self._cut(node.start, node.end, flow(value))
        self._did(lambda content: _put(content, path, key, value), [f"{key}: {flow(value)}"])

    def remove_item(self, path: Path, place: int) -> None:
        """Take an item, with its lines, out of the list of blocks at `path`."""
        node = self._places.inside(*path)
        if node is None or node.flow:
            raise self._by_hand([f"take out item {place + 1} of {'.'.join(map(str, path))}"])
        item = node.items[place]
        start, end = self.text.rfind("\n", 0, item.start) + 1, self._after_line(item.end)
        if self.text[:start].endswith(2 * self._end) and self.text[end:].startswith(self._end):
            end += len(self._end)
        self._cut(start, end)
        self._gone.setdefault(path, set()).add(place)
        self._lines.append(f"take out item {place + 1} of {'.'.join(map(str, path))}")

    def made(self) -> str:
        """Give the edited text; raise `StudyError` with what to do by hand where it would not say what it should."""
        wanted = copy.deepcopy(yaml_of(self.text, self.file))
        edited, place = [], 0
        for start, end, new in sorted(self._cuts, key=lambda cut: cut[0]):
            edited += [self.text[place:start], new]
            place = max(place, end)
        text = "".join([*edited, self.text[place:]])
        try:
            for edit in self._done:
                edit(wanted)
            for path, gone in sorted(self._gone.items(), key=lambda each: -len(each[0])):  # what is within others first
                items = _inside(wanted, path)
                items[:] = [item for place, item in enumerate(items) if place not in gone]
            same = yaml_of(text, self.file) == wanted
        except (StudyError, TypeError, KeyError, AttributeError):  # it is no mapping, or no list, or no YAML any more
            same = False
        if not same:
            raise self._by_hand(self._lines)
        return text

    def _after_line(self, place: int) -> int:
        stop = self.text.find("\n", place)
        return len(self.text) if stop < 0 else stop + 1

    def _did(self, edit: Callable[[Any], object], lines: Sequence[str]) -> None:
        self._done.append(edit)
        self._lines += lines

    def _cut(self, start: int, end: int, new: str = "") -> None:
        self._cuts.append((start, end, new))

    def _in_braces(self, node: Node, said: str) -> None:
        """Add an entry before the closing brace."""
        inner = self.text[node.start : node.end - 1].rstrip()
        first = inner.endswith("{") and node.start not in self._begun
        self._begun.add(node.start)
        mark = "" if first else " " if inner.endswith(",") else ", "
        self._cut(node.start + len(inner), node.end - 1, f"{mark}{said}")

    def _below(self, node: Node, lines: Sequence[str]) -> None:
        """Add lines below a block, indented as it is, with the line ends of the file; a last line gets its own."""
        stop = self.text.find("\n", node.end)
        if stop < 0 and not any(start == len(self.text) for start, _, _ in self._cuts):
            self._cut(len(self.text), len(self.text), self._end)
        self._put_lines(len(self.text) if stop < 0 else stop + 1, node, lines)

    def _put_lines(self, place: int, node: Node, lines: Sequence[str]) -> None:
        indent = " " * (node.start - (self.text.rfind("\n", 0, node.start) + 1))
        self._cut(place, place, "".join(f"{indent}{line}".rstrip() + self._end for line in lines))

    def _cut_in_braces(self, node: Node, name: Node, value: Node) -> None:
        """Cut an entry out of braces, with the comma before it, or behind it where it is the first."""
        ends = [each.end for _, each in node.entries.values() if each.end <= name.start]
        if ends:
            self._cut(max(ends), value.end)
        else:
            rest = self.text[value.end :].lstrip(" ").removeprefix(",").lstrip(" ")
            self._cut(name.start, len(self.text) - len(rest))

    def _by_hand(self, lines: Sequence[str]) -> StudyError:
        return StudyError(
            Finding(
                problem="this file is written in a way that cannot be edited safely; nothing was changed",
                file=self.file,
                expected="blocks, one entry below the other",
                mend="add by hand: " + "\n    ".join(lines[:_SHOWN]),
            )
        )


def _put(content: Any, path: Path, key: str, value: Value) -> None:
    _inside(content, path)[key] = plainly(value)


def _inside(content: Any, path: Path) -> Any:
    for part in path:
        content = content[part]
    return content


def plainly(value: Value) -> Any:
    """Give a value as the reader of YAML gives it."""
    if isinstance(value, Mapping):
        return {str(key): plainly(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plainly(each) for each in value]
    return value
