"""Recount estimates in DuckDB: run the SQL of each, and say what comes out.

A paper asks a thousand times of the same few questions. So each step of a wave's queries is run once and kept as a
table, under the name that it has in all of them; what is run last is the end of the very text that `sql_of` shows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import duckdb

from recount.audit.sql.fielded import Fielded
from recount.audit.sql.query import key_of, query_of, reason_not_recounted
from recount.audit.sql.steps import Query, Step
from recount.audit.sql.two_waves import BEFORE, NOW
from recount.building import build, command
from recount.errors import AuditError, Finding
from recount.ingest.raw import Column
from recount.study.instrument import Instrument
from recount.study.settings import Settings

# The cells of a wave can be many; each question looks up its own.
LOOKED_UP = ("kept",)
# Steps that are made anew for each number, under the same name.
OWN = ("numbers", "ranked", "centre", BEFORE, NOW)

Columns = Mapping[str, Sequence[Column]]


@dataclass(frozen=True)
class Recounted:
    """What the SQL of one estimate gave: its columns by name; or the reason why there is none."""

    key: str
    row: Mapping[str, float | None]
    reason: str = ""


def recounted(
    estimates: Iterable[Mapping[str, Any]],
    *,
    instrument: Instrument,
    settings: Settings,
    columns: Columns,
    results: str = "results",
    done: Callable[[int], None] = lambda _: None,
) -> dict[str, Recounted]:
    """Recount estimates from the files of their waves, by key.

    Args:
        estimates: rows of estimates.csv, or entries of the ledger.
        instrument: the questionnaire, read as a declaration.
        settings: config.yaml.
        columns: for each wave, the columns of its export, as raw.parquet describes them.
        results: the folder of results.
        done: called with the number of estimates that are done.

    Raises:
        AuditError: an estimate names a question or column that is not there, or a file of the wave cannot be read.
    """
    found = {}
    by_wave: dict[str, list[Mapping[str, Any]]] = {}
    for estimate in estimates:
        by_wave.setdefault(str(estimate["wave"]), []).append(estimate)
    for wave, of_wave in by_wave.items():
        of = Fielded(
            wave=wave, instrument=instrument, settings=settings, columns=columns[wave], results=results, others=columns
        )
        with closing(Database()) as database:
            for estimate in of_wave:
                key, reason = key_of(estimate), reason_not_recounted(estimate, settings)
                try:
                    row = {} if reason else database.run(query_of(estimate, of))
                except duckdb.Error as error:
                    raise AuditError(_not_run(key, error)) from None
                found[key] = Recounted(key, row, reason)
                done(len(found))
    return found


class Database:
    """A database in memory, with a table for each step of one wave's queries that has been run."""

    def __init__(self) -> None:
        # One thread: sums are taken in the order of the rows, and small tables are not worth a second.
        self._database = duckdb.connect(config={"threads": 1})
        self._made: dict[str, str] = {}
        self.close = self._database.close

    def run(self, query: Query) -> dict[str, float | None]:
        """Run a query, and give the columns of its one row."""
        own = tuple(step for step in query.steps if step.name in OWN)
        for step in query.steps:
            if step not in own:
                self._make(step)
        answer = self._database.execute(str(Query((), own, query.select)))
        names = [column[0] for column in answer.description or ()]
        row = answer.fetchone() or ()
        return {name: None if value is None else float(value) for name, value in zip(names, row, strict=True)}

    def _make(self, step: Step) -> None:
        """Keep a step as a table; under one name stands one step, else two queries would read each other's."""
        if step.name not in self._made:
            kind = "VIEW" if step.name in LOOKED_UP else "TABLE"
            self._database.execute(f"CREATE TEMP {kind} {step.name} AS {step.sql}")
            self._made[step.name] = step.sql
        elif self._made[step.name] != step.sql:
            raise ValueError(f"two steps have the name {step.name}")


def _not_run(key: str, error: duckdb.Error) -> Finding:
    return Finding(
        problem=f"DuckDB cannot run the SQL of this estimate: {str(error).splitlines()[0]}",
        key=key,
        mend=f"{build()}, in case a file is not there; {command('verify', '--sql', key)} prints the SQL",
    )
