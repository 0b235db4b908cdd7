"""What stands in results/ and no rule makes: of a figure, a wave or a rule that is gone."""

import shlex
from collections.abc import Iterator

from recount.audit.check.built import MANIFEST, Built, Record
from recount.audit.check.found import Found
from recount.audit.check.present import Present


def is_left(record: Record, built: Built, present: Present, *, listed: bool) -> bool:
    """Say whether no present rule runs the job of a record.

    `listed` says that the manifest was written by the rules and settings that there are, so that it lists all jobs.
    """
    if listed and record.file not in built.listed and MANIFEST not in record.outputs:
        return True
    return record.rule not in present.rules or any(
        value not in present.instances.get(name, (value,)) for name, value in record.wildcards.items()
    )


def left_over(left: list[Record], live: Built, present: Present) -> Iterator[Found]:
    """Find what the jobs that are gone have left, and files that nobody knows; `live` has the jobs that there are."""
    known = {MANIFEST, *live.writers, *live.listed, *live.results}
    for record in left:
        files = [file for file in (*sorted(record.outputs), record.file) if file not in live.writers]
        there = [file for file in files if file in present.results]
        known.update(files)
        if there:
            yield _found(there, f"no rule makes this any more; {record.rule} did")
    for file in present.results:
        if file not in known:
            yield _found([file], "no rule makes this")


def _found(files: list[str], problem: str) -> Found:
    more = f"; it left {len(files) - 1} more" if len(files) > 1 else ""
    return Found(kind="left over", file=files[0], problem=problem + more, mend=f"rm {shlex.join(files)}")
