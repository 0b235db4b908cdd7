"""What to tell the researcher about answers that cannot be read."""

import csv
import io
import json
from collections.abc import Sequence
from difflib import get_close_matches

import numpy as np
import pyarrow as pa

from recount.clean.context import Context
from recount.clean.match import Clash
from recount.clean.reading import Trouble, Unread
from recount.errors import Finding, nearest, shortened
from recount.study.instrument import Question

# More distinct texts of one column than this are counted, not listed: the column is misread as a whole.
LISTED = 20
_ROWS = 6
_COMPARED = 200


def unread_findings(
    unread: Unread, read: np.ndarray, labels: pa.Array, question: Question, context: Context
) -> list[Finding]:
    """Tell what could not be read: one finding a distinct text, with the rows that hold it, in the order of the file.

    `read` marks the responses in which it matters, `labels` names them.
    """
    inside = read[unread.positions]
    positions, places = unread.positions[inside], unread.places[inside]
    distinct, first, counts = np.unique(places, return_index=True, return_counts=True)
    listed = np.argsort(first)[:LISTED]
    findings = [
        _finding(
            unread,
            int(distinct[n]),
            positions[places == distinct[n]],
            labels=labels,
            question=question,
            context=context,
        )
        for n in listed
    ]
    if len(distinct) > LISTED:
        rows = int(counts.sum() - counts[listed].sum())
        file = context.files.instrument
        findings.append(
            Finding(
                problem=f"{len(distinct) - LISTED} more texts of this column, in {rows} rows, cannot be read",
                file=context.files.export,
                key=unread.column,
                expected=f"answers to {question.id}, a question of type {question.type}",
                mend=f"see whether {question.id} has the right column and the right type in {file}",
            )
        )
    return findings


def unweighted_findings(lacking: np.ndarray, labels: pa.Array, question: Question, context: Context) -> list[Finding]:
    """Tell which kept responses have no weight: they can be part of no estimate."""
    positions = np.flatnonzero(lacking)
    if not len(positions):
        return []
    rows = context.raw.cells["row"].take(pa.array(positions)).to_pylist()
    return [
        Finding(
            problem="a response that is kept has no weight" + where(rows, labels.take(pa.array(positions)).to_pylist()),
            file=context.files.export,
            row=rows[0],
            key=question.waves[context.wave].column or question.id,
            expected="a positive number",
            mend=f"give the weight, or exclude the response, in {context.files.corrections}",
        )
    ]


def clash_findings(clashes: Sequence[Clash], question: Question, column: str, context: Context) -> list[Finding]:
    """Tell which texts could mean two categories."""
    return [
        Finding(
            problem=f"this could mean {clash.categories[0]} or {clash.categories[1]}: {clash.because}",
            file=context.files.instrument,
            key=f"{question.id} (column {column})",
            value=clash.text,
            expected="one category",
            mend=f"settle it for the wave: {_values_line(context.wave, clash.text, clash.categories[1])}",
        )
        for clash in clashes
    ]


def correction_line(row: int, respondent: str, column: str, before: str, after: str) -> str:
    """Write the line of data/corrections/WAVE.csv that would correct a cell; reason and name are for the person."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([row, respondent, column, before, after, "REASON", "NAME"])
    return buffer.getvalue()


def where(rows: Sequence[int], respondents: Sequence[str]) -> str:
    """Say in which rows something stands, and whose they are."""
    if len(rows) == 1:
        return f"; respondent {respondents[0]}"
    more = f" and {len(rows) - _ROWS} more" if len(rows) > _ROWS else ""
    listed = ", ".join(str(row) for row in rows[:_ROWS])
    return f"; rows {listed}{more}; respondents {', '.join(respondents[:_ROWS])}{', ...' if more else ''}"


def _finding(
    unread: Unread, place: int, positions: np.ndarray, *, labels: pa.Array, question: Question, context: Context
) -> Finding:
    text = str(unread.texts[place].as_py())
    trouble = unread.troubles[place]
    part = text if trouble.part is None else trouble.part
    rows = context.raw.cells["row"].take(pa.array(positions)).to_pylist()
    respondents = labels.take(pa.array(positions)).to_pylist()
    about = f" (in {shortened(text)!r})" if part != text else ""
    close = get_close_matches(part[:_COMPARED], list(trouble.known), n=1, cutoff=0.6)
    line = correction_line(rows[0], respondents[0], unread.column, text, text.replace(part, close[0]) if close else "")
    return Finding(
        problem=f"{trouble.problem}{about}{where(rows, respondents)}",
        file=context.files.export,
        row=rows[0],
        key=unread.column,
        value=part,
        expected=nearest(part[:_COMPARED], list(trouble.known)) if trouble.known else trouble.expected,
        mend=_mend(line, trouble, question, context, category=_category(close, question)),
    )


def _mend(line: str, trouble: Trouble, question: Question, context: Context, *, category: str) -> str:
    # Control characters would act on the terminal, and be lost in copying.
    mend = f"correct each row in {context.files.corrections}"
    if line.isprintable():
        mend += f", with what it should say: {line}"
    if trouble.part is not None:
        values = _values_line(context.wave, trouble.part, category)
        always = f"or, where it always means one category, add to {question.id} in {context.files.instrument}"
        mend += f"\n    {always}: {values}"
    return mend


def _category(labels: Sequence[str], question: Question) -> str:
    """The category of the nearest label; a word to be replaced where none is near."""
    ids = {category.label: category.id for category in question.categories}
    return next((ids[label] for label in labels if label in ids), "CATEGORY")


def _values_line(wave: str, text: str, category: str) -> str:
    return f"waves: {{{_quoted(wave)}: {{values: {{{_quoted(text)}: {category}}}}}}}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
