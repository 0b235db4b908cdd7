"""Edit a YAML file that people wrote, by lines: all that is not the edit stays as it is, to the byte."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from recount.errors import Finding, StudyError
from recount.fieldwork.lines import WIDTH, Value, entry, flow, quoted
from recount.fieldwork.places import Node, places
from recount.study.declared import yaml_of

Path = tuple[str | int, ...]


def added(text: str, path: Path, key: str, value: Value, *, file: str, comment: str = "", width: int = WIDTH) -> str:
    """Add an entry at the end of the mapping at `path`, which is made where it is missing; `key` must be new.

    Raise `StudyError` with the lines to add by hand where the text is written so that it cannot be edited safely.
    """
    node = places(text).inside(*path)
    if node is None:
        return added(text, path[:-1], str(path[-1]), {key: value}, file=file, comment=comment, width=width)
    lines = [*(f"# {line}" for line in comment.splitlines()), *entry(key, value, 0, quote=True, width=width)]
    edited = _in_braces(text, node, key, value) if node.flow or node.kind != "mapping" else _below(text, node, lines)
    return _checked(text, edited, lambda content: _put(content, path, key, value), file, lines)


def appended(text: str, path: Path, lines: list[str], item: Value, *, file: str) -> str:
    """Add an item, written as `lines` without indentation, at the end of the list of blocks at `path`."""
    node = places(text).inside(*path)
    if node is None or node.flow or not node.items:
        raise _by_hand(file, lines)
    edited = _below(text, node, lines)
    return _checked(text, edited, lambda content: _inside(content, path).append(item), file, lines)


def without(text: str, path: Path, key: str, *, file: str) -> str:
    """Take an entry out of the mapping at `path`, with its line where it has one for itself."""
    node = places(text).inside(*path)
    if node is None or key not in node.entries:
        return text
    name, value = node.entries[key]
    edited = _cut_flow(text, node, name, value) if node.flow else _cut_lines(text, name.start, value.end)
    return _checked(text, edited, lambda content: _inside(content, path).pop(key), file, [f"take out {key}"])


def _in_braces(text: str, node: Node, key: str, value: Value) -> str:
    """Add an entry before the closing brace."""
    inner = text[node.start : node.end - 1].rstrip()
    mark = "" if inner.endswith("{") else " " if inner.endswith(",") else ", "
    return f"{text[: node.start]}{inner}{mark}{quoted(key)}: {flow(value)}{text[node.end - 1 :]}"


def _below(text: str, node: Node, lines: list[str]) -> str:
    """Add lines below a block, indented as it is, with the line ends of the file."""
    end = "\r\n" if "\r\n" in text else "\n"
    before, after = _after_line(text, node.end, end)
    indent = " " * _column(text, node.start)
    return before + "".join(f"{indent}{line}".rstrip() + end for line in lines) + after


def _cut_flow(text: str, node: Node, name: Node, value: Node) -> str:
    """Cut an entry out of braces, with the comma before it, or behind it where it is the first."""
    ends = [each.end for _, each in node.entries.values() if each.end <= name.start]
    if ends:
        return text[: max(ends)] + text[value.end :]
    rest = text[value.end :].lstrip(" ").removeprefix(",").lstrip(" ")
    return text[: name.start] + rest


def _cut_lines(text: str, start: int, end: int) -> str:
    first = text.rfind("\n", 0, start) + 1
    before, after = _after_line(text, end)
    return before[:first] + after


def _after_line(text: str, place: int, end: str = "\n") -> tuple[str, str]:
    """Part the text behind the line in which a place is; a last line without an end gets one."""
    stop = text.find("\n", place)
    return (text[: stop + 1], text[stop + 1 :]) if stop >= 0 else (text + end, "")


def _column(text: str, start: int) -> int:
    return start - (text.rfind("\n", 0, start) + 1)


def _checked(text: str, edited: str, edit: Callable[[Any], object], file: str, lines: list[str]) -> str:
    """Give the edited text, if it says what the text said but for the edit."""
    wanted = copy.deepcopy(yaml_of(text, file))
    try:
        edit(wanted)
        same = yaml_of(edited, file) == wanted
    except (StudyError, TypeError, KeyError, AttributeError):  # it is no mapping, or no list, or no YAML any more
        same = False
    if not same:
        raise _by_hand(file, lines)
    return edited


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


def _by_hand(file: str, lines: list[str]) -> StudyError:
    return StudyError(
        Finding(
            problem="this file is written in a way that cannot be edited safely; nothing was changed",
            file=file,
            expected="blocks, one entry below the other",
            mend="add by hand: " + "\n    ".join(lines[:12]),
        )
    )
