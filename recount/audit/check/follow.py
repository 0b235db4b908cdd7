"""What follows from a stale result: all that was made of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from recount.audit.check.built import Built, Record
from recount.building import build


@dataclass
class Graph:
    """The jobs, and which read what which wrote."""

    built: Built
    readers: dict[str, list[Record]] = field(init=False)

    def __post_init__(self) -> None:
        """Find, for each job by the file of its record, those that read its outputs."""
        self.readers = {record.file: [] for record in self.built.records}
        for record in self.built.records:
            writers = {self.built.writers[file].file for file in record.inputs if file in self.built.writers}
            for writer in sorted(writers - {record.file}):
                self.readers[writer].append(record)

    def after(self, records: Iterable[Record]) -> dict[str, Record]:
        """Give all jobs that come after these, by the files of their records."""
        found: dict[str, Record] = {}
        waiting = [reader for record in records for reader in self.readers[record.file]]
        while waiting:
            record = waiting.pop()
            if record.file not in found:
                found[record.file] = record
                waiting.extend(self.readers[record.file])
        return found

    def stale(self, records: Iterable[Record]) -> tuple[str, ...]:
        """List the outputs of these jobs and of all after them: those first that follow from none of the others."""
        records = list(records)
        after = self.after(records)
        first = (record for record in records if record.file not in after)
        return (*_outputs(first), *_outputs(after.values()))

    def again(self, records: Iterable[Record]) -> str:
        """The command that runs these jobs again, whatever the dates of files; what follows from them follows."""
        records = list(records)
        after = self.after(records)
        first = [record for record in records if record.file not in after]
        rules: dict[str, list[Record]] = {}
        for record in first:
            rules.setdefault(record.rule, []).append(record)
        names = [rule if len(jobs) > 1 else jobs[0].first for rule, jobs in rules.items()]
        return build("--forcerun", *names)


def _outputs(records: Iterable[Record]) -> list[str]:
    return sorted(output for record in records for output in record.outputs)
