"""Projects as other programs write them, and files that mean harm."""

import zipfile
from io import BytesIO

import pytest

from recount.coding.exchange.archive import packed
from recount.coding.exchange.books import codebook_of
from recount.coding.exchange.foreign import read_codes, read_project
from recount.coding.exchange.homecoming import Brought, codings_in
from recount.coding.lines import answers_of
from recount.errors import CodingError
from tests.coding.hand_built import CODEBOOK, WAVE, clean_of

ANSWERS = {"obstacles": answers_of(clean_of(obstacles=["No budget\nNo staff", "Laws", "Else"]), "obstacles")}
CODE, OTHER, USER, SECOND = (f"{n}" * 8 + "-0000-4000-8000-00000000000a" for n in "1234")


def project(
    sources: str, *, users: str = "", codes: str = "", notes: str = "", files: dict[str, bytes] | None = None
) -> bytes:
    """Write a project by hand, with a prefix, braces and capitals in identifiers, as programs do."""
    users = users or f'<q:User guid="{{{USER.upper()}}}" name="Ann Lee"/>'
    codes = codes or (
        f'<q:Code guid="{{{CODE.upper()}}}" name="Funding " isCodable="true"/>'
        f'<q:Code guid="{OTHER}" name="staff" isCodable="1"><q:Description/></q:Code>'
    )
    text = (
        '\ufeff<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<q:Project xmlns:q="urn:QDA-XML:project:1.0" name="x" origin="Some program 2026">'
        f"<q:Users>{users}</q:Users><q:CodeBook><q:Codes>{codes}</q:Codes></q:CodeBook>"
        f"<q:Sources>{sources}</q:Sources>{f'<q:Notes>{notes}</q:Notes>' if notes else ''}</q:Project>"
    )
    return packed({**(files or {}), "project.qde": text.encode()})


def code(guid: str, name: str) -> str:
    return f'<q:Code guid="{guid}" name="{name}" isCodable="true"/>'


def coding(code: str, user: str = USER) -> str:
    who = f' creatingUser="{user}"' if user else ""
    return f'<q:Coding guid="{code}"{who}><q:CodeRef targetGUID="{code}"/></q:Coding>'


def source(name: str, text: str, inner: str) -> str:
    content = f"<q:PlainTextContent>{text}</q:PlainTextContent>"
    return f'<q:TextSource guid="{name}" name="{name}">{content}{inner}</q:TextSource>'


def selection(inner: str, start: int = 3, end: int = 9, user: str = USER) -> str:
    place = f'startPosition="{start}" endPosition="{end}"'
    return f'<q:PlainTextSelection guid="x" {place} creatingUser="{user}">{inner}</q:PlainTextSelection>'


def brought(content: bytes, coder: str = "ann", user: str | None = None) -> Brought:
    return codings_in(
        read_project(content, "x.qdpx"), wave=WAVE, codebook=CODEBOOK, answers=ANSWERS, coder=coder, user=user
    )


def codes_of(found: Brought) -> dict[str, str]:
    lines = found.lines["obstacles"]
    return dict(zip(lines["respondent"], lines["codes"], strict=True))


def test_codes_of_parts_of_an_answer_count_for_the_answer_by_the_names_of_texts_and_codes() -> None:
    inner = selection(coding(CODE, ""), 0, 9) + selection(coding(OTHER), 10, 18) + coding(CODE)
    found = brought(project(source("2020 obstacles R0.txt", "No budget\nNo staff", inner)))
    assert codes_of(found) == {"R0": "funding;staff"}


def test_texts_as_files_with_a_byte_order_mark_and_the_line_ends_of_windows_are_the_same_words() -> None:
    path = '<q:TextSource guid="a" name="2020 obstacles R0" plainTextPath="internal://A.txt">'
    # Windows' line ends move every position after them by one.
    text = path + selection(coding(OTHER), 11, 19) + "</q:TextSource>"
    files = {"sources/a.TXT": b"\xef\xbb\xbfNo budget\r\nNo staff\r\n"}
    assert codes_of(brought(project(text, files=files))) == {"R0": "staff"}


