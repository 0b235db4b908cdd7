"""The lines of YAML that are proposed: as a person would write them in the instrument, quoted where it must be."""

import json
import re
from collections.abc import Mapping, Sequence

Value = str | float | bool | Mapping[str, "Value"] | Sequence["Value"] | None

WIDTH = 120
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
# Other readers of YAML take these for something else than text.
_PROSE = {"label", "text", "note", "title", "section", "proposed"}
_TAKEN = {"true", "false", "null", "on", "off", "y", "n"}


def scalar(value: Value) -> str:
    """Write a text, number or truth value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:g}"
    text = str(value)
    return text if _PLAIN.fullmatch(text) and text.lower() not in _TAKEN else quoted(text)


def quoted(text: str) -> str:
    """Write a text in quotation marks; what cannot be printed is escaped."""
    body = json.dumps(text, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else f"\\U{ord(letter):08x}" for letter in body)


def flow(value: Value) -> str:
    """Write a value on one line: `{column: Q1, values: {A1: yes}}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_of_key(key, each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(each) for each in value) + "]"
    return scalar(value)


def _of_key(key: str, value: Value) -> str:
    """A value on one line; what people read stands in quotation marks, so that all of it looks alike."""
    return quoted(value) if key in _PROSE and isinstance(value, str) else flow(value)


def entry(key: str, value: Value, indent: int, *, quote: bool = False, width: int = WIDTH) -> list[str]:
    """Write a key and its value: on one line where it fits the width, else its parts below it, indented by two more."""
    name = quoted(key) if quote else scalar(key)
    line = f"{' ' * indent}{name}: {_of_key(key, value)}"
    if len(line) <= width or not isinstance(value, Mapping) or not value:
        return [line]
    below = [part for each, inner in value.items() for part in entry(each, inner, indent + 2)]
    return [f"{' ' * indent}{name}:", *below]
