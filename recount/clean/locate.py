"""Which column of the export holds which question, and whether every column is accounted for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from recount.clean.context import Context
from recount.clean.platforms import is_platforms, role_of
from recount.errors import ExportError, Finding, nearest, shortened
from recount.ingest.raw import Column, RawExport, normalised
from recount.study.instrument import Question
from recount.study.settings import Roles, Tests

_SAMPLE = 3
# What goes wrong where nobody tells in which column the platform keeps a role.
_ELSE = {
    "status": "else a preview would be counted",
    "finished": "else nobody knows which responses were completed",
}
_ELSE |= dict.fromkeys(("duration", "started", "recorded"), "else nobody knows how long a response took")


@dataclass(frozen=True)
class Located:
    """The columns of the export, and what is wrong with them.

    A question's columns are keyed by category, or by "" where it has one for all; the platform's by their role.
    """

    questions: Mapping[str, Mapping[str, Column]]
    roles: Mapping[str, Column]
    findings: tuple[Finding, ...]


def locate(context: Context, roles: Roles, tests: Tests | None = None) -> Located:
    """Find the columns that the instrument and the settings name, and all that nobody names.

    A column that neither a question, nor `ignored`, nor the platform accounts for is a finding: a reviewer must be able
    to trust that nothing was overlooked. Those that look like a platform's own come first: `tests` tells their status.
    """
    raw, instrument, wave, files = context.raw, context.instrument, context.wave, context.files
    search = _Search(context)
    asked = instrument.asked_in(wave)
    if not asked:
        known = sorted({name for question in instrument.questions for name in question.waves})
        search.found(f"no question was asked in the wave {wave!r}", files.instrument, "questions", nearest(wave, known))
    questions = {question.id: search.columns(question) for question in asked}
    named = {
        role: search.column(name, "config.yaml", f"waves.{wave}.columns.{role}") for role, name in _named(raw, roles)
    }
    used = {column.name for columns in questions.values() for column in columns.values()}
    used |= {column.name for column in named.values() if column}
    ignored = {normalised(name) for name in instrument.ignored.get(wave, {})}
    overlooked = [
        column
        for column in raw.columns
        if column.name not in used and normalised(column.name) not in ignored and not is_platforms(column, raw)
    ]
    statuses = (tests or Tests()).status
    guessed = {column.name: role_of(column, raw, statuses) for column in overlooked}
    guessed = {column: role if not named.get(role) else "" for column, role in guessed.items()}
    overlooked.sort(key=lambda column: not guessed[column.name])
    found = {role: name for name, role in reversed(guessed.items()) if role}  # the first column of each role
    findings = (*search.findings, *(_overlooked(column, context, guessed[column.name], found) for column in overlooked))
    return Located(questions, {role: column for role, column in named.items() if column}, findings)


class _Search:
    """Looks columns up and keeps what it could not find."""

    def __init__(self, context: Context) -> None:
        self.raw = context.raw
        self.wave = context.wave
        self.files = context.files
        self.findings: list[Finding] = []

    def found(self, problem: str, file: str, key: str, expected: str = "", value: str | None = None) -> None:
        self.findings.append(Finding(problem=problem, file=file, key=key, expected=expected, value=value))

    def column(self, name: str, file: str, key: str) -> Column | None:
        try:
            column = self.raw.named(name)
        except ExportError as error:
            self.findings += error.findings
            return None
        if column is None:
            names = [each.name for each in self.raw.columns]
            self.found(f"{self.files.export} has no such column", file, key, nearest(name, names), name)
        return column

    def columns(self, question: Question) -> dict[str, Column]:
        self._consistent(question)
        fielding = question.waves[self.wave]
        key = f"{question.id}.waves.{self.wave}"
        if fielding.column is not None:
            column = self.column(fielding.column, self.files.instrument, f"{key}.column")
            return {"": column} if column else {}
        found = {}
        for category, name in fielding.columns.items():
            if column := self.column(name, self.files.instrument, f"{key}.columns.{category}"):
                found[category] = column
        return found

    def _consistent(self, question: Question) -> None:
        fielding = question.waves[self.wave]
        key = f"{question.id}.waves.{self.wave}"
        if question.type != "multi":
            if fielding.columns:
                self.found("only a question of type multi has one column per category", self.files.instrument, key)
            return
        if fielding.column is not None and fielding.separator is None:
            expected = "separator: one of ; , | space newline csv"
            self.found("all ticked options stand in one column: what parts them?", self.files.instrument, key, expected)
        offered = [category.id for category in question.offered_in(self.wave)]
        if fielding.columns and (lacking := [each for each in offered if each not in fielding.columns]):
            expected = "a column for each, or `offered` with the categories that the wave's questionnaire had"
            self.found("these categories have no column: " + ", ".join(lacking), self.files.instrument, key, expected)


def _named(raw: RawExport, roles: Roles) -> list[tuple[str, str]]:
    """The columns of the platform's roles: the settings' where they name one, else the format's."""
    declared = roles.model_dump()
    names = {role: declared.get(role) or raw.roles.get(role, "") for role in declared}
    return [(role, name) for role, name in names.items() if name]


def _overlooked(column: Column, context: Context, role: str, guessed: Mapping[str, str]) -> Finding:
    """Tell of a column that nobody declared; one that seems to have a role, with all of `guessed`, to be pasted."""
    wave, files = context.wave, context.files
    texts = _sample(context.raw.texts(column.name))
    label = f'worded "{shortened(column.label)}", ' if column.label else ""
    holds = "it holds " + ", ".join(repr(shortened(text, 40)) for text in texts) if texts else "it is empty"
    line = f"ignored: {{{_quoted(wave)}: {{{_quoted(column.name)}: REASON}}}}"
    mend = f"declare the question, or add to {files.instrument}: {line}"
    if role:
        roles = ", ".join(f"{each}: {_quoted({**guessed, role: column.name}[each])}" for each in sorted(guessed))
        named = f"waves: {{{_quoted(wave)}: {{columns: {{{roles}}}}}}}"
        mend = f"add to config.yaml: {named}; {_ELSE[role]}\n    or, where it is no {role} of a platform, {mend}"
    return Finding(
        problem="nobody declared this column",
        file=files.export,
        key=column.name,
        expected=f"a question of {files.instrument} that reads it, or a reason why none does ({label}{holds})",
        mend=mend,
    )


def _sample(cells: pa.ChunkedArray) -> list[str]:
    trimmed = pc.utf8_trim_whitespace(cells.drop_null())
    filled = trimmed.filter(pc.not_equal(trimmed, "")).slice(0, 10_000)
    return [str(text) for text in filled.unique().slice(0, _SAMPLE).to_pylist()]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
