"""The encoding of a text file: named by its bytes or by the author, and checked to the last byte."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from recount.errors import ExportError, Finding

CHUNK = 1 << 20
SAMPLE = 1 << 14
# Encodings in which a byte below 128 is its ASCII character, once nothing is left over from the bytes before.
ASCII_ALIKE = ("utf-8", "cp1252")
START = (b"", 0)

# The longer mark first: UTF-32's begins as UTF-16's.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
MENDS = "save the export as UTF-8, or set `encoding:` of the wave in config.yaml to the one that it has"


@dataclass(frozen=True)
class Undecodable:
    """The first byte that an encoding has no character for: its offset from 0, its line from 1."""

    offset: int
    line: int
    byte: str


def encoding_of(path: Path, *, name: str, encoding: str = "auto") -> str:
    """Name the encoding that reads every byte of the file.

    An encoding that the author sets wins. Else: a byte order mark; UTF-8; UTF-16 without a mark; cp1252. A file that
    is UTF-8 but for a few bytes is an error and not cp1252, which would spoil every accent in it. Raise
    `ExportError` with the byte and the line that cannot be read.
    """
    with path.open("rb") as stream:
        start = stream.read(SAMPLE)
    marked = next((known for mark, known in MARKS if start.startswith(mark)), None)
    if encoding != "auto":
        return _checked(path, name, _as_set(name, encoding, marked), "as config.yaml says")
    if marked:
        return _checked(path, name, marked, "as its byte order mark says")
    unmarked = _utf16_without_mark(start)
    if unmarked and _undecodable(path, unmarked) is None:
        return unmarked
    failure = _undecodable(path, "utf-8")
    if failure is None:
        return "utf-8"
    if _mostly_utf8(path):
        raise ExportError(_finding(name, "utf-8", failure, "as nearly all of it is"))
    return _checked(path, name, "cp1252", "since it is not UTF-8")


def _as_set(name: str, encoding: str, marked: str | None) -> str:
    """The author's encoding by its usual name; with a mark in the file, the variant that reads over the mark."""
    try:
        codec = codecs.lookup(encoding).name
        " ".encode(codec)  # hex, zip and their like are codecs, but not of text
    except (LookupError, ValueError):
        raise ExportError(
            Finding(
                problem="there is no such encoding",
                file=name,
                key="encoding",
                value=encoding,
                expected="auto, utf-8, utf-16, cp1252, latin-1, mac-roman, gb18030, shift-jis, ...",
                mend="set `encoding:` of the wave in config.yaml to auto, or to the one that the file has",
            )
        ) from None
    family = codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    return marked if marked and marked.removesuffix("-sig") == family else codec


def _checked(path: Path, name: str, encoding: str, why: str) -> str:
    failure = _undecodable(path, encoding)
    if failure:
        raise ExportError(_finding(name, encoding, failure, why))
    return encoding


def _finding(name: str, encoding: str, failure: Undecodable, why: str) -> Finding:
    return Finding(
        problem=f"line {failure.line} cannot be read as {encoding}, {why}",
        file=name,
        key=f"byte {failure.offset}",
        value=failure.byte,
        expected=f"text in {encoding}",
        mend=MENDS,
    )


def _utf16_without_mark(start: bytes) -> str | None:
    """UTF-16 shows in ASCII characters (delimiters, digits, line ends): every second byte is NUL, on one side."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    if min(even, odd) * 4 > max(even, odd) or max(even, odd) * 20 < len(start):
        return None
    text = start[: len(start) // 2 * 2].decode(encoding, errors="replace")
    controls = sum(letter < " " and letter not in "\t\r\n" for letter in text)
    return None if controls else encoding


def _undecodable(path: Path, encoding: str) -> Undecodable | None:
    """The first byte that the encoding cannot read; None where it reads them all."""
    decoder = codecs.getincrementaldecoder(encoding)()
    offset = lines = 0
    ascii_alike = encoding in ASCII_ALIKE
    for chunk in _chunks(path):
        offset += len(chunk)
        if ascii_alike and chunk.isascii() and decoder.getstate() == START:
            lines += chunk.count(b"\n")
            continue
        try:
            lines += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            # What the decoder failed on ends with the chunk, and may begin with bytes left over from the one before.
            before = error.object[: error.start].decode(encoding, errors="ignore")
            return Undecodable(
                offset=offset - len(error.object) + error.start,
                line=lines + before.count("\n") + 1,
                byte=error.object[error.start : error.start + 1].hex(),
            )
    return None


def _mostly_utf8(path: Path) -> bool:
    """Whether more characters beyond ASCII read well as UTF-8 than do not: in real cp1252 hardly any does."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
    well = broken = 0
    for chunk in _chunks(path):
        text = decoder.decode(chunk, final=not chunk)
        readable = text.encode("utf-8", errors="ignore").decode()
        broken += len(text) - len(readable)
        well += len(readable) - len(readable.encode("ascii", errors="ignore"))
    return well > broken


def _chunks(path: Path) -> Iterator[bytes]:
    """The file in pieces; an empty piece ends it."""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            yield chunk
    yield b""
