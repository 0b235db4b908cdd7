import hashlib
import io
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from recount.errors import ExportError
from recount.ingest.fetch import fetch
from recount.study.settings import Source

CONTENT = b"a,b\n1,2\n" * 1000
SEAL = hashlib.sha256(CONTENT).hexdigest()


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in names:
            made.writestr(name, CONTENT)
    return packed.getvalue()


ARCHIVES = {"/one.zip": archive("export.csv"), "/two.zip": archive("a.csv", "b.csv"), "/broken.zip": CONTENT}


class _Site(BaseHTTPRequestHandler):
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:  # the name is http.server's
        self.asked.append(self.path)
        if self.path == "/export.csv":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(CONTENT)
        elif self.path == "/short.csv":
            self.send_response(200)
            self.send_header("Content-Length", str(len(CONTENT)))
            self.end_headers()
            self.wfile.write(CONTENT[:-9])
        elif self.path in ARCHIVES:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(ARCHIVES[self.path])
        else:
            self.send_error(404)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """A web site on this machine that has one export."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def no_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RECOUNT_DATA", raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def test_an_export_is_downloaded_whole(site: str, tmp_path: Path) -> None:
    target = tmp_path / "results/2015/export"
    fetch(Source(url=f"{site}/export.csv", sha256=SEAL), target)
    assert target.read_bytes() == CONTENT
    assert [each.name for each in target.parent.iterdir()] == ["export"]


def test_of_an_archive_its_only_file_is_the_export(site: str, tmp_path: Path) -> None:
    fetch(Source(url=f"{site}/one.zip", sha256=SEAL), tmp_path / "export")
    assert (tmp_path / "export").read_bytes() == CONTENT


@pytest.mark.parametrize(("name", "told"), [("two", "one file was expected"), ("broken", "the download failed")])
def test_an_archive_that_holds_no_export_is_told(site: str, tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(ExportError, match=told):
        fetch(Source(url=f"{site}/{name}.zip", sha256=SEAL), tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_data_comes_first(site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUNT_DATA", str(tmp_path / "data"))
    (tmp_path / "data/survey").mkdir(parents=True)
    (tmp_path / "data/survey/export.csv").write_bytes(CONTENT)
    _Site.asked.clear()
    fetch(Source(url=f"{site}/export.csv", sha256=SEAL, path="survey/export.csv"), tmp_path / "export")
    assert (tmp_path / "export").read_bytes() == CONTENT
    assert _Site.asked == []


def test_a_folder_of_data_without_the_file_leads_to_the_download(
    site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RECOUNT_DATA", str(tmp_path))
    fetch(Source(url=f"{site}/export.csv", sha256=SEAL, path="survey/export.csv"), tmp_path / "export")
    assert (tmp_path / "export").read_bytes() == CONTENT


def test_another_file_than_the_sealed_one_is_not_put_in_place(site: str, tmp_path: Path) -> None:
    (tmp_path / "export").write_bytes(b"what was there before")
    with pytest.raises(ExportError) as error:
        fetch(Source(url=f"{site}/export.csv", sha256="0" * 64), tmp_path / "export")
    assert error.value.findings[0].value == SEAL
    assert (tmp_path / "export").read_bytes() == b"what was there before"
    assert [each.name for each in tmp_path.iterdir()] == ["export"]


def test_another_file_in_the_folder_of_data_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUNT_DATA", str(tmp_path))
    (tmp_path / "a.csv").write_bytes(b"other")
    with pytest.raises(ExportError, match=r"a\.csv"):
        fetch(Source(url="https://example.org/a.csv", sha256=SEAL, path="a.csv"), tmp_path / "export")


def test_a_failed_download_says_how_to_place_the_file_by_hand(site: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="404") as error:
        fetch(Source(url=f"{site}/missing.csv", sha256=SEAL, path="survey/a.csv"), tmp_path / "export")
    assert "$RECOUNT_DATA/survey/a.csv" in error.value.findings[0].mend
    assert list(tmp_path.iterdir()) == []


def test_a_download_that_is_cut_short_is_not_put_in_place(site: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cut short"):
        fetch(Source(url=f"{site}/short.csv", sha256=SEAL), tmp_path / "export")
    assert list(tmp_path.iterdir()) == []


def test_no_server_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="download failed"):
        fetch(Source(url="http://127.0.0.1:9/a.csv", sha256=SEAL), tmp_path / "export", timeout=2)


def test_only_the_web_is_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(CONTENT)
    with pytest.raises(ExportError, match="not one of the web"):
        fetch(Source(url=f"file://{tmp_path}/secret", sha256=SEAL), tmp_path / "export")