def test_the_codes_of_one_of_several_users_are_taken_by_name() -> None:
    users = f'<q:User guid="{USER}" name="Ann Lee"/><q:User guid="{SECOND}" name="ben"/>'
    inner = selection(coding(CODE)) + selection(coding(OTHER, SECOND))
    content = project(source("2020 obstacles R0", "No budget No staff", inner), users=users)
    assert codes_of(brought(content, "ben")) == {"R0": "staff"}
    assert codes_of(brought(content, "ann", "ann lee")) == {"R0": "funding"}
    with pytest.raises(CodingError, match="no user 'ann' coded") as caught:
        brought(content, "ann")
    assert "--user NAME" in str(caught.value)


def test_notes_come_home_from_memos_and_descriptions() -> None:
    notes = f'<q:Note guid="{SECOND}" creatingUser="{USER}"><q:PlainTextContent>unsure</q:PlainTextContent></q:Note>'
    ref = f'<q:NoteRef targetGUID="{SECOND.upper()}"/>'
    inner = selection("<q:Description>irony?</q:Description>" + coding(CODE)) + ref
    found = brought(project(source("2020 obstacles R1", "Laws", inner), notes=notes))
    assert list(found.lines["obstacles"]["note"]) == ["unsure\nirony?"]


def test_an_answer_that_was_edited_since_is_left_out_and_told() -> None:
    inner = selection(coding(CODE))
    content = project(source("2020 obstacles R1", "Law", inner) + source("2020 obstacles R2", "Else", inner))
    found = brought(content)
    assert codes_of(found) == {"R2": "funding"}
    assert "R1: the answer has other words now" in str(found.left_out[0])


def test_all_that_cannot_be_placed_is_told_and_nothing_is_taken() -> None:
    codes = code(CODE, "Red tape") + code(OTHER, "training")
    inner = selection(coding(CODE)) + selection(coding(OTHER))
    content = project(source("2020 obstacles R1", "Laws", inner) + source("Interview 7", "Hm", inner), codes=codes)
    with pytest.raises(CodingError) as caught:
        brought(content)
    told = str(caught.value)
    assert "'Red tape': the codebook has no such code for obstacles; it is given to 1 answer" in told
    assert "'training': the codebook has no such code for obstacles" in told
    assert "'Interview 7': this text is coded, and is no answer of this wave" in told


def test_copies_of_an_answer_are_told() -> None:
    inner = selection(coding(CODE))
    content = project(source("2020 obstacles R1", "Laws", inner) + source("2020 OBSTACLES R1.txt", "Laws", inner))
    with pytest.raises(CodingError, match="2 coded texts are this answer"):
        brought(content)


def test_the_code_for_nothing_beside_another_is_told() -> None:
    codes = code(CODE, "No code applies (obstacles)") + code(OTHER, "law")
    content = project(source("2020 obstacles R1", "Laws", selection(coding(CODE)) + coding(OTHER)), codes=codes)
    with pytest.raises(CodingError, match="stands beside another code"):
        brought(content)


def test_a_file_in_which_nobody_coded_is_told() -> None:
    with pytest.raises(CodingError, match="nobody coded anything"):
        brought(project(source("2020 obstacles R1", "Laws", "")))


@pytest.mark.parametrize("namespace", ["urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:1:0", ""])
def test_a_codebook_of_another_program_becomes_ours(namespace: str) -> None:
    text = (
        f'<CodeBook xmlns="{namespace}" origin="NVivo"><Codes>'
        '<Code guid="1" name="Barriers &amp; más" isCodable="true" color="#0aF">'
        '<Description>What stops.</Description><Code guid="2" name="Dinero" isCodable="true"/></Code>'
        '<Code guid="3" name="dinero" isCodable="true"/></Codes></CodeBook>'
    )
    found = codebook_of(read_codes(text.encode(), "x.qdc"), file="x.qdc", question="obstacles").questions["obstacles"]
    assert [(code.id, code.label, code.parent, code.color) for code in found] == [
        ("barriers_mas", "Barriers & más", None, "#00aaFF"),
        ("dinero", "Dinero", "barriers_mas", ""),
        ("dinero_2", "dinero", None, ""),
    ]
    assert found[0].definition == "What stops."


