"""What earlier waves say of an export's columns: the question that a name held, and the answers that it got."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recount.fieldwork.profile import Profile, listed, profile
from recount.ingest.raw import RawExport, normalised
from recount.study.instrument import Instrument, Question


@dataclass(frozen=True)
class Held:
    """The question that a column of some name held in the last wave that had one; None where it was not used."""

    wave: str
    question: Question | None

    @property
    def spread(self) -> bool:
        """Whether the question had a column an option."""
        return self.question is not None and bool(self.question.waves[self.wave].columns)

    @property
    def name(self) -> str:
        """What the column held, in a word."""
        return self.question.id if self.question else "what the study does not use"

    @property
    def text(self) -> str:
        """The wording of the question then."""
        return self.question.text_in(self.wave) if self.question else ""


@dataclass(frozen=True)
class Answered:
    """The answers to a question in an earlier wave: how many respondents answered, and how often each text came."""

    filled: int
    counts: Mapping[str, int]


def held(instrument: Instrument, waves: Iterable[str]) -> dict[str, Held]:
    """Find what each column name held in the last of the waves that had it."""
    found: dict[str, Held] = {}
    for wave in waves:
        for column in instrument.ignored.get(wave, {}):
            found[normalised(column)] = Held(wave, None)
        for question in instrument.asked_in(wave):
            for column in question.columns_in(wave):
                found[normalised(column)] = Held(wave, question)
    return found


def as_before(each: Profile, before: Held | None) -> Profile:
    """Look at a column again where the last wave says that its cells are lists, and what parts them."""
    separator = before.question.waves[before.wave].separator if before and before.question else None
    if separator is None or each.holds == "nothing" or each.separator == separator:
        return each
    return listed(each, separator)


def answered(question: Question, wave: str, raw: RawExport) -> Answered:
    """Count the answers to a question in the export of an earlier wave, each option of a list for itself."""
    fielding = question.waves[wave]
    columns = [column for name in question.columns_in(wave) if (column := raw.named(name))]
    looked = [profile(column, raw) for column in columns]
    if fielding.separator:
        looked = [listed(each, fielding.separator) for each in looked]
    counts: dict[str, int] = {}
    for each in looked:
        for text, count in each.answers.items():
            counts[text.strip()] = counts.get(text.strip(), 0) + count
    return Answered(max((each.filled for each in looked), default=0), counts)
