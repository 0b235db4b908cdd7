"""The files of the exchange: exports for other programs, and what comes home into coders' files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from recount.building import build
from recount.clean.io import read_clean
from recount.coding.exchange.books import as_yaml, codebook_of
from recount.coding.exchange.booksheet import codebook_in_workbook
from recount.coding.exchange.elements import codebook_xml
from recount.coding.exchange.filled import lines_of
from recount.coding.exchange.foreign import read_codes, read_project
from recount.coding.exchange.homecoming import Brought, codings_in
from recount.coding.exchange.merge import Merged, merged
from recount.coding.exchange.project import project_of
from recount.coding.exchange.workbook import workbook_of
from recount.coding.io import Codings, read_codings, write_text
from recount.coding.lines import ADJUDICATION, Answers, answers_of
from recount.coding.outdated import OUTDATED, outdated
from recount.coding.second import second_sample, sheet_of, strata_of
from recount.errors import CodingError, Finding, nearest
from recount.study.codebook import Codebook, read_codebook
from recount.study.instrument import read_instrument
from recount.study.settings import DoubleCoding, Settings
from recount.study.versions import Versions, read_versions

Form = Literal["qdpx", "qdc", "xlsx"]
# What a file's name can hold besides, its parts being separated by dots.
FIT = "letters, digits, - and _"


@dataclass(frozen=True)
class Desk:
    """What is there to be coded in a wave: the questions with their answers, the codebook, what coders gave so far."""

    wave: str
    codebook: Codebook
    answers: dict[str, Answers]
    clean: pd.DataFrame
    codings: Mapping[str, Mapping[str, pd.DataFrame]]
    versions: Versions | None = None

    @property
    def version(self) -> str:
        """The version of the codebook, where it has had others, under which codes are given from now on."""
        return self.codebook.version if self.versions is not None and self.versions.earlier else ""

    def version_of(self, told: str) -> str:
        """The version under which codes were given that come with a codebook: its own, where somebody kept it."""
        known = self.versions.known if self.versions is not None and self.versions.earlier else ()
        return told if told in known else self.version


def read_desk(settings: Settings, wave: str, questions: Sequence[str] = ()) -> Desk:
    """Read what there is to code, of all open-ended questions or of some; raise `CodingError` where there is none."""
    if wave not in settings.waves:
        expected = nearest(wave, list(settings.waves))
        raise CodingError(Finding(problem="there is no such wave", file="config.yaml", value=wave, expected=expected))
    instrument = read_instrument(settings.instrument)
    asked = [question.id for question in instrument.asked_in(wave) if question.coded]
    for question in questions:
        if question not in asked:
            problem = "the wave has no open-ended question of this name that is coded"
            raise CodingError(Finding(problem=problem, value=question, expected=nearest(question, asked)))
    clean = Path("results", wave, "clean.parquet")
    if not clean.exists():
        mend = build(clean.as_posix())
        raise CodingError(Finding(problem="the wave has not been cleaned yet", file=clean.as_posix(), mend=mend))
    table = read_clean(clean, instrument, wave)
    versions = read_versions(settings.coding.folder)
    return Desk(
        wave=wave,
        codebook=read_codebook(Path(settings.coding.folder, "codebook.yaml")),
        answers={question: answers_of(table, question) for question in asked if not questions or question in questions},
        clean=table,
        codings=_marked(read_codings(settings.coding.folder, wave, asked)[0], versions),
        versions=versions,
    )


def write_export(desk: Desk, output: Path, form: Form, *, title: str, coders: Sequence[str] = ()) -> int:
    """Write a project, codebook or workbook, and give the number of answers in it; it takes no other file's place."""
    if output.exists():
        problem = "there is such a file already, and somebody may have coded in it"
        raise CodingError(Finding(problem=problem, file=output.as_posix(), mend="choose another name, or move it away"))
    for coder in coders:
        check_name(coder)
    output.parent.mkdir(parents=True, exist_ok=True)
    _write(output, _export(desk, form, title, coders))
    return 0 if form == "qdc" else sum(len(answered.texts) for answered in desk.answers.values())


def read_brought(desk: Desk, file: Path, *, coder: str, user: str | None = None) -> Brought:
    """Read what a coder brings, from a project or a workbook."""
    check_name(coder)
    if file.suffix.lower() == ".xlsx":
        return lines_of(file, desk.codebook, desk.answers)
    project = read_project(_content(file), file.as_posix())
    return codings_in(project, wave=desk.wave, codebook=desk.codebook, answers=desk.answers, coder=coder, user=user)


