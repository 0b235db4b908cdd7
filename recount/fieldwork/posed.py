"""What an export asks: its columns gathered into questions, with wording, kind and options as far as they are told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from recount.clean.match import plain
from recount.clean.wording import readable, words
from recount.fieldwork.aside import Aside, aside
from recount.fieldwork.grouping import Known, common, gathered, halves
from recount.fieldwork.label import written_in
from recount.fieldwork.past import Held, as_before
from recount.fieldwork.profile import Profile, listed, profile
from recount.fieldwork.stated import Asks, Option, Questionnaire, Stated, bare_name
from recount.ingest.raw import Column, RawExport, normalised
from recount.study.instrument import TICKED, Separator, Universe

_WORDED = 3
# A heading of a word or two, such as Age or US Region; variables have small letters, capitals alone, or digits.
_HEADING = re.compile(r"[A-Z][a-z]{2,}|[A-Z][A-Za-z]+ [A-Za-z]{2,}")
# What Qualtrics appends to the wording of a question with a field for text beside an option.
_APPENDED = re.compile(r" - Selected Choice$")
_KINDS: dict[str, Asks] = {
    "numbers": "number",
    "dates": "date",
    "lists": "multi",
    "options": "single",
    "ticks": "single",
}


@dataclass(frozen=True)
class Posed:
    """One question of an export.

    `columns` are its columns, of which a question with several answers may have one an option. `told` says that the
    file names the options; else they are those that somebody gave, and `counts` says how often each stands.
    """

    name: str
    wording: str
    asks: Asks
    profiles: tuple[Profile, ...]
    options: tuple[Option, ...] = ()
    separator: Separator | None = None
    told: bool = False
    section: str = ""
    routing: str = ""
    universe: Universe | None = None
    range: tuple[float | None, float | None] = (None, None)

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(each.column.name for each in self.profiles)

    @property
    def spread(self) -> bool:
        """Whether it has a column an option."""
        return bool(self.options) and bool(self.options[0].column)

    @property
    def filled(self) -> int:
        """How many cells of its fullest column hold an answer."""
        return max(each.filled for each in self.profiles)


@dataclass(frozen=True)
class Asked:
    """All that an export asks, in the order of its columns, and the columns that are nobody's answer."""

    questions: tuple[Posed, ...]
    aside: tuple[Aside, ...]

    def holding(self, column: str) -> Posed | None:
        """Find the question that a column belongs to."""
        return next((each for each in self.questions if column in each.columns), None)


def asked(raw: RawExport, questionnaire: Questionnaire | None = None, held: Mapping[str, Held] | None = None) -> Asked:
    """Gather the columns of an export into questions.

    What the platform's questionnaire states goes before what columns of the same name `held` in earlier waves, and
    that before guesses. A column that a question read before is nobody's to leave out.
    """
    before = held or {}
    profiles = [as_before(profile(column, raw), before.get(normalised(column.name))) for column in raw.columns]
    stated = {each.column.name: questionnaire.of_column(each.column.name) for each in profiles} if questionnaire else {}
    left = [
        found
        for each in profiles
        if (found := aside(each, raw, personal=bool((told := stated.get(each.column.name)) and told.personal)))
        and (found.platforms or not _is_used(each, before))
    ]
    left += [Aside(name, f"says the same as {summary}") for name, summary in _twice(stated).items()]
    names = {each.column for each in left}
    kept = [each for each in profiles if each.column.name not in names]
    wordings = {each.column.name: _worded(each, stated.get(each.column.name)) for each in kept}
    known = Known(stated, before, wordings)
    return Asked(tuple(_posed(group, known) for group in gathered(kept, known)), tuple(left))


def _is_used(each: Profile, held: Mapping[str, Held]) -> bool:
    before = held.get(normalised(each.column.name))
    return before is not None and before.question is not None


def _worded(each: Profile, question: Stated | None) -> str:
    """How a column is worded: as the questionnaire's file says, else as the export does."""
    return (readable(question.text) if question else "") or wording_of(each.column)


def _twice(stated: Mapping[str, Stated | None]) -> dict[str, str]:
    """The columns of single options where another column holds all of them: some platforms write both."""
    whole = {question.name: column for column, question in stated.items() if question and _is_named(column, question)}
    return {
        column: whole[question.name]
        for column, question in stated.items()
        if question and question.name in whole and question.asks == "multi" and column != whole[question.name]
    }


def _is_named(column: str, question: Stated) -> bool:
    return bare_name(column) == question.name.casefold() and question.asks == "multi"


