"""What to do about answers that cannot be read, in lines that can be pasted."""

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from recount.clean.context import Context
from recount.clean.corrections import HEADER
from recount.clean.match import plain
from recount.clean.reading import Trouble
from recount.study.instrument import Category, Question

# So few rows are more likely a slip of a hand than an answer that the instrument lacks.
_FEW = 2
_COMPARED = 200


@dataclass(frozen=True)
class Unknown:
    """A text that cannot be read: the cell in which it first stands, the rows that hold it, and whose they are.

    `part` is the unknown part of the cell, which is the whole cell where nothing else stands there.
    """

    part: str
    cell: str
    trouble: Trouble
    rows: Sequence[int]
    respondents: Sequence[str]


def advice(unknown: Sequence[Unknown], question: Question, column: str, context: Context) -> str:
    """Say what mends all unknown answers of a question with categories, the likeliest first.

    An answer of a few rows is corrected there; else it is a new category, or another text of a known one; a number is
    no name of a category, but a code of one.
    """
    listed = [each for each in unknown if len(each.part) <= _COMPARED]
    absent = {each.part: about.id for each in listed if (about := _absent(each.part, question, context.wave))}
    correct = correction(unknown[0], column, context, known=unknown[0].trouble.known, header=True)
    new = _new_categories([each for each in listed if each.part not in absent], question, context)
    same = _more_values([each for each in listed if each.part not in absent], question, context)
    codes = all(each.part.strip().isdigit() for each in listed)
    ways = [_offered(absent, question, context), *([same] if codes else [new, same])]
    few = sum(len(each.rows) for each in unknown) <= _FEW
    return "\n    or ".join(way for way in ([correct, *ways] if few else [*ways, correct]) if way)


def correction(unknown: Unknown, column: str, context: Context, *, known: Sequence[str], header: bool) -> str:
    """Say how a cell is corrected; with `header`, how the file of corrections begins, where there is none yet."""
    close = get_close_matches(unknown.part[:_COMPARED], known, n=1, cutoff=0.6)
    # A word to be replaced: left as it is, it stops the build, where a blank would delete the answer.
    instead = close[0] if close else "ANSWER" if known else ""
    after = unknown.cell.replace(unknown.part, instead)
    line = correction_line(unknown.rows[0], unknown.respondents[0], column, unknown.cell, after)
    begins = f" (whose first line is {','.join(HEADER)})" if header and not context.corrected else ""
    mend = f"where the cell is wrong, correct each row in {context.files.corrections}{begins}"
    # Control characters would act on the terminal, and be lost in copying.
    return f"{mend}, with what it should say: {line}" if line.isprintable() else mend


def correction_line(row: int, respondent: str, column: str, before: str, after: str) -> str:
    """Write the line of data/corrections/WAVE.csv that would correct a cell; reason and name are for the person."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow([row, respondent, column, before, after, "REASON", "NAME"])
    return buffer.getvalue()


def values_line(meanings: dict[str, str], question: Question, wave: str) -> str:
    """Write what settles, for a wave, which categories texts mean."""
    pairs = ", ".join(f"{quoted(text)}: {category}" for text, category in meanings.items())
    place = f"under waves: {quoted(wave)}: of {question.id}"
    return f"{place}, to its values add {pairs}" if question.waves[wave].values else f"{place}, add values: {{{pairs}}}"


def quoted(text: str) -> str:
    """Write a text as YAML, JSON and a reader of messages understand it."""
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _new_categories(unknown: Sequence[Unknown], question: Question, context: Context) -> str:
    if not unknown:
        return ""
    ids = {category.id for category in question.categories}
    lines = []
    for each in unknown:
        ids.add(new := _new_id(each.part, ids))
        score = ", score: SCORE" if any(category.score is not None for category in question.valid) else ""
        lines.append(f"    - {{id: {new}, label: {quoted(each.part.strip())}{score}}}")
    place = f"scales: {question.scale}" if question.scale else f"categories of {question.id}"
    others = [wave for wave in question.waves if wave != context.wave]
    offered = " (and give each wave that did not offer it its `offered`)" if others else ""
    what = "a new answer" if len(unknown) == 1 else "new answers"
    listed = "\n    ".join(lines)
    return f"where it is {what}, add to the {place} in {context.files.instrument}{offered}:\n    {listed}"


def _more_values(unknown: Sequence[Unknown], question: Question, context: Context) -> str:
    if not unknown:
        return ""
    meanings = {each.part: _nearest_category(each, question) for each in unknown}
    line = values_line(meanings, question, context.wave)
    return f"where it always means a category there is, in {context.files.instrument} {line}"


def _offered(absent: dict[str, str], question: Question, context: Context) -> str:
    if not absent:
        return ""
    ids = ", ".join(dict.fromkeys(absent.values()))
    place = f"offered under waves: {quoted(context.wave)}: of {question.id}"
    return f"where the wave offered it, add {ids} to {place} in {context.files.instrument}"


def _absent(text: str, question: Question, wave: str) -> Category | None:
    """The category of a text that the wave did not offer."""
    offered = question.offered_in(wave)
    for category in question.categories:
        known = (category.id, category.label, *category.values)
        if category not in offered and plain(text) in map(plain, known):
            return category
    return None


def _nearest_category(unknown: Unknown, question: Question) -> str:
    """The category of the nearest label; a word to be replaced where none is near."""
    close = get_close_matches(unknown.part[:_COMPARED], unknown.trouble.known, n=1, cutoff=0.6)
    ids = {category.label: category.id for category in question.categories}
    return next((ids[label] for label in close if label in ids), "CATEGORY")


def _new_id(text: str, taken: set[str]) -> str:
    name = "_".join(re.findall(r"[a-z0-9]+", text.casefold())[:3]) or "new"
    if name[0].isdigit() or name in ("true", "false", "null"):  # YAML reads these as something else than text
        name = f"answer_{name}"
    return name if name not in taken else next(f"{name}_{n}" for n in range(2, 1_000) if f"{name}_{n}" not in taken)
