"""What kind of file an export is, by its first bytes; and whose, by its header."""

import codecs
import zipfile
from pathlib import Path
from typing import Literal

from recount.errors import ExportError, Finding
from recount.ingest import delimited, limesurvey, qualtrics, surveymonkey
from recount.ingest.layout import Head, Layout, Platform

Kind = Literal["text", "excel", "spss", "stata"]

# The first that recognises the header has it; `delimited` takes what is left.
PLATFORMS: tuple[Platform, ...] = (qualtrics, limesurvey, surveymonkey)
BY_FORMAT: dict[str, Platform] = {
    "qualtrics": qualtrics,
    "qualtrics-legacy": qualtrics,
    "surveymonkey": surveymonkey,
    "limesurvey": limesurvey,
}

# Files that people take for an export: how they begin, what they are, what to do.
STRANGERS: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0",
        "an Excel workbook of the old kind (.xls), or one with a password",
        "save it as .xlsx, without",
    ),
    (b"ASCII SPSS PORT FILE", "a portable SPSS file (.por)", "save it as .sav"),
    (b"\x1f\x8b", "compressed by gzip", "unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it"),
    (b"Rar!", "a RAR archive", "unpack it"),
    (b"%PDF", "a PDF document", "export the responses as CSV"),
    (b"<?xml", "an XML file, such as a questionnaire's structure", "export the responses as CSV"),
    (b"<!doctype html", "a web page, perhaps the platform's login", "log in and export again"),
    (b"<html", "a web page, perhaps the platform's login", "log in and export again"),
)


def kind_of(path: Path, *, file: str) -> Kind:
    """Tell the kind of a file by its first bytes; its name does not count.

    Raise `ExportError` where there is no file, where it is empty, or where it is something else than responses.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(512)
    except (FileNotFoundError, IsADirectoryError):
        raise ExportError(
            Finding(problem="there is no such file", file=file, mend="put the export there, or mend `export:`")
        ) from None
    if not start:
        raise ExportError(Finding(problem="the file is empty", file=file, mend="export the responses again"))
    if start.startswith(b"PK\x03\x04"):
        return _in_zip(path, file)
    if start[:4] in (b"$FL2", b"$FL3"):
        return "spss"
    if _is_stata(start):
        return "stata"
    text = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    for sign, stranger, mend in STRANGERS:
        if text.startswith(sign.lower()):
            raise ExportError(Finding(problem=f"the file is {stranger}", file=file, expected="responses", mend=mend))
    return "text"


def layout_of(head: Head, *, format: str, header_rows: int | None, file: str = "") -> Layout:  # noqa: A002 - a setting
    """Tell whose export it is by its first rows; what the author sets in config.yaml wins.

    Raise `ExportError` where what is set would read header rows as responses, names another platform than the one
    that the header shows, or says Qualtrics where nothing tells how long the header is.
    """
    found = next((layout for each in PLATFORMS if (layout := each.recognised(head))), delimited.recognised(head))
    used = _layout_as_set(head, found, format, header_rows, file)
    if used.header_rows < found.header_rows and (header_rows is None or qualtrics.has_import_ids(head)):
        read_as = f"row {used.header_rows + 1} of its header would be read as a response"
        raise _looks_like(found, read_as, used, head, file)
    if header_rows is None and used.format != found.format and {used.format, found.format} <= set(BY_FORMAT):
        raise _looks_like(found, "that is another platform than config.yaml names", used, head, file)
    return used


def _layout_as_set(head: Head, found: Layout, format: str, header_rows: int | None, file: str) -> Layout:  # noqa: A002
    if format not in ("auto", found.format):
        rows = _rows_as_set(head, found, format, file) if header_rows is None else header_rows
        return Layout(format, rows, f"config.yaml says format: {format}")
    if header_rows is not None:
        return Layout(found.format, header_rows, f"{found.reason}; config.yaml says header_rows: {header_rows}")
    return found


def _rows_as_set(head: Head, found: Layout, format: str, file: str) -> int:  # noqa: A002 - a setting
    """The number of header rows of a format that the author sets and the header itself does not show."""
    if format == "surveymonkey":
        return 2 if surveymonkey.has_options(head) else 1
    if format == "qualtrics" and found.format in BY_FORMAT:
        return found.header_rows  # another platform's, which is told
    if format == "qualtrics":
        raise ExportError(
            Finding(
                problem="the header is not Qualtrics': it has no row of import ids, and not the usual columns; "
                f"this looks like {found.format}",
                file=file,
                row=1,
                value=", ".join(head[0][:8]) if head else None,
                expected='names, wordings, and a row of {"ImportId": ...}',
                mend="set `header_rows:` of the wave in config.yaml, or `format: auto`",
            )
        )
    return 2 if format == "qualtrics-legacy" else 1


def _looks_like(found: Layout, problem: str, used: Layout, head: Head, file: str) -> ExportError:
    """Tell that what config.yaml sets contradicts what the header shows."""
    key = "format" if used.format != found.format else "header_rows"
    return ExportError(
        Finding(
            problem=f"this looks like {found.format} ({found.reason}), and {problem}",
            file=file,
            key=key,
            value=used.format if key == "format" else str(used.header_rows),
            expected=f"format: {found.format}, with {len(head[: found.header_rows])} header rows",
            mend="set `format: auto` of the wave in config.yaml, and leave `header_rows:` out",
        )
    )


def check_kind(kind: Kind, *, format: str, file: str) -> None:  # noqa: A002 - a setting
    """Raise `ExportError` where config.yaml names another format than the file's bytes."""
    binary = format if format in ("excel", "spss", "stata") else None
    text_only = format in ("csv", "tsv")
    wrong = (binary and binary != kind) or (text_only and kind != "text")
    if wrong or (format in BY_FORMAT and kind in ("spss", "stata")):
        raise ExportError(
            Finding(
                problem=f"the file is not {format}: its first bytes are those of {kind}",
                file=file,
                key="format",
                value=format,
                expected=f"auto, or {'csv' if kind == 'text' else kind}",
                mend="set `format:` of the wave in config.yaml to auto",
            )
        )


def _in_zip(path: Path, file: str) -> Kind:
    try:
        names = zipfile.ZipFile(path).namelist()
    except zipfile.BadZipFile:
        raise ExportError(Finding(problem="the zip file is damaged", file=file, mend="export it again")) from None
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return "excel"
    listed = ", ".join(sorted(names)[:5])
    raise ExportError(
        Finding(
            problem="the file is a zip archive",
            file=file,
            expected="responses, not an archive of them",
            mend=f"unpack it, and name the file of responses in config.yaml; it holds {listed}",
        )
    )


def _is_stata(start: bytes) -> bool:
    """Stata 13 and later begin with a tag; older ones with version, byte order (1 or 2), file type 1 and a zero."""
    version, order, file_type, unused = start[:4].ljust(4, b"\xff")
    old = 0x66 <= version <= 0x73 and order in (1, 2) and file_type == 1 and unused == 0  # noqa: PLR2004 - see above
    return old or start.startswith(b"<stata_dta>")
