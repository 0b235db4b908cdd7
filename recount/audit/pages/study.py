"""All that the audit pages are made of, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from recount.audit.pages.checks import Checks
from recount.audit.pages.pool import Pool
from recount.audit.sql.fielded import Fielded
from recount.audit.tables import WaveTables
from recount.display.formatter import Formatter
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.write.lookup import Lookup
from recount.write.number import Estimate

# Over so many respondents, the pages show digests and SQL instead of rows.
MOST_RESPONDENTS = 5_000


@dataclass(frozen=True, kw_only=True)
class Study:
    """What a study declares and what the stages wrote of it.

    `ledger` and `claims` are numbers.json and claims.json; `agreement` and `adjudications` are by wave, these also by
    question; `figures` gives the source data of each figure, `alternatives` its text; `code` the text of the files
    that the ledger names; `signatures` is what reviewers signed, as results/signatures.json has it.
    """

    settings: Settings
    instrument: Instrument
    codebook: Codebook | None
    ledger: Mapping[str, Any]
    claims: Mapping[str, Any]
    estimates: pd.DataFrame
    tables: Mapping[str, WaveTables]
    agreement: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    suggestions: pd.DataFrame | None = None
    adjudications: Mapping[str, Mapping[str, pd.DataFrame]] = field(default_factory=dict)
    figures: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    alternatives: Mapping[str, str] = field(default_factory=dict)
    code: Mapping[str, str] = field(default_factory=dict)
    signatures: Sequence[Mapping[str, Any]] = ()
    pool: Pool = field(default_factory=Pool)

    @cached_property
    def lookup(self) -> Lookup:
        """The estimates by key, and the labels of what they are about."""
        return Lookup(self.estimates, settings=self.settings, instrument=self.instrument, codebook=self.codebook)

    @cached_property
    def formatter(self) -> Formatter:
        """The one place that turns a value into text."""
        return Formatter(self.settings.display)

    @cached_property
    def checks(self) -> Checks:
        """What makes the checks that the pages show."""
        return Checks(self.formatter)

    @cached_property
    def with_rows(self) -> bool:
        """Whether the pages show respondents, or digests of them: whoever was received counts."""
        return sum(len(each.received) for each in self.tables.values()) <= MOST_RESPONDENTS

    @cached_property
    def fielded(self) -> dict[str, Fielded]:
        """The waves as SQL sees them."""
        columns = {wave: tables.raw.columns for wave, tables in self.tables.items()}
        return {
            wave: Fielded(
                wave=wave,
                instrument=self.instrument,
                settings=self.settings,
                columns=columns[wave],
                others=columns,
            )
            for wave in columns
        }

    def estimate(self, key: str) -> Estimate:
        """Find an estimate by its key."""
        return self.lookup.index.find(key)
