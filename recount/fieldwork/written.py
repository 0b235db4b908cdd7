"""The edits of a new wave: its lines in the instrument and in config.yaml, and nothing of what people wrote."""

import json
from collections.abc import Iterable, Mapping, Sequence

from recount.fieldwork.adding import Comparison
from recount.fieldwork.draft import Proposal
from recount.fieldwork.editing import Edits, Path
from recount.fieldwork.lines import Value
from recount.fieldwork.places import places
from recount.study.instrument import Category, Instrument, Question
from recount.study.settings import Settings


def instrument_with(
    text: str, compared: Comparison, instrument: Instrument, *, file: str, accept: float | None = None
) -> str:
    """Give the instrument's text with what is proposed; lines that the wave has already stay as they are.

    With `accept`, what is over the threshold and has nothing against it loses its mark, or never gets one.
    """
    sure = compared.sure(accept) if accept is not None else frozenset()
    place = {question.id: number for number, question in enumerate(instrument.questions)}
    edits = Edits(text, file)
    for each in compared.proposals:
        name = each.pair.question.id
        path: Path = ("questions", place[name])
        if name in compared.written:
            if name in sure and _untouched(each, instrument, compared.wave):
                edits.remove((*path, "waves", compared.wave), "proposed")
        elif each.fielding is not None:
            marked = {} if name in sure else {"proposed": each.mark}
            _add_categories(edits, each, path, instrument)
            edits.add((*path, "waves"), compared.wave, {**each.fielding, **marked})
    for new in compared.begun:
        edits.append(("questions",), new.lines, new.content)
    _add_ignored(edits, compared, instrument)
    return edits.made()


def offered_with(
    text: str, instrument: Instrument, wave: str, question: str, categories: Sequence[Mapping[str, Value]], *, file: str
) -> str:
    """Give the instrument's text with categories that a wave offered, and no wave before it."""
    place = {each.id: number for number, each in enumerate(instrument.questions)}[question]
    path: Path = ("questions", place)
    before = instrument.by_id[question].waves[wave].offered
    edits = Edits(text, file)
    _insert(edits, categories, path, instrument.by_id[question], but=wave)
    if before is not None:
        offered = [*before, *(str(each["id"]) for each in categories)]
        edits.replace((*path, "waves", wave), "offered", offered)
    return edits.made()


def _add_categories(edits: Edits, each: Proposal, path: Path, instrument: Instrument) -> None:
    if each.categories:
        _insert(edits, each.categories, path, instrument.by_id[each.pair.question.id])


def _insert(
    edits: Edits, categories: Sequence[Mapping[str, Value]], path: Path, question: Question, *, but: str = ""
) -> None:
    """Add options; a wave that does not say what it offered then offered all that there were, `but` the one wave."""
    last = next((n for n, one in enumerate(question.categories) if _stands_last(one)), len(question.categories))
    edits.insert((*path, "categories"), last, categories)
    before = [category.id for category in question.categories]
    for wave, fielding in question.waves.items():
        if wave != but and fielding.offered is None and not fielding.columns:
            edits.add((*path, "waves", wave), "offered", before, quote=False)


def _stands_last(category: Category) -> bool:
    """Whether a category stands behind the options: whatever was written in, no opinion, none of them."""
    return category.write_in or category.missing or category.alone


def _add_ignored(edits: Edits, compared: Comparison, instrument: Instrument) -> None:
    """Add the columns to leave out, below those of the wave that are there."""
    if compared.wave in instrument.ignored:
        for column, reason in compared.ignored.items():
            edits.add(("ignored", compared.wave), column, reason)
    elif compared.ignored:
        edits.add(("ignored",), compared.wave, compared.ignored)


def accepted(text: str, instrument: Instrument, wave: str, questions: Iterable[str], *, file: str) -> str:
    """Take the mark of a proposal off the questions that a person accepts, and off the options drafted for them."""
    place = {question.id: number for number, question in enumerate(instrument.questions)}
    edits = Edits(text, file)
    for name in questions:
        path: Path = ("questions", place[name])
        edits.remove((*path, "waves", wave), "proposed")
        for number, category in enumerate(instrument.by_id[name].categories):
            if category.proposed:
                edits.remove((*path, "categories", number), "proposed")
    return edits.made()


def config_with(text: str, wave: str, entry: Mapping[str, Value], *, file: str, comment: str = "") -> str:
    """Give config.yaml's text with the wave, unless it has it."""
    known = places(text).inside("waves")
    if known is not None and wave in known.entries:
        return text
    edits = Edits(text, file)
    edits.add(("waves",), wave, entry, comment=comment, width=0)
    return edits.made()


def wave_entry(
    settings: Settings, export: str, columns: Iterable[str], design: str | None
) -> tuple[dict[str, Value], str]:
    """Write the settings of the new wave, after the last one; with a comment on what a person must look at."""
    last, before = list(settings.waves.items())[-1]
    entry: dict[str, Value] = {"export": export, "design": design or before.design}
    names = set(columns)
    roles = {role: name for role, name in before.columns.model_dump().items() if name and name in names}
    if roles:
        entry["columns"] = roles
    asked = "" if design else f"design: as in {last}; change it where people came to be asked otherwise.\n"
    comment = f"{asked}contacted, frame: add how many were asked, and could have been, where that is known."
    return entry, comment


def _untouched(each: Proposal, instrument: Instrument, wave: str) -> bool:
    """Whether the instrument says what is proposed, so that nobody has changed it."""
    fielding = instrument.by_id[each.pair.question.id].waves[wave]
    said = json.loads(fielding.model_dump_json(exclude_unset=True, exclude={"proposed"}))
    return bool(said == json.loads(json.dumps(each.fielding)))
