"""XML from strangers: without declarations of entities, which can fill the memory or fetch files, and not too deep."""

from xml.etree import ElementTree as ET
from xml.parsers import expat

from recount.errors import CodingError, Finding

# A tree of codes is a few levels deep.
DEEPEST = 200


def parsed(content: bytes, file: str) -> ET.Element:
    """Read an XML document; raise `CodingError` where it is none, or declares a document type."""
    try:
        _vet(content, file)
        return ET.fromstring(content)  # noqa: S314 - vetted: without a document type there are no entities
    except (ET.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise CodingError(Finding(problem=f"this is not XML: {error}", file=file)) from None


def local(element: ET.Element) -> str:
    """Give an element's name without its namespace, which programs write in several ways."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(element: ET.Element, *names: str) -> list[ET.Element]:
    """List the elements of these names directly below an element."""
    return [child for child in element if local(child) in names]


def text_below(element: ET.Element, name: str) -> str:
    """Give the text of the first element of a name below another; empty where there is none."""
    return next((child.text or "" for child in children(element, name)), "")


def _vet(content: bytes, file: str) -> None:
    depth = 0

    def declared(*_: object) -> None:
        raise CodingError(
            Finding(
                problem="the XML declares a document type, which no program for qualitative analysis writes",
                file=file,
                expected="REFI-QDA without DOCTYPE and entities",
            )
        )

    def opened(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise CodingError(Finding(problem=f"the XML is nested more than {DEEPEST} deep", file=file))

    def closed(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.Parse(content, True)
