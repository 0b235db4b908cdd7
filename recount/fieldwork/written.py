"""The edits of a new wave: its lines in the instrument and in config.yaml, and nothing of what people wrote."""

import json
from collections.abc import Iterable, Mapping

from recount.fieldwork.adding import Comparison
from recount.fieldwork.draft import Proposal
from recount.fieldwork.editing import added, appended, without
from recount.fieldwork.lines import Value
from recount.fieldwork.places import places
from recount.study.instrument import Instrument
from recount.study.settings import Settings


def instrument_with(
    text: str, compared: Comparison, instrument: Instrument, *, file: str, accept: float | None = None
) -> str:
    """Give the instrument's text with what is proposed; lines that the wave has already stay as they are.

    With `accept`, what is over the threshold and has nothing against it loses its mark, or never gets one.
    """
    sure = compared.sure(accept) if accept is not None else frozenset()
    place = {question.id: number for number, question in enumerate(instrument.questions)}
    for each in compared.proposals:
        name = each.pair.question.id
        path = ("questions", place[name], "waves")
        if name in compared.written:
            if name in sure and _untouched(each, instrument, compared.wave):
                text = without(text, (*path, compared.wave), "proposed", file=file)
        elif each.fielding is not None:
            marked = {} if name in sure else {"proposed": each.mark}
            text = added(text, path, compared.wave, {**each.fielding, **marked}, file=file)
    for new in compared.begun:
        text = appended(text, ("questions",), list(new.lines), _as_read(new.content), file=file)
    for column, reason in compared.ignored.items():
        text = added(text, ("ignored", compared.wave), column, reason, file=file)
    return text


def accepted(text: str, instrument: Instrument, wave: str, questions: Iterable[str], *, file: str) -> str:
    """Take the mark of a proposal off the questions that a person accepts."""
    place = {question.id: number for number, question in enumerate(instrument.questions)}
    for name in questions:
        text = without(text, ("questions", place[name], "waves", wave), "proposed", file=file)
    return text


def config_with(text: str, wave: str, entry: Mapping[str, Value], *, file: str, comment: str = "") -> str:
    """Give config.yaml's text with the wave, unless it has it."""
    known = places(text).inside("waves")
    if known is not None and wave in known.entries:
        return text
    return added(text, ("waves",), wave, entry, file=file, comment=comment, width=0)


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


def _as_read(value: Value) -> Value:
    """A value as the reader of YAML gives it, so that it can be compared."""
    if isinstance(value, Mapping):
        return {str(key): _as_read(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_as_read(each) for each in value]
    return value
