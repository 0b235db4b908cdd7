"""What the study's declarations say of each other: every question, wave and file that one names must exist."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from recount.building import command
from recount.errors import Finding, StudyError, nearest
from recount.study.figures import Figures, Item
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.tables import Tables


def check_references(settings: Settings, instrument: Instrument, figures: Figures, tables: Tables) -> None:
    """Raise `StudyError` with all that settings, figures or tables name and nobody declared, or nobody has decided."""
    findings = [
        *_questions("config.yaml", "estimates.groups", settings.estimates.groups, instrument),
        *_strata(settings, instrument),
        *_questions("config.yaml", "coding.by_rule", settings.coding.by_rule, instrument),
        *_coded("config.yaml", "coding.by_rule", settings.coding.by_rule, instrument),
        *_questions("config.yaml", "coding.language", filter(None, [settings.coding.language]), instrument),
        *_questions("config.yaml", "comparison.by", settings.comparison.by if settings.comparison else (), instrument),
        *_waves(settings.instrument, _fielded(instrument), settings),
        *_undecided(settings.instrument, instrument),
    ]
    for file, declared in ((settings.paper.figures, figures.figures), (settings.paper.tables, tables.tables)):
        for name, each in declared.items():
            place = f"{'figures' if declared is figures.figures else 'tables'}.{name}"
            findings += [*_items(file, f"{place}.items", each.items, instrument)]
            findings += [
                *_waves(file, {f"{place}.waves": (*each.waves, *([each.wave] if each.wave else []))}, settings)
            ]
    for name, table in tables.tables.items():
        findings += [*_questions(settings.paper.tables, f"tables.{name}.groups", table.groups, instrument)]
        estimated = settings.estimates.groups
        findings += [*_groups(settings.paper.tables, f"tables.{name}.groups", table.groups, estimated, instrument)]
    if findings:
        raise StudyError(*findings)


def check_files(settings: Settings) -> None:
    """Raise `StudyError` with every file that the study needs and that is not there: a deleted one is told at once."""
    needed = {"instrument": settings.instrument, "paper.template": settings.paper.template}
    needed |= {f"waves.{name}.export": wave.export for name, wave in settings.waves.items() if not wave.source}
    findings = [
        Finding(problem="there is no such file", file=file, mend=f"put it there, or mend `{key}` in config.yaml")
        for key, file in needed.items()
        if not Path(file).exists()
    ]
    if findings:
        raise StudyError(*findings)


def _questions(file: str, key: str, named: Iterable[str], instrument: Instrument) -> Iterator[Finding]:
    known = list(instrument.by_id)
    for question in named:
        if question not in known:
            yield Finding(
                problem="the instrument has no such question",
                file=file,
                key=key,
                value=question,
                expected=nearest(question, known),
            )


def _strata(settings: Settings, instrument: Instrument) -> Iterator[Finding]:
    """Tell of strata of double coding that are neither a closed question nor the length of answers."""
    closed = [question.id for question in instrument.questions if question.type in ("single", "scale")]
    for name in settings.coding.double.strata:
        if name not in (*closed, "length"):
            yield Finding(
                problem="this is no question of one answer, by which answers can be stratified",
                file="config.yaml",
                key="coding.double.strata",
                value=name,
                expected=nearest(name, [*closed, "length"]),
            )


def _coded(file: str, key: str, named: Iterable[str], instrument: Instrument) -> Iterator[Finding]:
    """Tell of questions that keywords are to code, and that are not coded."""
    for question in named:
        if question in instrument.by_id and not instrument.by_id[question].coded:
            yield Finding(
                problem="this question is not coded",
                file=file,
                key=key,
                value=question,
                mend="set `coded: true` at the question in the instrument",
            )


def _groups(
    file: str, key: str, named: Iterable[str], estimated: tuple[str, ...], instrument: Instrument
) -> Iterator[Finding]:
    """Tell of groups by which nothing is estimated: their columns would stay empty."""
    for group in named:
        if group in instrument.by_id and group not in estimated:
            yield Finding(
                problem="nothing is estimated by this group",
                file=file,
                key=key,
                value=group,
                expected=nearest(group, list(estimated)),
                mend=f"add {group} to estimates.groups in config.yaml",
            )


def _undecided(file: str, instrument: Instrument) -> Iterator[Finding]:
    """Tell of each line that `recount wave add` proposes and nobody has accepted: nothing is decided silently."""
    for question in instrument.questions:
        for wave, fielding in question.waves.items():
            if fielding.proposed:
                yield _undecided_line(file, f"{question.id}.waves.{wave}", fielding.proposed, f"{wave} {question.id}")
        for category in question.categories:
            if category.proposed:
                wave = category.proposed.partition(":")[0]
                key = f"{question.id}.categories.{category.id}"
                yield _undecided_line(file, key, category.proposed, f"{wave} {question.id}")


def _undecided_line(file: str, key: str, proposed: str, accepts: str) -> Finding:
    return Finding(
        problem="this is proposed, and nobody has decided it",
        file=file,
        key=key,
        value=proposed,
        expected="a line without `proposed`, once somebody has looked at it",
        mend=f"{command('wave', 'accept', *accepts.split())}, where it is right; else mend the line first",
    )


def _items(file: str, key: str, items: Iterable[Item], instrument: Instrument) -> Iterator[Finding]:
    for place, item in enumerate(items):
        yield from _questions(file, f"{key}.{place}.question", [item.question], instrument)


def _fielded(instrument: Instrument) -> dict[str, tuple[str, ...]]:
    return {f"questions.{question.id}.waves": tuple(question.waves) for question in instrument.questions}


def _waves(file: str, named: dict[str, tuple[str, ...]], settings: Settings) -> Iterator[Finding]:
    known = list(settings.waves)
    for key, waves in named.items():
        for wave in waves:
            if wave not in known:
                yield Finding(
                    problem="config.yaml has no such wave",
                    file=file,
                    key=key,
                    value=wave,
                    expected=nearest(wave, known),
                )
