"""Text at the edge to Markdown: escaped, so that no answer and no label can be markup."""

import re

# Anything that pandoc's Markdown reads as more than itself, wherever in a line it stands.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$@&])")
# What it reads only at the start of a line or a run: lists, captions, rules, title blocks.
_AT_START = re.compile(r"^([-+:%=](?=\s|$)|[-:%=](?=[-:%=]))")
_NUMBERED = re.compile(r"^(\(?\w{1,9})([.)])(?=\s|$)")
_DASHES = re.compile(r"-(?=-)|\.(?=\.\.)")
# Control characters, marks that turn the direction of text, and the private characters that our own markers use.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufff9-\uffff]")

OPEN, CLOSE = "\ue000", "\ue001"
_DIGIT_ZERO = 0xE010
MARKER = re.compile(f"{OPEN}([\ue010-\ue019]+){CLOSE}")


def plain(text: str) -> str:
    """Bring text to one line without control characters, direction marks and our own markers."""
    return " ".join(_UNSEEN.sub("", text.replace("\t", " ").replace("\n", " ").replace("\r", " ")).split())


def escaped(text: str) -> str:
    """Escape text so that pandoc's Markdown gives it back as it is, on one line."""
    found = _SPECIAL.sub(r"\\\1", plain(text))
    found = _DASHES.sub(r"\\\g<0>", found)
    return _NUMBERED.sub(r"\1\\\2", _AT_START.sub(r"\\\1", found))


def quoted(text: str) -> str:
    """Write text as the quoted value of an attribute; a pipe would end a table's cell."""
    found = plain(text).replace("&", "&amp;").replace("\\", "&#92;").replace('"', "&quot;")
    for each, entity in (("|", "&#124;"), ("<", "&lt;"), (">", "&gt;"), ("`", "&#96;"), ("{", "&#123;")):
        found = found.replace(each, entity)
    return f'"{found.replace("}", "&#125;")}"'


def attributes(identifier: str, *classes: str, **values: str) -> str:
    """Write pandoc attributes: `{#n-1 .number key="..."}`; empty values are left out."""
    parts = [f"#{identifier}"] if identifier else []
    parts += [f".{each}" for each in classes]
    parts += [f"{name}={quoted(value)}" for name, value in values.items() if value]
    return "{" + " ".join(parts) + "}"


def span(text: str, identifier: str, *classes: str, **values: str) -> str:
    """Write plain text as a span with an id, classes and attributes."""
    return f"[{escaped(text)}]{attributes(identifier, *classes, **values)}"


def marker(place: int) -> str:
    """Write the place of a printed thing in characters that no text and no Markdown contains."""
    return OPEN + "".join(chr(_DIGIT_ZERO + int(digit)) for digit in str(place)) + CLOSE


def place_of(found: re.Match[str]) -> int:
    """Read a marker back."""
    return int("".join(str(ord(character) - _DIGIT_ZERO) for character in found[1]))
