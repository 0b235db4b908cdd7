"""Add a wave to a study: read its export, hold it against the instrument, write the draft and the list."""

import difflib
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from recount.building import command
from recount.clean.clean import clean_wave
from recount.clean.io import read_corrections
from recount.errors import ExportError, Finding, RecountError, StudyError
from recount.fieldwork.adding import Comparison, compared
from recount.fieldwork.checks import check_name, check_same_survey
from recount.fieldwork.forms.io import read_questionnaire
from recount.fieldwork.report import report
from recount.fieldwork.starting import started, year_of
from recount.fieldwork.stated import Questionnaire
from recount.fieldwork.written import config_with, instrument_with, wave_entry
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export
from recount.ingest.seal import SEALS, digest, write_seal, written
from recount.study.declared import yaml_of
from recount.study.instrument import Instrument
from recount.study.settings import Settings, Wave, read_settings

REPORTS = "results/waves"
CONFIG = "config.yaml"
TITLE = "A first look at the survey"


@dataclass(frozen=True)
class AddedWave:
    """What adding a wave came to: the list, the files that it writes or wrote, and the changes to them as a diff."""

    report: str
    written: tuple[str, ...]
    diff: str
    waiting: int


def add_wave(
    wave: str,
    *,
    export: Path | None = None,
    questionnaire: Path | None = None,
    accept: float | None = None,
    design: str | None = None,
    same_columns: bool = False,
    dry_run: bool = False,
) -> AddedWave:
    """Add a wave to the study in the current folder, or go on with one that was added.

    Its export is copied byte for byte and sealed, config.yaml and the instrument get its lines, and the list of what
    changed is written to results/waves. Lines that are there already stay. Raise `ExportError` where the wave has
    another export, `StudyError` where a file cannot be edited; then nothing is written.
    """
    settings = read_settings(CONFIG)
    check_name(wave)
    place, target = _export(settings, wave, export)
    known = settings.waves.get(wave)
    raw = _read(place, Path(target).name if export is None else export.name, known)
    stated = read_questionnaire(questionnaire) if questionnaire else None
    texts = {CONFIG: text_in(Path(CONFIG)), settings.instrument: text_in(Path(settings.instrument))}
    instrument = instrument_in(texts[settings.instrument], settings.instrument)
    columns = [column.name for column in raw.columns]
    entry, comment = wave_entry(settings, target, columns, design)
    after = {CONFIG: config_with(texts[CONFIG], wave, entry, file=CONFIG, comment=comment)}
    result = compared(
        raw,
        instrument,
        wave,
        waves=[*settings.waves],
        before=_before(settings, wave),
        questionnaire=stated,
        same_columns=same_columns,
    )
    check_same_survey(result, file=raw.file)
    after[settings.instrument] = instrument_with(
        texts[settings.instrument], result, instrument, file=settings.instrument, accept=accept
    )
    taken = result.sure(accept) if accept is not None else frozenset()
    told = _told(result, raw, after, taken=taken, instrument=settings.instrument, stated=stated)
    edited = tuple(name for name in after if after[name] != texts[name])
    if not dry_run:
        _write(wave, place, target, after, told)
    diff = "".join(_diff(name, texts[name], after[name]) for name in edited)
    waiting = sum(bool(q.waves[wave].proposed) for q in instrument_in(after[settings.instrument], "").asked_in(wave))
    return AddedWave(told, (target, *edited, SEALS, f"{REPORTS}/{wave}.md"), diff, waiting)


def _export(settings: Settings, wave: str, export: Path | None) -> tuple[Path, str]:
    """The file to read, and its place in the study, where it may already be."""
    known = settings.waves.get(wave)
    if export is None and known is None:
        raise ExportError(
            Finding(
                problem="config.yaml has no such wave yet",
                value=wave,
                expected="the export that the platform gave",
                mend=command("wave", "add", "EXPORT", "--wave", wave),
            )
        )
    suffix = export.suffix.lower() if export else ""
    target = known.export if known else str(PurePosixPath("data/raw", wave, f"responses{suffix}"))
    if export is None:
        return Path(target), target
    if Path(target).exists() and digest(Path(target)) != digest(export):
        raise ExportError(
            Finding(
                problem="the wave has another export",
                file=target,
                value=str(export),
                expected=digest(Path(target)),
                mend=f"give the new one another wave; or, to replace it, copy it there and: {command('seal', wave)}",
            )
        )
    return export, target


