import io
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter

from recount.write.documents.object_streams import compressed


def _plain(pages: int) -> bytes:
    """A PDF as typst writes it: a cross-reference table, no object streams."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 200)
    writer.add_metadata({"/Title": "endobj (a) trailer"})
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_what_is_packed_says_the_same_in_less() -> None:
    plain = _plain(500)
    packed = compressed(plain)
    assert len(packed) < len(plain) / 3
    got, exp = PdfReader(io.BytesIO(packed), strict=True), PdfReader(io.BytesIO(plain))
    assert got.metadata == exp.metadata
    assert [page.mediabox for page in got.pages] == [page.mediabox for page in exp.pages]
    assert len(got.pages) == 500


def test_what_is_packed_already_or_no_pdf_comes_back_as_it_is() -> None:
    packed = compressed(_plain(3))
    for content in (packed, b"", b"%PDF-1.7\n", b"trailer <</Size 1>>\nstartxref\n0\n%%EOF\n"):
        assert compressed(content) == content


def test_the_paper_is_packed_and_its_tags_are_all_there(document: Callable[[str], bytes]) -> None:
    content = document("pdf")
    assert b"/ObjStm" in content
    assert b"/StructElem" not in content
    root = PdfReader(io.BytesIO(content), strict=True).trailer["/Root"]
    assert len(root["/StructTreeRoot"]["/ParentTree"]["/Nums"]) > 5
