"""XML of strangers, as plain parts: no entities, no documents from elsewhere."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from recount.errors import ExportError, Finding


def parsed(content: bytes, *, file: str) -> ET.Element:
    """Read XML; raise `ExportError` where it is none, or declares entities, which no questionnaire needs."""
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ExportError(
            Finding(problem="the file declares entities", file=file, expected="plain XML", mend="export it again")
        )
    try:
        return ET.fromstring(content)  # noqa: S314 - without entities there is nothing to expand
    except ET.ParseError as error:
        raise ExportError(
            Finding(problem=f"this is not XML: {error}", file=file, mend="export the questionnaire again")
        ) from None


def tag(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def below(element: ET.Element, name: str) -> Iterator[ET.Element]:
    """All elements of a name, at any depth, in order."""
    return (each for each in element.iter() if tag(each) == name)


def text_of(element: ET.Element | None) -> str:
    """All text within an element, its blanks single; empty where there is no element."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
