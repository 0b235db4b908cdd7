"""Zip archives: written the same each time, and read without trust in who made them."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from recount.errors import CodingError, Finding

# The earliest that a zip can say; the time of writing is nobody's business, and would differ each time.
THE_TIME = (1980, 1, 1, 0, 0, 0)
MEGABYTE = 1 << 20
# A project with the answers of a survey is text, and far smaller.
LARGEST = 512 * MEGABYTE
MOST_ENTRIES = 500_000
# Text shrinks to a tenth; an archive made to fill a disk shrinks to a thousandth.
DENSEST = 200
ENCRYPTED = 0x1


def packed(files: Mapping[str, bytes]) -> bytes:
    """Pack files in their order, with fixed times and rights."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=THE_TIME)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


class Archive:
    """A zip archive that a stranger may have made; `file` is what messages call it."""

    def __init__(self, content: bytes, file: str) -> None:
        """Open it; raise `CodingError` where it is none, or its list of contents is not to be trusted."""
        self.file = file
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise self._refused(f"this is no zip archive: {error}") from None
        entries = self._zip.infolist()
        for entry in entries:
            self._vet(entry)
        if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST:
            raise self._refused(f"what is in the archive would fill more than {LARGEST // MEGABYTE} MB")
        # Programs differ in how they write `Sources`.
        self._places = {entry.filename.casefold(): entry.filename for entry in entries}
        if len(self._places) < len(entries):
            raise self._refused("two files of the archive have the same name")

    @property
    def names(self) -> list[str]:
        """List the names of its files, in its order."""
        return list(self._places.values())

    def read(self, name: str) -> bytes | None:
        """Read a file of it by its name, in capitals or not; None where there is no such file."""
        place = self._places.get(name.casefold())
        if place is None:
            return None
        try:
            return self._zip.read(place)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._refused(f"{place} cannot be unpacked: {error}") from None

    def _vet(self, entry: zipfile.ZipInfo) -> None:
        path = PurePosixPath(entry.orig_filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.orig_filename or "\x00" in entry.orig_filename:
            raise self._refused(f"it holds a file that would lie outside of it: {entry.orig_filename!r}")
        if entry.flag_bits & ENCRYPTED:
            raise self._refused(f"{entry.filename} is locked by a password")
        if entry.file_size > MEGABYTE and entry.file_size > DENSEST * max(entry.compress_size, 1):
            raise self._refused(f"{entry.filename} is packed so densely that it looks made to fill the memory")

    def _refused(self, problem: str) -> CodingError:
        return CodingError(Finding(problem=problem, file=self.file, expected="a project as the program exported it"))
