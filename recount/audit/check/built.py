"""What was built: the records of all jobs, and the manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from recount.audit.sign.signature import Part
from recount.audit.syntax import Syntax

MANIFEST = "results/manifest.json"


@dataclass(frozen=True, kw_only=True)
class Record:
    """What one job read and wrote; `file` is where that stands."""

    file: str
    rule: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    declared: Mapping[Part, Mapping[str, Any]] = field(default_factory=dict)
    wildcards: Mapping[str, str] = field(default_factory=dict)
    software: str = ""

    @property
    def first(self) -> str:
        """The output by which the job is called."""
        return min(self.outputs)


@dataclass(frozen=True, kw_only=True)
class Built:
    """The records that stand in results/, and what the last manifest says.

    Attributes:
        records: the records of all jobs.
        listed: the records that the manifest lists, with their digests.
        results: the results that it lists.
        code: the files of Recount at that time, with their digests.
        syntax: their functions, with the digests of these.
        software: the versions at that time.
    """

    records: tuple[Record, ...]
    listed: Mapping[str, str]
    results: Mapping[str, str]
    code: Mapping[str, str]
    syntax: Mapping[str, Syntax]
    software: Mapping[str, str]

    @cached_property
    def writers(self) -> dict[str, Record]:
        """The record of each output, and of each record."""
        outputs = {output: record for record in self.records for output in record.outputs}
        return outputs | {record.file: record for record in self.records}
