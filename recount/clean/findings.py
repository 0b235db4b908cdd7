"""What to tell the researcher about answers that cannot be read."""

import csv
import io
import json
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pyarrow as pa

from recount.clean.files import Files
from recount.clean.match import Clash
from recount.clean.reading import Trouble, Unread
from recount.errors import Finding, nearest, shortened
from recount.ingest.raw import RawExport
from recount.study.instrument import Question

# More distinct texts of one column than this are counted, not listed: the column is misread as a whole.
LISTED = 20
_ROWS = 6
_COMPARED = 200


def unread_findings(
    unread: Unread, kept: np.ndarray, raw: RawExport, labels: pa.Array, question: Question, wave: str, files: Files
) -> list[Finding]:
    """Tell what could not be read in responses that are kept: one finding a distinct text, with the rows that hold it."""
    standing = kept[unread.positions]
    positions, places = unread.positions[standing], unread.places[standing]
    distinct, first, counts = np.unique(places, return_index=True, return_counts=True)
    order = np.argsort(first)
    order_of_rows = np.argsort(places, kind="stable")
    by_place = np.split(positions[order_of_rows], np.cumsum(counts)[:-1]) if len(distinct) else []
    findings = [
        _finding(unread, int(distinct[n]), by_place[n], raw, labels, question, wave, files) for n in order[:LISTED]
    ]
    if len(distinct) > LISTED:
        rows = int(counts[order[LISTED:]].sum())
        findings.append(
            Finding(
                problem=f"{len(distinct) - LISTED} more texts of this column, in {rows} rows, cannot be read",
                file=files.export,
                key=unread.column,
                expected=f"answers to {question.id}, of type {question.type}",
                mend=f"is this the right column, and the right type, for {question.id} in {files.instrument}?",
            )
        )
    return findings


def clash_findings(clashes: Sequence[Clash], question: Question, wave: str, column: str, files: Files) -> list[Finding]:
    """Tell which texts could mean two categories."""
    return [
        Finding(
            problem=f"this text could mean two categories, {clash.categories[0]} and {clash.categories[1]}: {clash.because}",
            file=files.instrument,
            key=f"{question.id} ({column})",
            value=clash.text,
            expected="one category",
            mend=f"settle it in the wave: {_values_line(wave, clash.text, clash.categories[-1])}",
        )
        for clash in clashes
    ]


def correction_line(row: int, respondent: str, column: str, before: str, after: str) -> str:
    """Write the line of data/corrections/WAVE.csv that would correct a cell; reason and name are for the person."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([row, respondent, column, before, after, "REASON", "NAME"])
    return buffer.getvalue()


def _finding(
    unread: Unread, place: int, positions: np.ndarray, raw: RawExport, labels: pa.Array, question: Question, wave: str, files: Files
) -> Finding:
    text = str(unread.texts[place].as_py())
    trouble = unread.troubles[place]
    rows = raw.cells["row"].take(pa.array(positions[:_ROWS])).to_pylist()
    respondents = labels.take(pa.array(positions[:_ROWS])).to_pylist()
    expected = trouble.expected
    part = trouble.part if trouble.part is not None else text
    if trouble.known:
        expected = nearest(part[:_COMPARED], list(trouble.known))
    about = f" (in {shortened(text)!r})" if part != text else ""
    return Finding(
        problem=f"{trouble.problem}{about}{_where(rows, respondents, len(positions))}",
        file=files.export,
        row=rows[0],
        key=unread.column,
        value=part,
        expected=expected,
        mend=_mend(text, part, trouble, rows[0], respondents[0], unread.column, question, wave, files),
    )


def _where(rows: list[int], respondents: list[str], count: int) -> str:
    if count == 1:
        return f"; respondent {respondents[0]}"
    listed = ", ".join(str(row) for row in rows)
    more = f" and {count - len(rows)} more" if count > len(rows) else ""
    return f"; rows {listed}{more}; respondents {', '.join(respondents)}{', ...' if more else ''}"


def _mend(
    text: str, part: str, trouble: Trouble, row: int, respondent: str, column: str, question: Question, wave: str, files: Files
) -> str:
    labels = {category.label: category.id for category in question.offered_in(wave)}
    close = get_close_matches(part[:_COMPARED], [label for label in labels if label in trouble.known], n=1, cutoff=0.6)
    after = text.replace(part, close[0]) if close else ""
    line = correction_line(row, respondent, column, text, after)
    mend = f"add to {files.corrections}, for each row, with what it should say: {line}"
    if question.closed and trouble.part is not None:
        guess = labels[close[0]] if close else "CATEGORY"
        mend += f"; or, where it always means one category, to {files.instrument}, {question.id}: {_values_line(wave, part, guess)}"
    return mend


def _values_line(wave: str, text: str, category: str) -> str:
    return f"waves: {{{_quoted(wave)}: {{values: {{{_quoted(text)}: {category}}}}}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
