"""Numbers, as people and platforms write them."""

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.match import plain
from recount.clean.reading import NUMBER_OF, Cells, Reading, Rule, Trouble, Typed, marks_of, unread_of
from recount.study.instrument import Question

PLAIN = r"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?$"
# One mark with three digits behind it may part thousands or decimals.
UNSURE = r"^[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}$"
_MARKED = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3}(?:\1[0-9]{3})*)?")
_BLANK_GROUPS = re.compile(r"([+-]?[0-9]{1,3})((?:[ '][0-9]{3})+)([.,][0-9]+)?")
_HOW = "a number such as 1200 or 1200.5"


@dataclass(frozen=True)
class Numbered:
    """What one text means: a number, or missing (None); by which rule; or why neither."""

    value: float | None = None
    rule: Rule = ""
    trouble: Trouble | None = None


def read_numbers(cells: Cells, question: Question, missing: frozenset[str]) -> Typed:
    """Read each cell as a number.

    `missing` holds plain forms. A number with marks between its thousands or with a decimal comma is read where only
    one reading is possible; everything else that is not a number cannot be read, and no more can a number out of the
    question's range, or a weight that is not positive.
    """
    user_missing = frozenset(cells.column.missing)
    values, settled, rules = _plain_numbers(cells.texts)
    rest = {int(number): cells.texts[int(number)].as_py() for number in np.flatnonzero(~settled)}
    comma = any(decimal_mark(_ascii(text)) == "," for text in rest.values())
    doubtful = settled & _doubtful(cells.texts, missing | user_missing, comma=comma)
    rest |= {int(number): cells.texts[int(number)].as_py() for number in np.flatnonzero(doubtful)}
    answers = settled
    troubles: dict[int, Trouble] = {}
    for number, text in rest.items():
        read = _read(text, missing, user_missing, comma=comma)
        values[number] = np.nan if read.value is None else read.value
        rules[number] = NUMBER_OF[read.rule]
        answers[number] = read.value is not None or read.trouble is not None
        if read.trouble:
            troubles[number] = read.trouble
    troubles |= _out_of_range(values, question)
    values[list(troubles)] = np.nan
    reading = Reading(answers, rules, troubles)
    return Typed(
        columns={question.id: values[cells.codes]},
        answered=answers[cells.codes],
        marks=(marks_of(question.id, cells, reading),),
        unread=(unread_of(question.id, cells, reading),),
    )


def plain_number(text: str) -> float | None:
    """Read a plain number; None where it is none."""
    return float(text) if re.match(PLAIN, text) and np.isfinite(float(text)) else None


def decimal_mark(text: str) -> str:
    """Tell which mark stands before the decimals of a number; empty where the number does not tell."""
    marks = [letter for letter in text if letter in ".,"]
    if not marks or not _MARKED.fullmatch(text) or re.match(UNSURE, text):
        return ""
    if len(set(marks)) > 1:
        return marks[-1] if marks.count(marks[-1]) == 1 else ""
    if len(marks) > 1:
        return "," if marks[0] == "." else "."
    return marks[0]


def localised(text: str, *, comma: bool) -> float | None:
    """Read a number with marks in it; None where it is none, or where two readings are possible.

    `comma` says that other numbers of the column have decimal commas; without them `1,200` is twelve hundred.
    """
    if groups := _BLANK_GROUPS.fullmatch(text):
        return float(groups[1] + re.sub("[ ']", "", groups[2]) + (groups[3] or "").replace(",", "."))
    if re.match(UNSURE, text):
        return None if comma else float(text.replace(",", ""))
    if not _MARKED.fullmatch(text):
        return None
    mark = decimal_mark(text) or "."
    whole, _, decimals = text.partition(mark)
    if not _GROUPED.fullmatch(whole) and not whole.lstrip("+-").isdigit():
        return None
    return float(f"{re.sub('[.,]', '', whole)}.{decimals or 0}")


def _read(text: str, missing: frozenset[str], user_missing: frozenset[str], *, comma: bool) -> Numbered:
    form = plain(text)
    if not form:
        return Numbered()
    if text.strip() in user_missing:
        return Numbered(rule="user missing")
    if form in missing:
        return Numbered(rule="missing text")
    written = _ascii(text)
    value = localised(written, comma=comma)
    if value is not None and np.isfinite(value):
        return Numbered(value, "number format")
    if re.match(UNSURE, written):
        return Numbered(trouble=Trouble("this can be read in two ways: the column has decimal commas, too", _HOW))
    return Numbered(trouble=Trouble("this is not a number", _HOW))


def _ascii(text: str) -> str:
    """The digits and marks of other scripts, and the blanks and apostrophes of typographers, as plain characters."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(str.maketrans("’−", "'-"))
    return " ".join(text.split())


def _plain_numbers(texts: pa.Array) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The values of plain numbers, which texts those are, and the rule where they have blanks around them."""
    trimmed = pc.utf8_trim_whitespace(texts)
    candidates = pc.if_else(pc.match_substring_regex(trimmed, PLAIN), trimmed, pa.scalar(None, trimmed.type))
    values = candidates.cast(pa.float64()).to_numpy(zero_copy_only=False).copy()
    settled = np.isfinite(values)
    values[~settled] = np.nan
    blanks = settled & pc.not_equal(trimmed, texts).to_numpy(zero_copy_only=False)
    return values, settled, np.where(blanks, NUMBER_OF["blanks"], 0).astype(np.int8)


def _doubtful(texts: pa.Array, missing: frozenset[str], *, comma: bool) -> np.ndarray:
    """Plain numbers that may mean something else: no answer, or thousands."""
    trimmed = pc.utf8_trim_whitespace(texts)
    doubtful = pc.is_in(trimmed, pa.array(sorted(missing), trimmed.type)).to_numpy(zero_copy_only=False)
    if comma:
        doubtful = doubtful | pc.match_substring_regex(trimmed, UNSURE).to_numpy(zero_copy_only=False)
    return np.asarray(doubtful, dtype=bool)


def _out_of_range(values: np.ndarray, question: Question) -> dict[int, Trouble]:
    low, high = question.range
    outside = np.zeros(len(values), dtype=bool)
    if low is not None:
        outside |= values < low
    if high is not None:
        outside |= values > high
    expected = _range(low, high)
    if question.type == "weight":
        outside |= values <= 0
        expected = "a positive number"
    return {int(number): Trouble("this is out of range", expected) for number in np.flatnonzero(outside)}


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"at most {high:g}" if high is not None else ""
    return f"at least {low:g}" if high is None else f"between {low:g} and {high:g}"
