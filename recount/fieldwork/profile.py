"""What a column of an export holds: how many answers, which, and of what kind they seem to be."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow.compute as pc

from recount.clean.match import plain
from recount.clean.numbers import PLAIN
from recount.ingest.raw import Column, RawExport
from recount.study.instrument import NOT_TICKED, TICKED, Separator

Holds = Literal["nothing", "ticks", "numbers", "dates", "lists", "options", "texts"]

# Texts that platforms and people write for "no answer", where a question does not offer them.
NO_ANSWER = frozenset({"n/a", "na", "n.a.", "n/d", "no answer", "#null!", "-", "--", "."})
# Of this share of the answers a kind must be, to be that of the column.
_NEARLY_ALL = 0.95
_DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2}))([T ]+\d{1,2}:\d{2}.*)?")
_NUMBER = re.compile(PLAIN)
_CODE = re.compile(r"[A-Za-z]{0,3}\d{1,4}|[A-Z]|-oth-")
_LONGEST_OPTION = 160
# A text is taken for an option, and not for somebody's own words, where it comes so often.
_OFTEN = 3
_MOST_OPTIONS = 120
_FEW = 8
_SEPARATORS: Mapping[Separator, re.Pattern[str]] = {
    "newline": re.compile(r"\n"),
    ";": re.compile(r";\s*"),
    "|": re.compile(r"\|"),
    ",": re.compile(r",(?! |\d{3})"),
}


@dataclass(frozen=True)
class Profile:
    """One column: its distinct answers with their numbers, the most frequent first, and what they seem to be.

    `answers` has neither blank cells nor texts that mean no answer; these are in `blank`. `separator` parts the
    options where a cell holds several, whose numbers `answers` then gives, and `cells` those of the cells.
    """

    column: Column
    holds: Holds
    answers: Mapping[str, int]
    filled: int
    blank: tuple[str, ...] = ()
    separator: Separator | None = None
    cells: Mapping[str, int] = field(default_factory=dict)

    @property
    def said(self) -> list[str]:
        """The distinct answers that do not say "not ticked"."""
        return [text for text in self.answers if not {plain(text), self.meaning(text)} & set(NOT_TICKED)]

    def meaning(self, text: str) -> str:
        """The plain form of an answer, or of the label that the file gives it."""
        return plain(self.column.labels.get(text, text))


def profile(column: Column, raw: RawExport) -> Profile:
    """Look at all cells of one column."""
    counted = pc.value_counts(raw.cells[column.name].drop_null())
    pairs = [(str(each["values"]), int(each["counts"])) for each in counted.to_pylist()]
    filled = {text: count for text, count in pairs if text.strip() and text not in column.missing}
    blank = tuple(sorted(text for text in filled if plain(text) in NO_ANSWER and text not in column.labels))
    answers = _ordered({text: count for text, count in filled.items() if text not in blank})
    total = sum(answers.values())
    holds = _plainly(answers, column) if answers else "nothing"
    if holds is None and (found := _listed(answers)):
        separator, options = found
        return Profile(column, "lists", options, total, blank, separator, answers)
    return Profile(column, holds or ("options" if are_options(answers) else "texts"), answers, total, blank)


def _plainly(answers: Mapping[str, int], column: Column) -> Holds | None:
    """The kind that shows in nearly every cell; None for options, lists and texts, which only many cells tell apart."""
    if _are_ticks(answers, column):
        return "ticks"
    if column.labels and _share(answers, column.labels.__contains__) >= _NEARLY_ALL:
        return "options"
    if _share(answers, _is_number) >= _NEARLY_ALL:
        return "numbers"
    return "dates" if _share(answers, _is_date) >= _NEARLY_ALL else None


def are_options(answers: Mapping[str, int]) -> bool:
    """Tell whether texts come from a list that was offered: few and short, most of them given several times."""
    if not answers or max(map(len, answers)) > _LONGEST_OPTION:
        return False
    total = sum(answers.values())
    often = sum(count for count in answers.values() if count >= _OFTEN)
    if len(answers) <= _FEW and len(answers) * 2 <= total:
        return True
    return len(answers) <= _MOST_OPTIONS and often >= _NEARLY_ALL * total - _OFTEN


def are_codes(answers: Mapping[str, int]) -> bool:
    """Tell whether cells hold nothing but codes such as A1, 3 or -oth-, which only a questionnaire explains."""
    return bool(answers) and all(_CODE.fullmatch(text.strip()) for text in answers)


def parts(text: str, separator: Separator) -> Sequence[str]:
    """Cut a cell into the options that it lists."""
    cut = csv_record(text) if separator == "csv" else text.split(" ") if separator == "space" else None
    pieces = _SEPARATORS[separator].split(text) if cut is None else cut
    return [piece for each in pieces if (piece := each.strip())]


def csv_record(text: str) -> list[str]:
    """Read a cell that holds a CSV record of its own; what is none is one piece."""
    import csv

    try:
        records = [record for record in csv.reader([text.strip()], skipinitialspace=True, strict=True) if record]
    except csv.Error:
        return [text]
    return records[0] if len(records) == 1 else [text]


def listed(each: Profile, separator: Separator) -> Profile:
    """Look at a column as one whose cells are lists; as it was where no cell holds more than one option."""
    whole = each.cells or each.answers
    if not any(len(parts(text, separator)) > 1 for text in whole):
        return each
    return Profile(each.column, "lists", counted_parts(whole, separator), each.filled, each.blank, separator, whole)


def counted_parts(answers: Mapping[str, int], separator: Separator) -> dict[str, int]:
    """Count the options that cells list, the most frequent first."""
    found: dict[str, int] = {}
    for text, count in answers.items():
        for part in parts(text, separator):
            found[part] = found.get(part, 0) + count
    return _ordered(found)


def _listed(answers: Mapping[str, int]) -> tuple[Separator, dict[str, int]] | None:
    """Tell the separator of cells that hold several options: cut there, the pieces come again and again."""
    total = sum(answers.values())
    records = _are_records(answers)
    quoted = records or any(text.endswith("\n") or text.startswith('"') for text in answers)
    for separator in ("csv",) if quoted else tuple(_SEPARATORS):
        several = sum(count for text, count in answers.items() if len(parts(text, separator)) > 1)
        if several * 20 < total and not (records and several):
            continue
        options = counted_parts(answers, separator)
        mentions = sum(options.values())
        often = sum(count for count in options.values() if count >= _OFTEN)
        # What was written in among the options of a record may be as long as it likes.
        looked = [text for text, count in options.items() if count >= _OFTEN or not records]
        short = max(map(len, looked), default=0) <= _LONGEST_OPTION
        if short and often * 10 >= mentions * 8 and len(options) < len(answers) * 2 + _FEW:
            return separator, options
    return None


def _are_records(answers: Mapping[str, int]) -> bool:
    """Tell whether each cell is a CSV record of its own, which ends with the line: that alone makes it a list."""
    ends = sum(count for text, count in answers.items() if text.endswith("\n"))
    return ends >= _NEARLY_ALL * sum(answers.values())


def _are_ticks(answers: Mapping[str, int], column: Column) -> bool:
    """A column of one option holds the option, or a word for ticked, or one for not ticked; nothing else."""
    said = {plain(column.labels.get(text, text)) for text in answers} - set(NOT_TICKED)
    return len(said) <= 1 and (bool(said & set(TICKED)) or len(answers) <= 2)  # noqa: PLR2004 - ticked and not


def _ordered(answers: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(answers.items(), key=lambda pair: (-pair[1], pair[0])))


def _share(answers: Mapping[str, int], is_so: Callable[[str], object]) -> float:
    fits = sum(count for text, count in answers.items() if is_so(text.strip()))
    return fits / sum(answers.values())


def _is_number(text: str) -> bool:
    return _NUMBER.match(text) is not None


def _is_date(text: str) -> bool:
    return _DATE.fullmatch(text) is not None
