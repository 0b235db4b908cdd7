from collections.abc import Callable

import pytest

from recount.errors import ExportError
from recount.ingest.raw import RawExport

Read = Callable[..., RawExport]
TEXT = "name,città\nJosé,São Paulo\n王,北京一\n"
LATIN = "name,città\nJosé,São Paulo – “sic”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_is_recognised_with_and_without_a_mark(read: Read, encoding: str) -> None:
    got = read(TEXT.encode(encoding))
    assert got.encoding == encoding
    assert got.columns[0].name == "name"
    assert got.cells["città"].to_pylist() == ["São Paulo", "北京一"]


@pytest.mark.parametrize(("mark", "encoding"), [(b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")])
def test_a_mark_of_either_byte_order_is_read_over(read: Read, mark: bytes, encoding: str) -> None:
    got = read(mark + TEXT.encode(encoding))
    assert (got.encoding, got.columns[0].name) == ("utf-16", "name")


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "utf-8-sig"])
def test_a_mark_is_read_over_when_the_author_sets_the_encoding(read: Read, encoding: str) -> None:
    assert read(TEXT.encode("utf-8-sig"), encoding=encoding).columns[0].name == "name"


def test_what_is_not_utf_8_is_cp1252(read: Read) -> None:
    got = read(LATIN.encode("cp1252"))
    assert got.encoding == "cp1252"
    assert got.cells["città"].to_pylist() == ["São Paulo – “sic”"]


def test_the_encoding_that_the_author_sets_wins(read: Read) -> None:
    assert read("a,b\nжена,1\n".encode("cp1251"), encoding="cp1251").cells["a"].to_pylist() == ["жена"]
    assert read("a,b\né,1\n".encode(), encoding="cp1252").cells["a"].to_pylist() == ["Ã©"]


def test_utf_8_with_one_broken_byte_is_not_taken_for_cp1252(read: Read) -> None:
    content = "a,b\né,1\nü,2\nß,".encode() + b"\xff\n"
    with pytest.raises(ExportError) as error:
        read(content)
    finding = error.value.findings[0]
    assert (finding.key, finding.value) == (f"byte {content.index(0xFF)}", "ff")
    assert "line 4" in finding.problem
    assert "encoding:" in finding.mend


def test_a_file_cut_within_a_character_is_told(read: Read) -> None:
    with pytest.raises(ExportError, match="line 3 cannot be read as utf-8"):
        read("a,b\né,ü\né,1".encode()[:-3])


def test_a_byte_that_the_set_encoding_lacks_is_told_by_offset_and_line(read: Read) -> None:
    content = b"a,b\n" + b"x,y\n" * 400_000 + b"z,\x81\n"
    with pytest.raises(ExportError) as error:
        read(content, encoding="cp1252")
    finding = error.value.findings[0]
    assert finding.key == f"byte {len(content) - 2}"
    assert "line 400002" in finding.problem


def test_a_broken_byte_after_a_character_over_two_pieces_has_its_true_offset(read: Read) -> None:
    content = b"a,b\n" + b"x" * ((1 << 20) - 5) + "€€,1\n".encode() + b"\xff,2\n"
    with pytest.raises(ExportError) as error:
        read(content)
    assert error.value.findings[0].key == f"byte {content.index(0xFF)}"


def test_an_unknown_encoding_is_told(read: Read) -> None:
    with pytest.raises(ExportError, match="no such encoding"):
        read("a,b\n", encoding="utf-9")
    with pytest.raises(ExportError, match="no such encoding"):
        read("a,b\n", encoding="hex")


def test_nul_characters_in_utf_8_are_not_taken_for_utf_16(read: Read) -> None:
    got = read("a,b\nx\0y,1\nz\0\0,2\n")
    assert got.encoding == "utf-8"
    assert got.cells["a"].to_pylist() == ["x\0y", "z\0\0"]
