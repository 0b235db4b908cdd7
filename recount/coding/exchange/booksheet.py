"""The codebook as a sheet of a workbook: a row a code, there and back."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from recount.coding.exchange.archive import Archive
from recount.errors import CodingError, Finding
from recount.ingest.excel import records
from recount.study.codebook import Code, Codebook

SHEET = "codebook"
WIDTHS = {
    "question": 14,
    "code": 14,
    "label": 28,
    "definition": 50,
    "use_when": 40,
    "not_when": 40,
    "example": 40,
    "parent": 14,
    "keywords": 40,
    "color": 10,
    "same_meaning": 8,
    "version": 8,
}
BOOK = tuple(WIDTHS)
OF_A_CODE = BOOK[2:10]
YES = "x"


def book_rows(codebook: Codebook) -> Iterator[tuple[str, ...]]:
    """Yield a row a code, in the order of BOOK; keywords stand one a line."""
    for question, codes in codebook.questions.items():
        for code in codes:
            same = YES if code.id in codebook.same_meaning.get(question, ()) else ""
            yield (question, code.id, *(_text(code, name) for name in OF_A_CODE), same, codebook.version)


def codebook_in_workbook(path: Path) -> Codebook:
    """Read the codebook of a workbook; raise `CodingError` where there is none, `StudyError` where it is wrong."""
    rows = list(_rows(path))
    if not rows:
        raise CodingError(
            Finding(
                problem="the workbook has no codes of a question",
                file=path.as_posix(),
                expected=f"a sheet {SHEET!r} with the columns {', '.join(BOOK)}",
            )
        )
    same: dict[str, list[str]] = {}
    questions: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        questions.setdefault(row["question"], []).append(_code(row))
        if row["same_meaning"]:
            same.setdefault(row["question"], []).append(row["code"])
    content = {"version": rows[0]["version"] or "1", "same_meaning": same, "questions": questions}
    return Codebook.declared_in(f"{path.as_posix()}, sheet {SHEET}", content)


def version_in_workbook(path: Path) -> str:
    """Give the version of the codebook that lies in a workbook, blank where it does not say."""
    return next((row["version"] for row in _rows(path)), "")


def _rows(path: Path) -> Iterator[Mapping[str, str]]:
    import openpyxl

    Archive(path.read_bytes(), path.as_posix())  # refuses what may do harm
    with path.open("rb") as stream:
        there = openpyxl.load_workbook(stream, read_only=True).sheetnames
    found = [cells for _, cells in records(path, file=path.as_posix(), sheet=SHEET)] if SHEET in there else []
    header = [(cell or "").strip() for cell in found[0]] if found else []
    for cells in found[1:]:
        row = dict.fromkeys(BOOK, "") | dict(zip(header, (cell or "" for cell in cells), strict=False))
        if row["question"] and row["code"]:
            yield row


def _text(code: Code, name: str) -> str:
    value: str | Sequence[str] | None = getattr(code, name)
    return value if isinstance(value, str) else "\n".join(value or ())


def _code(row: Mapping[str, str]) -> dict[str, Any]:
    texts = {name: row[name] for name in OF_A_CODE}
    keywords = [each for each in row["keywords"].split("\n") if each]
    return {"id": row["code"], **texts, "parent": row["parent"] or None, "keywords": keywords}
