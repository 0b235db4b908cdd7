"""One wave as SQL sees it: its files, the columns of its export, its questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from recount.audit.sql.quote import name, path
from recount.audit.sql.steps import Step
from recount.building import build
from recount.errors import AuditError, Finding, nearest
from recount.ingest.raw import Column, normalised
from recount.study.instrument import Instrument, Question
from recount.study.settings import Settings

# Steps that are about no question, and those that come before a question's own.
STEPS = (
    *("excluded", "kept", "changed", "respondents", "weights", "codes", "uncoded"),
    *("numbers", "ranked", "centre", "before", "now"),
)
KINDS = ("cells", "ticks", "given", "codes")
# Columns that a query names by themselves: a step of that name would come between.
COLUMNS = (
    *("row", "respondent", "variable", "after", "question", "code", "decided_by", "problem", "reason", "rule"),
    *("category", "cell", "ticking", "unticking", "free", "ticked", "answer", "asked", "option", "weight"),
    *("chose", "amounts", "first", "two", "largest"),
    *("x", "reached", "whole", "mean", "n", "base", "weighted_n", "weighted_base", "value"),
)

A_LINE = 4  # columns of a table that are written in one line

CHANGES = ("row", "respondent", "variable", "column", "before", "after", "rule", "reason")
EXCLUDED = ("row", "respondent", "reason", "detail")
CODES = ("respondent", "question", "code", "decided_by", "codebook_version")
UNCODED = ("respondent", "question", "answer_sha256", "answer", "problem")


@dataclass(frozen=True, kw_only=True)
class Fielded:
    """A wave, with all that the study declares of it, and what its export says of its own columns.

    `results` is the folder of results, as seen from the folder in which the SQL runs.
    """

    wave: str
    instrument: Instrument
    settings: Settings
    columns: Sequence[Column]
    results: str = "results"
    # The columns of the other waves' exports, for estimates of two waves.
    others: Mapping[str, Sequence[Column]] = field(default_factory=dict, repr=False)
    # The steps of the questions that have been asked for: a paper asks a thousand times for the same few.
    known: dict[str, tuple[Step, ...]] = field(default_factory=dict, repr=False)

    def table(self, file: str, columns: tuple[str, ...] = ()) -> str:
        """Write the source that reads a file of the wave; of a CSV file all columns, as text but for `row`."""
        place = path(f"{self.results}/{self.wave}/{file}")
        if not columns:
            return place
        types = [f"'{each}': '{'INTEGER' if each == 'row' else 'VARCHAR'}'" for each in columns]
        lines = [", ".join(types[start : start + A_LINE]) for start in range(0, len(types), A_LINE)]
        # What is said here, DuckDB need not guess, and answers can mislead a guess.
        listed = ",\n  ".join(lines)
        return f"read_csv({place}, auto_detect = false, header = true, columns = {{\n  {listed}}})"

    def in_wave(self, wave: str) -> "Fielded":
        """See another wave the same way."""
        return replace(self, wave=wave, columns=self.others[wave], known={})

    def column(self, declared: str) -> Column:
        """Find the column of the export that the instrument names; raise `AuditError` where there is none."""
        exact, alike = self._exact.get(declared), self._alike.get(normalised(declared), [])
        if exact is None and len(alike) != 1:
            raise AuditError(
                Finding(
                    problem="the export has no such column",
                    file=f"{self.results}/{self.wave}/raw.parquet",
                    value=declared,
                    expected=nearest(declared, [column.name for column in self.columns]),
                    mend=build(),
                )
            )
        return exact or alike[0]

    def cell(self, column: Column, table: str = "kept") -> str:
        """Write a column of the export, under the name that DuckDB gives it."""
        return f"{table}.{name(self._duckdb_names[column.name])}"

    def question(self, question: str) -> Question:
        """Find a question that the wave asked; raise `AuditError` where it did not."""
        asked = [each.id for each in self.instrument.asked_in(self.wave)]
        if question not in asked:
            raise AuditError(
                Finding(
                    problem=f"the wave {self.wave!r} did not ask this question",
                    file="results/paper/numbers.json",
                    value=question,
                    expected=nearest(question, asked),
                    mend=build(),
                )
            )
        return self.instrument.by_id[question]

    def step(self, question: Question, kind: str = "") -> str:
        """Name a step about a question: by the question's id, or by that and a kind."""
        return name(self._steps[question.id, kind])

    @property
    def weight(self) -> Question | None:
        """The question that holds the weight, where the wave has one."""
        return self.instrument.of_type("weight", self.wave)

    @cached_property
    def _exact(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @cached_property
    def _alike(self) -> dict[str, list[Column]]:
        found: dict[str, list[Column]] = {}
        for column in self.columns:
            found.setdefault(normalised(column.name), []).append(column)
        return found

    @cached_property
    def _steps(self) -> dict[tuple[str, str], str]:
        """Names that nothing else has; capitals are nothing to SQL."""
        taken = {*STEPS, *COLUMNS}
        found: dict[tuple[str, str], str] = {}
        for kind in ("", *KINDS):
            for question in self.instrument.asked_in(self.wave):
                given = f"{question.id}_{kind}" if kind else question.id
                while given.lower() in taken:
                    given += " (question)"
                taken.add(given.lower())
                found[question.id, kind] = given
        return found

    @cached_property
    def _duckdb_names(self) -> dict[str, str]:
        """DuckDB takes a for A: it gives a number to the second of two names that differ by that alone."""
        taken = {"row": 1}
        found = {}
        for column in self.columns:
            given = column.name
            while (folded := _folded(given)) in taken:
                given = f"{given}_{taken[folded]}"
                taken[folded] += 1
            taken[folded] = 1
            found[column.name] = given
        return found


def _folded(column: str) -> str:
    """DuckDB's own way: A to Z alone."""
    return column.lower() if column.isascii() else "".join(sign.lower() if sign.isascii() else sign for sign in column)
