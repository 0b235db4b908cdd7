"""What to tell the researcher about answers that cannot be read."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from recount.clean.advice import Unknown, advice, correction, values_line
from recount.clean.context import Context
from recount.clean.match import Clash
from recount.clean.reading import Unread
from recount.errors import Finding, nearest, shortened
from recount.study.instrument import Question

# More unknown texts of one column than this are counted, not listed: the column is misread as a whole.
LISTED = 20
_ROWS = 10
_NAMED = 3
_COMPARED = 200


def unread_findings(
    unread: Unread, read: np.ndarray, labels: pa.Array, question: Question, context: Context
) -> list[Finding]:
    """Tell what could not be read: one finding an unknown text, with the rows that hold it, in the order of the file.

    Of a list in one cell it is the unknown option that counts, in whichever cells it stands. Where answers are no
    category, the first finding says what mends all of them. `read` marks the responses in which it matters, `labels`
    names them.
    """
    inside = read[unread.positions]
    positions, places = unread.positions[inside], unread.places[inside]
    groups = _groups(unread, places)
    unknown = []
    for members in groups[:LISTED]:
        among = pa.array(positions[np.isin(places, members)])
        rows = context.raw.cells["row"].take(among).to_pylist()
        cell, trouble = str(unread.texts[members[0]].as_py()), unread.troubles[members[0]]
        part = cell if trouble.part is None else trouble.part
        unknown.append(Unknown(part, cell, trouble, rows, labels.take(among).to_pylist()))
    findings = [
        _finding(each, unread.column, context, mend=_mend(number, unknown, question, unread.column, context))
        for number, each in enumerate(unknown)
    ]
    if len(groups) > LISTED:
        rest = len(positions) - sum(len(each.rows) for each in unknown)
        findings.append(_more(len(groups) - LISTED, rest, unread.column, question, context))
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
            mend=f"settle it: {values_line({clash.text: clash.categories[1]}, question, context.wave)}",
        )
        for clash in clashes
    ]


def where(rows: Sequence[int], respondents: Sequence[str]) -> str:
    """Say in which rows something stands, and whose they are."""
    if len(rows) == 1:
        return f"; respondent {respondents[0]}"
    more = f" and {len(rows) - _ROWS} more" if len(rows) > _ROWS else ""
    listed = ", ".join(str(row) for row in rows[:_ROWS])
    named = ", ".join(respondents[:_NAMED]) + (", ..." if len(respondents) > _NAMED else "")
    return f"; rows {listed}{more}; respondents {named}"


def _groups(unread: Unread, places: np.ndarray) -> list[list[int]]:
    """The distinct texts that cannot be read, by what is unknown in them, in the order of the file."""
    distinct, first = np.unique(places, return_index=True)
    found: dict[tuple[str, str], list[int]] = {}
    for place in distinct[np.argsort(first)].tolist():
        trouble = unread.troubles[place]
        part = str(unread.texts[place].as_py()) if trouble.part is None else trouble.part
        found.setdefault((trouble.problem, part), []).append(place)
    return list(found.values())


def _finding(unknown: Unknown, column: str, context: Context, *, mend: str) -> Finding:
    trouble, part = unknown.trouble, unknown.part
    about = f" (in {shortened(unknown.cell)!r})" if part != unknown.cell else ""
    return Finding(
        problem=f"{trouble.problem}{about}{where(unknown.rows, unknown.respondents)}",
        file=context.files.export,
        row=unknown.rows[0],
        key=column,
        value=part,
        expected=nearest(part[:_COMPARED], list(trouble.known)) if trouble.known else trouble.expected,
        mend=mend,
    )


def _mend(number: int, unknown: Sequence[Unknown], question: Question, column: str, context: Context) -> str:
    """What mends one of several unknown texts: for those that are no category, the first says it of all."""
    one = unknown[number]
    if one.trouble.part is None:
        return correction(one, column, context, known=one.trouble.known, header=number == 0)
    no_category = [each for each in unknown if each.trouble.part is not None]
    return advice(no_category, question, column, context) if one is no_category[0] else ""


def _more(count: int, rows: int, column: str, question: Question, context: Context) -> Finding:
    return Finding(
        problem=f"{count} more texts of this column, in {rows} rows, cannot be read",
        file=context.files.export,
        key=column,
        expected=f"answers to {question.id}, a question of type {question.type}",
        mend=f"see whether {question.id} has the right column and the right type in {context.files.instrument}",
    )
