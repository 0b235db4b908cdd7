"""Where the parts of a YAML text stand, to the letter; an alias stands where it is written, not where it points to."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml


@dataclass
class Node:
    """A part of the text: from `start` to `end` (exclusive), as a block or in braces (`flow`).

    `entries` holds keys and values of a mapping, `items` those of a list. `column` is that of its first letter.
    """

    kind: str
    start: int
    end: int
    column: int
    flow: bool = False
    entries: dict[str, tuple["Node", "Node"]] = field(default_factory=dict)
    items: list["Node"] = field(default_factory=list)

    def inside(self, *path: str | int) -> "Node | None":
        """Go down by keys and places; None where there is nothing."""
        node: Node | None = self
        for part in path:
            if node is None:
                return None
            if isinstance(part, int):
                node = node.items[part] if part < len(node.items) else None
            else:
                node = node.entries[part][1] if part in node.entries else None
        return node


def places(text: str) -> Node:
    """Find all places of a text that is one YAML document with something in it."""
    events = iter(yaml.parse(text, Loader=yaml.SafeLoader))
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent):
            return _node(next(events), events, text)
    raise ValueError("the text holds no document")


def _node(event: yaml.Event, events: Iterator[yaml.Event], text: str) -> Node:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        raise ValueError("the reader of YAML does not say where things stand")
    node = Node("scalar", start.index, end.index, start.column)
    if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
        _collect(event, node, events, text)
    elif getattr(event, "style", None) in ("|", ">"):
        node.end = len(text[: node.end].rstrip())
    return node


def _collect(event: yaml.Event, node: Node, events: Iterator[yaml.Event], text: str) -> None:
    """Read a mapping or a list to its end. A block ends with its last part: what follows is comments and blanks."""
    node.kind = "mapping" if isinstance(event, yaml.MappingStartEvent) else "list"
    node.flow = bool(getattr(event, "flow_style", False))
    last = node.end
    while not isinstance(inner := next(events), yaml.MappingEndEvent | yaml.SequenceEndEvent):
        key = _node(inner, events, text)
        value = _node(next(events), events, text) if node.kind == "mapping" else key
        if node.kind == "mapping":
            node.entries[str(getattr(inner, "value", ""))] = (key, value)
        else:
            node.items.append(key)
        last = max(key.end, value.end)
    node.end = inner.end_mark.index if node.flow and inner.end_mark else last
