"""Raw exports that a study does not contain: found in a folder of data, or fetched, and checked against the seal."""

import hashlib
import os
import shutil
import tempfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO, cast
from urllib.error import HTTPError

from recount.errors import ExportError, Finding
from recount.study.settings import Source

FOLDER = "RECOUNT_DATA"
TIMEOUT = 60.0
CHUNK = 1 << 20


def fetch(source: Source, target: str | Path, *, timeout: float = TIMEOUT) -> None:
    """Put the export of a wave with `source:` at `target`, whole and sealed, or not at all.

    It is taken from the folder that the environment variable RECOUNT_DATA names, where it is there, else downloaded;
    `timeout` is in seconds. What comes from an address that ends in .zip is the only file of that archive. Raise
    `ExportError` where neither works, or the file does not bear the seal.
    """
    local = _local(source)
    if local and local.is_file():
        with local.open("rb") as stream:
            _put(stream, source, Path(target), origin=source.path)
        return
    if not source.url.startswith(("https://", "http://")):
        raise ExportError(_finding(source, "the address is not one of the web (https://...)"))
    try:
        request = urllib.request.Request(source.url, headers={"User-Agent": "recount"})  # noqa: S310 - checked above
        opened = urllib.request.urlopen(request, timeout=timeout)  # noqa: S310 - checked above
        with opened as stream, _unpacked(stream, source) as export:
            _put(export, source, Path(target), origin=source.url)
    except HTTPError as error:
        error.close()  # the answer of the server hangs on it
        raise ExportError(_finding(source, f"the download failed: {error}")) from None
    except (OSError, HTTPException, ValueError, zipfile.BadZipFile) as error:
        raise ExportError(_finding(source, f"the download failed: {error}")) from None


def _local(source: Source) -> Path | None:
    folder = os.environ.get(FOLDER)
    return Path(folder) / source.path if folder and source.path else None


@contextmanager
def _unpacked(stream: BinaryIO, source: Source) -> Iterator[BinaryIO]:
    """Open the only file of an archive; give any other download as it is."""
    if not source.url.endswith(".zip"):
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy, CHUNK)
        with zipfile.ZipFile(copy) as archive:
            files = [each for each in archive.infolist() if not each.is_dir()]
            if len(files) != 1:
                names = ", ".join(each.filename for each in files) or "none"
                raise ExportError(_finding(source, f"an archive with one file was expected; this one has: {names}"))
            with archive.open(files[0]) as export:
                yield cast("BinaryIO", export)


def _put(stream: BinaryIO, source: Source, target: Path, *, origin: str) -> None:
    """Copy beside the target, compare with the seal, and only then put it in place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as copy:
            shutil.copyfileobj(stream, copy, CHUNK)
        with Path(beside).open("rb") as copied:
            found = hashlib.file_digest(copied, "sha256").hexdigest()
        if found != source.sha256:
            raise ExportError(_not_sealed(source, found, origin))
        Path(beside).chmod(0o644)
        Path(beside).replace(target)
    finally:
        with suppress(FileNotFoundError):
            Path(beside).unlink()


def _finding(source: Source, problem: str) -> Finding:
    place = f"${FOLDER}/{source.path}" if source.path else "the wave's `export:`, without `source:`,"
    return Finding(
        problem=problem,
        file=source.url,
        expected=f"a file with the SHA-256 {source.sha256}",
        mend=f"download it by hand, put it at {place} and run again"
        + ("" if os.environ.get(FOLDER) else f" (the environment variable {FOLDER} names a folder of data)"),
    )


def _not_sealed(source: Source, found: str, origin: str) -> Finding:
    return Finding(
        problem="this is not the file that the study is about: its SHA-256 is another",
        file=origin,
        value=found,
        expected=source.sha256,
        mend="run again, in case the download was cut short; or find the version that was sealed; or, if this one is "
        "meant, set `sha256:` of the wave's source to it",
    )