def test_a_codebook_without_groups_asks_for_the_question() -> None:
    text = b'<CodeBook><Codes><Code guid="1" name="a" isCodable="true"/></Codes></CodeBook>'
    with pytest.raises(CodingError, match="--question QUESTION"):
        codebook_of(read_codes(text, "x.qdc"), file="x.qdc")


BOMB = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))


@pytest.mark.parametrize(
    "head",
    [
        f'<!DOCTYPE x [<!ENTITY l0 "lol">{BOMB}]>',
        '<!DOCTYPE x [<!ENTITY l9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
    ],
    ids=["billion laughs", "file", "dtd"],
)
def test_xml_with_entities_is_refused(head: str) -> None:
    text = f'<?xml version="1.0"?>{head}<Project name="x"/>'
    with pytest.raises(CodingError, match="declares a document type"):
        read_project(packed({"project.qde": text.encode()}), "x.qdpx")


@pytest.mark.parametrize(
    "text", [b"", b"<Project", b"<Project/><x/>", b"\xff\xfe\x00", b'<?xml version="1.0" encoding="no-such"?><P/>']
)
def test_what_is_no_xml_is_refused(text: bytes) -> None:
    with pytest.raises(CodingError, match="this is not XML"):
        read_project(packed({"project.qde": text}), "x.qdpx")


def test_xml_that_is_nested_without_end_is_refused() -> None:
    text = b"<Project>" + b"<Code>" * 5000 + b"</Code>" * 5000 + b"</Project>"
    with pytest.raises(CodingError, match="nested more than"):
        read_project(packed({"project.qde": text}), "x.qdpx")


@pytest.mark.parametrize("name", ["../x.qde", "/project.qde", "a/../../x", "..\\x", "C:\\x", "a\\..\\..\\x"])
def test_a_file_that_would_lie_outside_the_archive_is_refused(name: str) -> None:
    with pytest.raises(CodingError, match="outside"):
        read_project(packed({"project.qde": b"<Project/>", name: b"x"}), "x.qdpx")


def test_an_archive_made_to_fill_the_memory_is_refused() -> None:
    with pytest.raises(CodingError, match="fill the memory"):
        read_project(packed({"project.qde": b" " * 50_000_000}), "x.qdpx")


def test_an_archive_that_lies_about_its_sizes_is_refused() -> None:
    content = packed({"project.qde": b"<Project/>" * 1000})
    size = (10_000).to_bytes(4, "little")
    assert content.count(size) == 2
    with pytest.raises(CodingError, match="cannot be unpacked"):
        read_project(content.replace(size, (10).to_bytes(4, "little")), "x.qdpx")


def test_two_files_of_one_name_are_refused() -> None:
    with pytest.raises(CodingError, match="same name"):
        read_project(packed({"project.qde": b"<Project/>", "PROJECT.QDE": b"<Project/>"}), "x.qdpx")


def test_a_locked_archive_is_refused() -> None:
    content = bytearray(packed({"project.qde": b"<Project/>"}))
    with zipfile.ZipFile(BytesIO(bytes(content))) as archive:
        place = archive.start_dir
    content[place + 8] |= 1
    with pytest.raises(CodingError, match="password"):
        read_project(bytes(content), "x.qdpx")


@pytest.mark.parametrize("content", [b"", b"PK", b"nothing of the kind"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    with pytest.raises(CodingError, match="no zip archive"):
        read_project(content, "x.qdpx")