def wording_of(column: Column) -> str:
    """Give how the export words a column: its label, or its name where that is a wording."""
    label = _APPENDED.sub("", readable(column.label))
    if words(label) and words(label) != words(column.name):
        return label
    name = readable(column.name)
    return name if len(name.split()) >= _WORDED or name.endswith("?") or _HEADING.fullmatch(name) else ""


def _posed(group: tuple[Profile, ...], known: Known) -> Posed:
    question = known.question(group[0])
    if len(group) > 1 and any(known.question(each) is not question for each in group):
        return _spread(group, None, known)  # a codebook's variables, which are the options of one question
    posed = _spread(group, question, known) if len(group) > 1 else _single(group[0])
    if question is None:
        return posed
    named = replace(
        posed,
        name=question.name,
        wording=known.wording(group[0]) or posed.wording,
        section=question.section,
        routing=question.routing,
        universe=question.universe,
        range=question.range,
    )
    return named if len(group) > 1 or question.asks == "unknown" else _as_stated(named, question)


def _as_stated(posed: Posed, question: Stated) -> Posed:
    """Believe the questionnaire on kind and options of a question in one column."""
    only = posed.profiles[0]
    mine = [option for option in question.options if option.column.casefold() == only.column.name.casefold()]
    if mine:  # one option of several, whose other columns the export does not have
        return replace(posed, asks="multi", options=(replace(mine[0], code=""),), told=True, separator=None)
    if question.asks not in ("single", "scale", "multi"):
        return replace(posed, asks=_open(question.asks, only), options=(), separator=None, told=False)
    separator = (question.separator or posed.separator or ",") if question.asks == "multi" else None
    only = listed(only, separator) if separator else only
    options = _as_written(question.options, only.answers) or posed.options
    told = bool(question.options) or posed.told
    return replace(posed, asks=question.asks, profiles=(only,), options=options, separator=separator, told=told)


def _open(asks: Asks, only: Profile) -> Asks:
    """The kind of a question without options: no id that several rows share, and a number where all are numbers."""
    if asks == "text" and only.holds == "numbers":
        return "number"
    return "text" if asks == "id" and len(only.answers) < only.filled else asks


def _as_written(options: tuple[Option, ...], answers: Mapping[str, int]) -> tuple[Option, ...]:
    """The options as cells hold them, by code or by label; answers that no option explains stand behind them."""
    given = {plain(text) for text in answers}
    by_code = any(plain(each.code) in given for each in options if each.code) and not any(
        plain(each.label) in given for each in options if plain(each.label) != plain(each.code)
    )
    told = [Option(each.label, each.code if by_code else "") for each in options]
    known = {plain(text) for each in told for text in (each.label, each.code)}
    more = [Option(text.strip(), seen=True) for text in answers if plain(text) not in known] if told else []
    return (*told, *more)


def _single(only: Profile) -> Posed:
    column = only.column
    asks = "text" if _own_words(only) else _KINDS.get(only.holds, "text")
    told = bool(column.labels)
    labelled = [Option(label, code) for code, label in column.labels.items()]
    seen = [Option(text.strip(), seen=True) for text in only.answers] if asks in ("single", "multi") else []
    closed = told and (asks == "single" or only.holds == "nothing")
    known = {option.code for option in labelled}
    options = [*labelled, *(option for option in seen if option.label not in known)] if closed else seen
    return Posed(
        name=column.name,
        wording=wording_of(column),
        asks="single" if closed else asks,
        profiles=(only,),
        options=tuple(options),
        separator=only.separator if asks == "multi" and not closed else None,
        told=closed,
    )


def _own_words(only: Profile) -> bool:
    """Whether a column is the field for text beside an option: what people wrote there was offered to nobody."""
    return only.holds in ("options", "lists", "ticks") and written_in(only.column.label) is not None


def _spread(group: tuple[Profile, ...], question: Stated | None, known: Known) -> Posed:
    """Gather the columns of a question that has one an option."""
    labels = {option.column.casefold(): option.label for option in question.options} if question else {}
    names = halves([each.column.name for each in group])
    stem, items = common([known.wording(each) for each in group])
    options = tuple(
        Option(
            labels.get(each.column.name.casefold()) or _ticking(each) or item or normalised(option),
            "",
            each.column.name,
        )
        for each, (_, option), item in zip(group, names, items, strict=True)
    )
    name = names[0][0] or group[0].column.name
    wording = stem or (readable(name) if len(name.split()) >= _WORDED else "")
    return Posed(name.rstrip("_ "), wording, "multi", group, options, told=True)


def _ticking(profile: Profile) -> str:
    """The text of the option that the cells of its column hold, or their label; empty where that is one for ticked."""
    said = [profile.column.labels.get(text, text).strip() for text in profile.said]
    return said[0] if len(said) == 1 and plain(said[0]) not in TICKED else ""