def bring_home(desk: Desk, brought: Brought, folder: str, *, coder: str, replace: bool = False) -> Iterator[str]:
    """Put what was brought into the coder's files, and tell of each.

    Files to which nothing comes are not touched. On a conflict raise `CodingError`, and write none.
    """
    files = {question: Path(folder, desk.wave, f"{question}.{coder}.csv") for question in brought.lines}
    results = {
        question: merged(
            files[question].as_posix(),
            desk.codings.get(question, {}).get(coder),
            lines,
            replace=replace,
            version=desk.version_of(brought.version),
        )
        for question, lines in brought.lines.items()
    }
    conflicts = [finding for result in results.values() for finding in result.conflicts]
    if conflicts:
        raise CodingError(*conflicts)
    for question, result in results.items():
        if result.changed:
            files[question].parent.mkdir(parents=True, exist_ok=True)
            write_text(result.lines, files[question])
        yield _told(files[question], result)


def codebook_in(file: Path, question: str | None = None) -> str:
    """Read the codes of a REFI-QDA file or of a workbook as the text of a codebook.yaml."""
    if file.suffix.lower() == ".xlsx" and file.exists():
        return as_yaml(codebook_in_workbook(file))
    return as_yaml(codebook_of(read_codes(_content(file), file.as_posix()), file=file.as_posix(), question=question))


def _marked(codings: Codings, versions: Versions | None) -> Codings:
    """What coders gave, with a mark at the lines whose codes have changed their meaning; these stay at home."""
    return {
        question: {
            coder: lines.assign(**{OUTDATED: outdated(lines, question, versions)}) for coder, lines in sheets.items()
        }
        for question, sheets in codings.items()
    }


def _export(desk: Desk, form: Form, title: str, coders: Sequence[str]) -> bytes:
    current = {
        question: {
            coder: lines.assign(codes=lines["codes"].mask(lines[OUTDATED], "")) for coder, lines in given.items()
        }
        for question, given in desk.codings.items()
    }
    if form == "qdc":
        asked = {question: desk.codebook.questions[question] for question in desk.answers}
        return codebook_xml(desk.codebook.model_copy(update={"questions": asked}))
    if form == "qdpx":
        return project_of(desk.wave, desk.codebook, desk.answers, current, title=title, coders=coders)
    if len(coders) > 1:
        raise CodingError(Finding(problem="a workbook is one coder's", value=", ".join(coders), mend="name one coder"))
    given = {question: lines[coder] for question, lines in current.items() for coder in coders if coder in lines}
    return workbook_of(desk.codebook, desk.answers, given)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CodingError(Finding(problem=f"the file cannot be read: {error.strerror}", file=file.as_posix())) from None


def _write(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.partial")
    partial.write_bytes(content)
    partial.replace(path)


def check_name(coder: str) -> None:
    """Raise `CodingError` where a coder's file could not have this name."""
    plain = coder.replace("-", "").replace("_", "")
    if not plain.isalnum() or coder == ADJUDICATION:
        problem = "this is no name for a coder"
        raise CodingError(Finding(problem=problem, value=coder, expected=f"{FIT}, and not {ADJUDICATION!r}"))


def _told(file: Path, result: Merged) -> str:
    counts = ", ".join(f"{count} {way}" for way, count in result.counts.items() if count)
    return f"{file.as_posix()}: {len(result.lines)} rows ({counts or 'nothing brought'})"


def write_sheets(desk: Desk, chosen: DoubleCoding, folder: str, *, coder: str) -> Iterator[str]:
    """Write a second coder's sheets, without codes, and tell of each; none that is there is written over."""
    check_name(coder)
    files = {question: Path(folder, desk.wave, f"{question}.{coder}.csv") for question in desk.answers}
    there = [
        Finding(
            problem="this coder has a sheet already, and may have coded in it",
            file=file.as_posix(),
            mend="name another coder, or move it away",
        )
        for file in files.values()
        if file.exists()
    ]
    if there:
        raise CodingError(*there)
    for question, answers in desk.answers.items():
        strata = strata_of(answers, desk.clean, chosen.strata)
        places = second_sample(answers, strata, chosen, wave=desk.wave, question=question)
        files[question].parent.mkdir(parents=True, exist_ok=True)
        write_text(sheet_of(answers, places, desk.version), files[question])
        yield f"{files[question].as_posix()}: {len(places)} of {len(answers.texts)} answers"
