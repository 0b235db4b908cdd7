"""The XML of REFI-QDA 1.5 (Project.xsd of March 2019), as we write it.

A project has one source an answer. Codes given to an answer are codings of the whole of it, each by its coder: programs
such as QualCoder read codings of selections alone, and want a date on each. None would matter, so all bear the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from recount.coding.exchange.descriptions import described
from recount.coding.exchange.identity import code_names, guid, writable
from recount.study.codebook import NONE, Code, Codebook

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "Recount"
A_DATE = "1980-01-01T00:00:00Z"
NAME_LENGTH = 60
Attributes = Mapping[str, str]


@dataclass(frozen=True)
class Given:
    """What one coder said of an answer: codes, and a note."""

    coder: str
    codes: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Source:
    """An answer, with its name among the sources, and what each coder said of it."""

    wave: str
    question: str
    respondent: str
    name: str
    text: str
    given: tuple[Given, ...] = ()

    @property
    def guid(self) -> str:
        """Its identifier."""
        return source_guid(self.wave, self.question, self.respondent)


def source_guid(wave: str, question: str, respondent: str) -> str:
    """Identify an answer."""
    return guid("source", wave, question, respondent)


def code_guid(question: str, code: str) -> str:
    """Identify a code of a question, or its `none`."""
    return guid("code", question, code)


def question_guid(question: str) -> str:
    """Identify the group of a question's codes."""
    return guid("question", question)


def codebook_xml(codebook: Codebook) -> bytes:
    """Write a codebook (.qdc)."""
    root = Element("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    root.append(_codes(codebook))
    return _document(root)


def project_xml(name: str, codebook: Codebook, coders: Sequence[str], sources: Sequence[Source]) -> bytes:
    """Write project.qde, the contents of a project; its texts lie beside it, as `text_path` says."""
    root = Element("Project", {"xmlns": PROJECT, "name": writable(name), "origin": ORIGIN})
    if coders:
        users = SubElement(root, "Users")
        for coder in coders:
            SubElement(users, "User", {"guid": guid("coder", coder), "name": coder})
    SubElement(root, "CodeBook").append(_codes(codebook))
    if sources:
        below = SubElement(root, "Sources")
        for source in sources:
            below.append(_source(source))
    notes = [_note(source, given) for source in sources for given in source.given if given.note]
    if notes:
        SubElement(root, "Notes").extend(notes)
    return _document(root)


def text_path(source: Source) -> str:
    """Say where in the archive the text of a source lies."""
    return f"Sources/{source.guid}.txt"


def _document(root: Element) -> bytes:
    indent(root, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _codes(codebook: Codebook) -> Element:
    names = code_names(codebook)
    codes = Element("Codes")
    for question, known in codebook.questions.items():
        attributes = {"guid": question_guid(question), "name": question, "isCodable": "false"}
        group = SubElement(codes, "Code", attributes)
        # Some programs lose a code that has anything but a description below it, so there is nothing else.
        same = codebook.same_meaning.get(question)
        about = f"Codebook version: {codebook.version}" + (
            f"\nSame meaning as before: {', '.join(same)}" if same else ""
        )
        SubElement(group, "Description").text = writable(about)
        for code in known:
            if code.parent is None:
                group.append(_code(question, code, known, names))
        none = {"guid": code_guid(question, NONE), "name": names[question, NONE], "isCodable": "true"}
        SubElement(SubElement(group, "Code", none), "Description").text = "Where no other code applies."
    return codes


def _code(question: str, code: Code, known: Sequence[Code], names: Mapping[tuple[str, str], str]) -> Element:
    attributes = {"guid": code_guid(question, code.id), "name": writable(names[question, code.id]), "isCodable": "true"}
    element = Element("Code", {**attributes, **({"color": code.color} if code.color else {})})
    SubElement(element, "Description").text = writable(described(code, names[question, code.id]))
    element.extend(_code(question, each, known, names) for each in known if each.parent == code.id)
    return element


def _source(source: Source) -> Element:
    path = f"internal://{source.guid}.txt"
    element = Element("TextSource", {"guid": source.guid, "name": source.name, "plainTextPath": path})
    for given in source.given:
        for code in given.codes:
            selection = SubElement(element, "PlainTextSelection", _selection(source, given, code))
            coding = _by(given.coder, guid("coding", source.guid, given.coder, code))
            target = {"targetGUID": code_guid(source.question, code)}
            SubElement(SubElement(selection, "Coding", coding), "CodeRef", target)
    for given in source.given:
        if given.note:
            SubElement(element, "NoteRef", {"targetGUID": guid("note", source.guid, given.coder)})
    return element


def _note(source: Source, given: Given) -> Element:
    note = Element("Note", {**_by(given.coder, guid("note", source.guid, given.coder)), "name": f"Note: {source.name}"})
    SubElement(note, "PlainTextContent").text = writable(given.note)
    # Where the note stands in the answer: without it, QualCoder leaves the note out.
    place = guid("note place", source.guid, given.coder)
    SubElement(note, "PlainTextSelection", {"guid": place, **_whole(source)})
    return note


def _selection(source: Source, given: Given, code: str) -> dict[str, str]:
    identifier = guid("selection", source.guid, given.coder, code)
    name = writable(source.text[:NAME_LENGTH]).replace("\n", " ")
    return {**_by(given.coder, identifier), "name": name, **_whole(source)}


def _whole(source: Source) -> dict[str, str]:
    return {"startPosition": "0", "endPosition": str(len(source.text))}


def _by(coder: str, identifier: str) -> dict[str, str]:
    return {"guid": identifier, "creatingUser": guid("coder", coder), "creationDateTime": A_DATE}
