"""A code's description as one text, as other programs keep it, and back again without loss.

The definition comes first; what else the codebook says of the code follows, each part after its label:

    The city lacks money for international engagement.
    Use when: budget, costs, fees
    Code: funding

A line that begins like a label within a part has a backslash before it.
"""

import re

from recount.study.codebook import Code

LABELS = {
    "Label": "label",
    "Use when": "use_when",
    "Not when": "not_when",
    "Example": "example",
    "Keyword": "keywords",
    "Code": "id",
}
_LABELLED = re.compile(rf"({'|'.join(LABELS)}): ?(.*)")
_ESCAPED = re.compile(rf"^(?=\\|(?:{'|'.join(LABELS)}):)", re.MULTILINE)
_BACKSLASH = re.compile(r"^\\", re.MULTILINE)


def described(code: Code, name: str) -> str:
    """Write all that a codebook says of a code but its parent and its colour; its label where it is not the name."""
    parts = [_ESCAPED.sub(r"\\", code.definition)]
    for label, field in LABELS.items():
        if field == "label" and code.label == name:
            continue
        value = getattr(code, field)
        parts += [_labelled(label, text) for text in ([value] if isinstance(value, str) else value) if text]
    return "\n".join(parts)


def fields_in(description: str) -> dict[str, str | list[str]]:
    """Read the fields of a code from a description; in one that another program wrote, all is definition."""
    fields: dict[str, str | list[str]] = {"definition": "", "keywords": []}
    for label, text in _parts(description.replace("\r\n", "\n")):
        field = LABELS.get(label, "definition")
        if field == "id":
            fields["id"] = text.split("\n", 1)[0].strip()
        elif field == "keywords":
            fields["keywords"] = [*fields["keywords"], text]
        else:
            fields[field] = text
    return fields


def _labelled(label: str, text: str) -> str:
    first, *rest = text.split("\n")
    return "\n".join([f"{label}: {first}", *(_ESCAPED.sub(r"\\", line) for line in rest)])


def _parts(description: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, list[str]]] = [("", [])]
    for line in description.split("\n"):
        label = _LABELLED.fullmatch(line)
        if label:
            parts.append((label[1], [label[2]]))
        else:
            parts[-1][1].append(_BACKSLASH.sub("", line))
    return [(label, "\n".join(lines)) for label, lines in parts]
