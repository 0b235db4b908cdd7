"""A PDF with its small objects in compressed streams: tags are objects, and a large table has thousands of them.

As in ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams); what the objects say stays as it is.
"""

import re
import zlib
from collections.abc import Mapping, Sequence
from itertools import pairwise

IN_A_STREAM = 200  # a reader unpacks the whole stream for any object of it
OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\s*endobj\s*\Z", re.DOTALL)
END = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*\Z", re.DOTALL)
ENTRY = re.compile(rb"(\d{10}) 00000 n")
SIZE = re.compile(rb"/Size \d+")
FREE, PLAIN, PACKED = 0, 1, 2  # the types of an entry in a cross-reference stream

Objects = list[tuple[int, bytes]]
Entry = tuple[int, int, int]


def compressed(pdf: bytes) -> bytes:
    """Pack the objects of a PDF that has one plain cross-reference table and no cipher, such as typst's.

    A file that is built otherwise comes back as it is.
    """
    end = END.search(pdf, max(pdf.rfind(b"trailer"), 0))
    table = int(end[2]) if end else 0
    starts = sorted(int(offset) for offset in ENTRY.findall(pdf, table)) if end else []
    found = [OBJECT.fullmatch(pdf, start, stop) for start, stop in pairwise([*starts, table])]
    objects = [(int(each[1]), each[2]) for each in found if each]
    if not end or not objects or len(objects) != len(starts):
        return pdf
    return _written(pdf[: starts[0]], sorted(objects), SIZE.sub(b"", end[1]))


def _written(head: bytes, objects: Objects, trailer: bytes) -> bytes:
    output = bytearray(head)
    entries: dict[int, Entry] = {0: (FREE, 0, 65535)}

    def place(number: int, content: bytes) -> None:
        entries[number] = (PLAIN, len(output), 0)
        output.extend(b"%d 0 obj\n%b\nendobj\n" % (number, content))

    for number, content in objects:
        if _is_stream(content):
            place(number, content)
    small = [each for each in objects if not _is_stream(each[1])]
    free = objects[-1][0] + 1
    for first in range(0, len(small), IN_A_STREAM):
        batch = small[first : first + IN_A_STREAM]
        entries |= {number: (PACKED, free, index) for index, (number, _) in enumerate(batch)}
        place(free, _object_stream(batch))
        free += 1
    start = len(output)
    entries[free] = (PLAIN, start, 0)
    place(free, _cross_references(entries, trailer))
    return bytes(output + b"startxref\n%d\n%%%%EOF\n" % start)


def _is_stream(content: bytes) -> bool:
    return content.endswith(b"endstream")


def _object_stream(batch: Sequence[tuple[int, bytes]]) -> bytes:
    offset, index = 0, []
    for number, content in batch:
        index.append(b"%d %d" % (number, offset))
        offset += len(content) + 1
    head = b" ".join(index) + b"\n"
    body = b"\n".join(content for _, content in batch)
    return _stream(b"/Type/ObjStm/N %d/First %d" % (len(batch), len(head)), head + body)


def _cross_references(entries: Mapping[int, Entry], trailer: bytes) -> bytes:
    size = max(entries) + 1
    rows = (entries.get(number, (FREE, 0, 65535)) for number in range(size))
    data = b"".join(kind.to_bytes(1) + where.to_bytes(4) + which.to_bytes(2) for kind, where, which in rows)
    return _stream(b"/Type/XRef/W[1 4 2]/Size %d%b" % (size, trailer), data)


def _stream(entries: bytes, data: bytes) -> bytes:
    packed = zlib.compress(data, 9)
    return b"<<%b/Filter/FlateDecode/Length %d>>\nstream\n%b\nendstream" % (entries, len(packed), packed)