def _read(place: Path, name: str, known: Wave | None) -> RawExport:
    if known is None:
        return read_export(place, name=name)
    return read_export(
        place,
        name=name,
        format=known.format,
        header_rows=known.header_rows,
        encoding=known.encoding,
        sheet=known.sheet,
    )


def _before(settings: Settings, wave: str) -> dict[str, RawExport]:
    """The exports of the other waves that lie in the study: they tell how columns were worded, in which order."""
    return {
        name: _read(Path(declared.export), declared.export, declared)
        for name, declared in settings.waves.items()
        if name != wave and Path(declared.export).exists()
    }


def _told(
    result: Comparison,
    raw: RawExport,
    after: dict[str, str],
    *,
    taken: frozenset[str],
    instrument: str,
    stated: Questionnaire | None,
) -> str:
    """The list, with what the build would stop at if all proposals were accepted as they are."""
    edited = instrument_in(after[instrument], instrument)
    declared = Settings.declared_in(CONFIG, yaml_of(after[CONFIG], CONFIG))
    wave = result.wave
    corrections = Path(declared.corrections) / f"{wave}.csv"
    findings: Iterable[Finding] = ()
    try:
        clean_wave(
            raw,
            instrument=edited,
            wave=wave,
            cleaning=declared.cleaning,
            roles=declared.waves[wave].columns,
            corrections=read_corrections(corrections) if corrections.exists() else None,
        )
    except RecountError as error:
        findings = error.findings
    notes = stated.notes if stated else ()
    return report(result, raw, accepted=taken, next_findings=tuple(findings), notes=notes)


def _write(wave: str, place: Path, target: str, after: dict[str, str], told: str) -> None:
    """Write all of it; the export first, since what names it must find it."""
    here = Path(target)
    here.parent.mkdir(parents=True, exist_ok=True)
    if not here.exists():
        partial = here.with_name(f"{here.name}.partial")
        shutil.copyfile(place, partial)
        partial.replace(here)
    for name, text in after.items():
        replace_text(Path(name), text)
    write_seal(read_settings(CONFIG), wave)
    Path(REPORTS).mkdir(parents=True, exist_ok=True)
    replace_text(Path(REPORTS, f"{wave}.md"), told)


def instrument_in(text: str, file: str) -> Instrument:
    """Read the text of an instrument."""
    return Instrument.declared_in(file, yaml_of(text, file))


def text_in(file: Path) -> str:
    """Read a text with its line ends as they are."""
    with file.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def replace_text(file: Path, text: str) -> None:
    """Write a text as a whole, or not at all."""
    partial = file.with_name(f"{file.name}.partial")
    partial.write_text(text, encoding="utf-8", newline="")
    partial.replace(file)


def _diff(name: str, before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), name, name, n=2)
    return "".join(lines)


@dataclass(frozen=True)
class StartedStudy:
    """Where a new study stands, how many questions it has, and what its author must know."""

    folder: Path
    wave: str
    questions: int
    notes: tuple[str, ...]
    left_out: tuple[str, ...]


def start_study(
    folder: Path, *, export: Path, questionnaire: Path | None = None, wave: str = "", title: str = ""
) -> StartedStudy:
    """Begin a study in a folder that is empty or not there yet; its export is copied byte for byte, and sealed.

    Raise `StudyError` where the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise StudyError(
            Finding(problem="there is something in this folder already", file=str(folder), expected="a new folder")
        )
    raw = read_export(export, name=export.name)
    stated = read_questionnaire(questionnaire) if questionnaire else None
    name = wave or year_of(raw)
    check_name(name)
    target = str(PurePosixPath("data/raw", name, f"responses{export.suffix.lower()}"))
    made = started(
        raw, wave=name, title=title or (stated.title if stated else "") or TITLE, export=target, questionnaire=stated
    )
    for path, text in made.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        replace_text(folder / path, text)
    (folder / target).parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(export, folder / target)
    seal = PurePosixPath(target).relative_to(PurePosixPath(SEALS).parent)
    replace_text(folder / SEALS, written({str(seal): digest(export)}))
    return StartedStudy(folder, name, made.questions, made.notes, made.left_out)
