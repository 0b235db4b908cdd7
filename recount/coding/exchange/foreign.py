"""A REFI-QDA project or codebook as some program wrote it: read with tolerance, not yet understood.

Programs differ: identifiers in braces and capitals, texts as files or within the XML, with a byte order mark or the
line ends of Windows (which move all positions after them), users left out, codings on a selection or on the source.
Where in an answer a code was given does not matter here: it counts for the answer.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from recount.coding.exchange.archive import Archive
from recount.coding.exchange.identity import plain_guid
from recount.coding.exchange.markup import children, local, parsed, text_below
from recount.errors import CodingError, Finding

INTERNAL = "internal:/"
NOBODY = ""


@dataclass(frozen=True)
class ForeignCode:
    """A code as another program has it; `parent` is the identifier of the code above."""

    guid: str
    name: str
    parent: str
    color: str
    description: str
    codable: bool


@dataclass(frozen=True)
class ForeignSource:
    """A text, None where it is not there, with its codings, (user, code) by identifier, and notes, (user, text)."""

    guid: str
    name: str
    text: str | None
    codings: frozenset[tuple[str, str]]
    notes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ForeignProject:
    """What a project holds; `users` are names by identifier."""

    file: str
    users: dict[str, str]
    codes: dict[str, ForeignCode]
    sources: tuple[ForeignSource, ...]


def read_project(content: bytes, file: str) -> ForeignProject:
    """Read a project (.qdpx); raise `CodingError` where it is none, or may do harm."""
    archive = Archive(content, file)
    inside = [name for name in archive.names if name.casefold().endswith(".qde")]
    if len(inside) != 1:
        raise CodingError(
            Finding(
                problem="this is no REFI-QDA project",
                file=file,
                expected="an archive with one project.qde",
                mend="export from the program as a REFI-QDA project (.qdpx)",
            )
        )
    root = parsed(archive.read(inside[0]) or b"", f"{file}: {inside[0]}")
    notes = {guid_of(note): _note(note, archive) for part in children(root, "Notes") for note in children(part, "Note")}
    return ForeignProject(
        file=file,
        users={guid_of(user): user.get("name", "") for part in children(root, "Users") for user in part},
        codes=codes_below(root),
        sources=tuple(
            _source(source, notes, archive)
            for part in children(root, "Sources")
            for source in children(part, "TextSource")
        ),
    )


def read_codes(content: bytes, file: str) -> dict[str, ForeignCode]:
    """Read the codes of a codebook (.qdc), or of a project (.qdpx)."""
    if content.startswith(b"PK"):
        return read_project(content, file).codes
    return codes_below(parsed(content, file))


def codes_below(root: Element) -> dict[str, ForeignCode]:
    """Gather the codes of a project or codebook by identifier, each after its parent."""
    books = [root] if local(root) == "CodeBook" else children(root, "CodeBook")
    tops = [code for book in books for codes in children(book, "Codes") for code in children(codes, "Code")]
    return {code.guid: code for top in tops for code in _codes(top, "")}


def guid_of(element: Element, name: str = "guid") -> str:
    """Give an identifier in one form; empty where the program wrote none."""
    return plain_guid(element.get(name, ""))


def _codes(element: Element, parent: str) -> Iterator[ForeignCode]:
    code = ForeignCode(
        guid=guid_of(element),
        name=element.get("name", ""),
        parent=parent,
        color=element.get("color", ""),
        description=text_below(element, "Description"),
        codable=element.get("isCodable", "true").strip() not in ("false", "0"),
    )
    yield code
    for child in children(element, "Code"):
        yield from _codes(child, code.guid)


def _user(*elements: Element) -> str:
    """Who made something: the first user named by it or by what it stands in."""
    named = (guid_of(each, name) for each in elements for name in ("creatingUser", "modifyingUser"))
    return next((user for user in named if user), NOBODY)


def _source(source: Element, notes: dict[str, tuple[str, str]], archive: Archive) -> ForeignSource:
    selections = children(source, "PlainTextSelection")
    codings = [(coding, place) for place in (source, *selections) for coding in children(place, "Coding")]
    places = [source, *selections, *(coding for coding, _ in codings)]
    noted = [guid_of(ref, "targetGUID") for place in places for ref in children(place, "NoteRef")]
    told = [notes[guid] for guid in noted if guid in notes]
    said = [(_user(place), text_below(place, "Description")) for place in (source, *selections)]
    return ForeignSource(
        guid=guid_of(source),
        name=source.get("name", ""),
        text=_text(source, archive),
        codings=frozenset(
            (_user(coding, *([] if place is source else [place])), guid_of(ref, "targetGUID"))
            for coding, place in codings
            for ref in children(coding, "CodeRef")
        ),
        notes=tuple(dict.fromkeys((user, text) for user, text in (*told, *said) if text.strip())),
    )


def _note(note: Element, archive: Archive) -> tuple[str, str]:
    return _user(note), _text(note, archive) or text_below(note, "Description")


def _text(element: Element, archive: Archive) -> str | None:
    """The text of a source or a note, with plain line ends; None where it lies elsewhere."""
    within = children(element, "PlainTextContent")
    if within:
        return _plain(within[0].text or "")
    path = element.get("plainTextPath", "")
    if not path.startswith(INTERNAL):
        return None
    name = path.removeprefix(INTERNAL).lstrip("/")
    content = archive.read(f"Sources/{name}")
    if content is None:
        content = archive.read(name)
    return None if content is None else _plain(_decoded(content))


def _decoded(content: bytes) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, errors="replace")


def _plain(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
