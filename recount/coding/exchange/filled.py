"""A workbook that a coder filled in, read as lines of a coder's file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from recount.building import command
from recount.coding.exchange.archive import Archive
from recount.coding.exchange.booksheet import version_in_workbook
from recount.coding.exchange.homecoming import Brought
from recount.coding.exchange.workbook import BACK, FRONT, TICK, sheet_names
from recount.coding.lines import Answers
from recount.coding.sheets import CODER_HEADER
from recount.errors import CodingError, Finding, nearest
from recount.ingest.excel import records
from recount.study.codebook import NONE, Codebook

TICKS = {TICK, "✓", "✔", "1", "yes", "true"}
UNTICKED = {"", "0", "no", "false"}
Row = dict[str, str]


@dataclass(frozen=True)
class _Sheet:
    """A question's sheet: what messages call it, the codes that it may have, the rows with their numbers."""

    place: str
    question: str
    codes: tuple[str, ...]
    header: list[str]
    rows: list[tuple[int, Row]]


def lines_of(path: Path, codebook: Codebook, answers: Mapping[str, Answers]) -> Brought:
    """Read a workbook as lines of a coder's file, by question; raise `CodingError` with all that is wrong in it.

    A row of an answer that was edited since is left out, and told. Sheets of other names are left alone.
    """
    sheets = list(_sheets(path, codebook, answers))
    findings = [finding for sheet in sheets for finding in _faults(sheet)]
    if not sheets:
        expected = ", ".join(sheet_names(answers))
        findings = [Finding(problem="no sheet bears the name of a question", file=path.as_posix(), expected=expected)]
    if findings:
        raise CodingError(*findings)
    read = {sheet.question: _lines(sheet, answers[sheet.question]) for sheet in sheets}
    return Brought(
        lines={question: lines for question, (lines, _) in read.items() if len(lines)},
        left_out=tuple(finding for _, edited in read.values() for finding in edited),
        version=version_in_workbook(path),
    )


def _sheets(path: Path, codebook: Codebook, answers: Mapping[str, Answers]) -> Iterator[_Sheet]:
    import openpyxl

    Archive(path.read_bytes(), path.as_posix())  # refuses what may do harm
    with path.open("rb") as stream:
        there = openpyxl.load_workbook(stream, read_only=True).sheetnames
    for name, question in sheet_names(answers).items():
        if name in there:
            found = list(records(path, file=path.as_posix(), sheet=name))
            header = [(cell or "").strip() for cell in found[0][1]] if found else []
            codes = tuple(code.id for code in codebook.questions[question])
            rows = [(place, _row(header, cells)) for place, cells in found[1:]]
            yield _Sheet(f"{path.as_posix()}, sheet {name}", question, (*codes, NONE), header, rows)


def _row(header: Sequence[str], cells: Sequence[str | None]) -> Row:
    row = dict.fromkeys((*FRONT, *BACK, *header), "")
    return row | {name: (cell or "").strip() for name, cell in zip(header, cells, strict=False) if name}


def _ticked(row: Row, codes: Sequence[str]) -> list[str]:
    return [code for code in codes if row.get(code, "").casefold() in TICKS]


def _lines(sheet: _Sheet, answers: Answers) -> tuple[pd.DataFrame, list[Finding]]:
    known = {
        who: (text, digest)
        for who, text, digest in zip(answers.respondents, answers.texts, answers.hashes, strict=True)
    }
    lines: list[tuple[str, ...]] = []
    edited: list[Finding] = []
    for place, row in sheet.rows:
        ticked = _ticked(row, sheet.codes)
        if not ticked and not row["note"]:
            continue
        text, digest = known.get(row["respondent"], ("", ""))
        if digest != row["answer_sha256"].lower():
            edited.append(_edited(sheet, place, row))
        else:
            lines.append((row["respondent"], digest, text, ";".join(ticked), row["note"]))
    return pd.DataFrame(lines, columns=list(CODER_HEADER), dtype="str"), edited


def _edited(sheet: _Sheet, place: int, row: Row) -> Finding:
    return Finding(
        problem="the respondent has no answer of these words now; the row was not taken",
        file=sheet.place,
        row=place,
        key="respondent",
        value=row["respondent"],
        mend=f"code it anew: {command('codes', 'export')}",
    )


def _faults(sheet: _Sheet) -> list[Finding]:
    found = list(_header_faults(sheet))
    if found:
        return found
    seen: set[str] = set()
    for place, row in sheet.rows:
        found += _row_faults(sheet, place, row)
        if row["respondent"] in seen:
            found.append(
                Finding(
                    problem="this respondent has a row already", file=sheet.place, row=place, value=row["respondent"]
                )
            )
        seen.add(row["respondent"])
    return found


def _header_faults(sheet: _Sheet) -> Iterator[Finding]:
    known = [*FRONT, *sheet.codes, *BACK]
    for name in (FRONT[0], *BACK):
        if sheet.header.count(name) != 1:
            yield Finding(
                problem=f"there must be one column {name!r}", file=sheet.place, row=1, expected=", ".join(known)
            )
    for name in sheet.header:
        if name and name not in known:
            yield Finding(
                problem="the codebook has no such code for this question",
                file=sheet.place,
                row=1,
                value=name,
                expected=nearest(name, known),
            )
        elif name and sheet.header.count(name) > 1:
            yield Finding(problem="this column stands twice", file=sheet.place, row=1, value=name)


def _row_faults(sheet: _Sheet, place: int, row: Row) -> Iterator[Finding]:
    for code in sheet.codes:
        if row.get(code, "").casefold() not in TICKS | UNTICKED:
            yield Finding(
                problem="this is neither a tick nor nothing",
                file=sheet.place,
                row=place,
                key=f"{code} of respondent {row['respondent']}",
                value=row[code],
                expected=f"{TICK}, or an empty cell",
            )
    ticked = _ticked(row, sheet.codes)
    if NONE in ticked and len(ticked) > 1:
        yield Finding(
            problem=f"`{NONE}` is ticked beside another code",
            file=sheet.place,
            row=place,
            key=f"respondent {row['respondent']}",
            expected=f"`{NONE}` alone, or codes",
        )
