"""Whether an export words its questions as the instrument does: a question reworded is another question."""

import html
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from recount.clean.context import Context
from recount.clean.platforms import is_platforms
from recount.errors import Finding, shortened
from recount.ingest.raw import Column, RawExport, normalised
from recount.study.instrument import Question

_MARKUP = re.compile(r"<(style|script)\b.*?</\1\s*>|<!--.*?-->|</?[A-Za-z][^<>]*>", re.IGNORECASE | re.DOTALL)
_DASH = re.compile(r"\s+[-‐‑–—]\s+|(?<=[?!.:…])\s*[-–—]\s*")
# What Qualtrics appends to the wording of a question that has a field for text beside an option.
_APPENDED = ("selected choice", "text")
# Labels of statistics files end where the format does: SPSS' after 120 (once) or 255 bytes, Stata's after 80 letters.
_LONGEST = {"spss": (120, 255), "stata": (80,)}
# A label of a statistics file with fewer words than this, and no question mark, is a name and not a wording.
_WORDS_OF_A_WORDING = 5
_SHOWN = 300


@dataclass(frozen=True)
class Wording:
    """What an export says of a column, in the parts that dashes cut it into: a stem and an item, mostly."""

    parts: tuple[str, ...]
    appended: str
    truncated: bool

    @property
    def text(self) -> str:
        """The wording without what the platform appends."""
        return " - ".join(self.parts)

    def cuts(self) -> Iterator[tuple[str, str]]:
        """Give the ways to part the wording in two, in the form in which wordings are compared."""
        for place in range(1, len(self.parts)):
            yield words(" ".join(self.parts[:place])), words(" ".join(self.parts[place:]))


def wording_findings(context: Context, columns: Mapping[str, Mapping[str, Column]]) -> list[Finding]:
    """Tell which questions the export words otherwise than the instrument, one finding a question.

    Compared are exports that have wordings apart from the names of their columns. Case, blanks, punctuation and markup
    do not count, nor the item or option that stands beside the stem. Weights and ids are not asked of anybody; a wave
    with a `text` of its own and a `note` is taken at its word.
    """
    raw, wave = context.raw, context.wave
    shared = _shared(raw)
    findings = []
    for question in context.instrument.asked_in(wave):
        fielding = question.waves[wave]
        if question.type in ("weight", "id") or (fielding.text and fielding.note):
            continue
        for category, column in columns[question.id].items():
            worded = wording_of(column, raw)
            if worded and not _alike(worded, question, category, context=context, shared=shared):
                findings.append(_finding(worded, question, column, context, shared if category else Counter()))
                break
    return findings


def readable(text: str) -> str:
    """Give a text as people read it: without markup, its blanks single, nothing in it that cannot be printed."""
    plain = html.unescape(_MARKUP.sub(" ", text))
    return normalised("".join(letter if letter.isprintable() else " " for letter in plain))


def words(text: str) -> str:
    """Give the form in which two wordings are equal: their letters and digits, without regard to case."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", readable(text)).casefold()))


def wording_of(column: Column, raw: RawExport) -> Wording | None:
    """Give how the export words a column; None where it does not, or where its name is all that it says."""
    said = words(column.label)
    if not said or normalised(column.label) in normalised(column.name) or is_platforms(column, raw):
        return None
    if raw.format in _LONGEST and "?" not in column.label and len(said.split()) < _WORDS_OF_A_WORDING:
        return None
    text = readable(column.label)
    size = len(column.label) if raw.format == "stata" else len(column.label.encode())
    full = any(limit - 4 < size <= limit for limit in _LONGEST.get(raw.format, ()))  # a letter takes up to four bytes
    parts = [part for part in _DASH.split(text) if words(part)]
    appended = words(parts[-1]) if len(parts) > 1 and words(parts[-1]) in _APPENDED else ""
    return Wording(tuple(parts[:-1] if appended else parts), appended, full or text.endswith(("...", "…")))


def _shared(raw: RawExport) -> Counter[str]:
    """Count the beginnings and ends that wordings have in common: what several columns share is a stem."""
    worded = [wording for column in raw.columns if (wording := wording_of(column, raw))]
    return Counter(part for wording in worded for cut in wording.cuts() for part in cut)


def _alike(worded: Wording, question: Question, category: str, *, context: Context, shared: Mapping[str, int]) -> bool:
    if worded.appended == "text" and len(worded.parts) > 1:
        return True  # the field beside an option: it is the option's question that was worded
    asked = words(question.text_in(context.wave))
    options = _options(question, category)
    known = {asked, *(f"{asked} {option}" for option in options), *(f"{option} {asked}" for option in options)}
    if words(worded.text) in options:
        return True  # the label names the option alone
    if context.raw.format in _LONGEST:
        known.add(words(question.label))
    said = _readings(worded, options, shared)
    if worded.truncated:
        return any(text.startswith(start) for text in known for start in said)
    return not said.isdisjoint(known)


def _readings(worded: Wording, options: set[str], shared: Mapping[str, int]) -> set[str]:
    """All that a wording may say: the whole, either way round, or stem or item alone where the other is known.

    A beginning that no other column shares is part of the wording: "In the last year - did you travel?".
    """
    found = {words(worded.text)}
    for head, tail in worded.cuts():
        found.add(f"{tail} {head}")
        stem = shared[head] > 1 or shared[tail] > 1
        found |= {kept for kept, left in ((head, tail), (tail, head)) if stem or left in options}
    return found


def _options(question: Question, category: str) -> set[str]:
    if not category:
        return set()
    about = question.category(category)
    return {words(text) for text in (about.label, *about.values)} - {""}


def _finding(
    worded: Wording, question: Question, column: Column, context: Context, shared: Mapping[str, int]
) -> Finding:
    """Tell of one question; of a question spread over columns, the stem is shown."""
    text, wave = worded.text, json.dumps(context.wave, ensure_ascii=False)
    if len(worded.parts) > 1 and shared.get(words(worded.parts[0]), 0) > 1:
        text = worded.parts[0]
    own = f"waves.{context.wave}.text" if question.waves[context.wave].text else "text"
    asked = shortened(readable(question.text_in(context.wave)), _SHOWN)
    line = json.dumps(text, ensure_ascii=False)
    return Finding(
        problem=f'the export words it "{shortened(text, _SHOWN)}" (column {column.name}), the instrument "{asked}"',
        file=context.files.instrument,
        key=f"{question.id}.{own}",
        expected="the same wording",
        mend=f"where it was asked so: under waves: {wave}: of {question.id}, add text: {line}\n"
        '    with comparable: true where it means the same, or comparable: false and note: "WHY" where it does not;\n'
        "    where the export shortens what was asked: add text as it was asked, and a note that says so",
    )
