"""What a person decides of a wave's lines in the instrument: to take what is proposed, to offer more options."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from recount.clean.match import plain
from recount.errors import Finding, StudyError, nearest
from recount.fieldwork.begun import category
from recount.fieldwork.dropping import config_without, instrument_without
from recount.fieldwork.io import CONFIG, instrument_in, replace_text, text_in
from recount.fieldwork.lines import Value
from recount.fieldwork.named import category_id
from recount.fieldwork.written import accepted, offered_with
from recount.study.instrument import Question
from recount.study.settings import read_settings


def accept_proposals(wave: str, questions: Sequence[str]) -> tuple[str, ...]:
    """Take the mark `proposed` off questions of a wave, all of them where none is named; give those that had one.

    Raise `StudyError` with every name that has no proposal.
    """
    settings = read_settings(CONFIG)
    text = text_in(Path(settings.instrument))
    instrument = instrument_in(text, settings.instrument)
    if wave not in settings.waves:
        raise StudyError(
            Finding(
                problem="there is no such wave", file=CONFIG, value=wave, expected=nearest(wave, list(settings.waves))
            )
        )
    marked = [each.id for each in instrument.asked_in(wave) if each.waves[wave].proposed or _drafted(each)]
    if unknown := [name for name in questions if name not in marked]:
        raise StudyError(
            *(
                Finding(
                    problem=f"there is no proposal of the wave {wave!r} for this question",
                    file=settings.instrument,
                    value=name,
                    expected=nearest(name, marked),
                )
                for name in unknown
            )
        )
    chosen = tuple(questions) or tuple(marked)
    replace_text(Path(settings.instrument), accepted(text, instrument, wave, chosen, file=settings.instrument))
    return chosen


def offer_options(wave: str, question: str, labels: Sequence[str]) -> tuple[str, ...]:
    """Add options to a question that a wave offered, and no wave before it; give the ids of those that were added.

    Raise `StudyError` where the wave did not ask the question, or where it has options no person can add so: a scale's.
    """
    settings = read_settings(CONFIG)
    text = text_in(Path(settings.instrument))
    instrument = instrument_in(text, settings.instrument)
    asked = instrument.question(question)
    if wave not in asked.waves or not asked.closed or asked.scale or asked.waves[wave].columns:
        raise StudyError(
            Finding(
                problem="no options can be added to this question in this wave",
                file=settings.instrument,
                key=f"{question}.waves.{wave}",
                expected="a question of the wave with categories of its own, whose answers stand in one column",
                mend="add the category by hand, with its place under `waves`",
            )
        )
    known = {plain(text) for each in asked.categories for text in (each.label, *each.values)}
    taken = {each.id for each in asked.categories}
    made: list[Mapping[str, Value]] = []
    for label in labels:
        if plain(label) not in known:
            name = category_id(label, taken)
            taken.add(name)
            made.append(category(name, label, several=asked.type == "multi"))
    if made:
        edited = offered_with(text, instrument, wave, question, made, file=settings.instrument)
        replace_text(Path(settings.instrument), edited)
    return tuple(str(each["id"]) for each in made)


def _drafted(question: Question) -> bool:
    """Whether an option of the question is proposed."""
    return any(category.proposed for category in question.categories)


def drop_wave(wave: str) -> tuple[str, ...]:
    """Take a wave out of config.yaml and the instrument; give the files that were edited.

    Its export, corrections and codings stay where they are. Raise `StudyError` where it is the only one.
    """
    settings = read_settings(CONFIG)
    others = [name for name in settings.waves if name != wave]
    if wave not in settings.waves or not others:
        raise StudyError(
            Finding(
                problem="there is no such wave" if others else "this is the only wave of the study",
                file=CONFIG,
                key="waves",
                value=wave,
                expected=nearest(wave, list(settings.waves)) if others else "another wave beside it",
            )
        )
    text = text_in(Path(settings.instrument))
    instrument = instrument_in(text, settings.instrument)
    paper = others[-1] if settings.paper.wave == wave else ""
    edited = {
        settings.instrument: instrument_without(text, instrument, wave, file=settings.instrument),
        CONFIG: config_without(text_in(Path(CONFIG)), wave, paper=paper, file=CONFIG),
    }
    for name, content in edited.items():
        replace_text(Path(name), content)
    return tuple(edited)
