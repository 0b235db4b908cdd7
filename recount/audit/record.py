"""Records: what a job of the workflow read, by which settings and software, and what it wrote, byte for byte.

Every script runs within `recorded`. Its record is one of the rule's outputs, so that Snakemake removes and renews it
with the others. A file in results/ that is not what its record says was edited by hand, and no script reads it.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from recount.audit.listing import code_files
from recount.audit.named import Paths, digests
from recount.audit.software import LOCK, fingerprint, pinned
from recount.building import build
from recount.errors import AuditError, Finding, reported

RECORDS = "results/records"
# The params of a rule that are parts of what people declared: by dotted key of config.yaml, by figure, by wave.
DECLARED = ("settings", "figures", "seals")

# Snakemake's own copies of what lies in an object store, gone after the run: the wave's seal says what they held.
STORED = ".snakemake/storage/"


class Job(Protocol):
    """What Snakemake tells a script of its job."""

    rule: str
    wildcards: Any
    input: Any
    output: Any
    params: Any
    log: Any
    scriptdir: str


@contextmanager
def recorded(job: Job, code: Paths = ()) -> Iterator[None]:
    """Run a rule's script: tell what stops it, refuse what was edited by hand, and put on record what was done.

    The code that a rule runs is on record as what it read; so is `code`, for a rule that tells of more than it runs.
    """
    with reported(job.log[0]):
        house = Path(job.scriptdir).parent
        given = [file for file in job.input if not str(file).startswith(STORED)]
        read = digests([*given, *code_files(job.rule, house), *code], house)
        refuse_edited(read, read_outputs())
        yield
        record = {
            "rule": job.rule,
            "wildcards": dict(job.wildcards.items()),
            "inputs": read,
            "outputs": digests(file for file in job.output if file != job.output.record),
            "declared": {name: part for name, part in job.params.items() if name in DECLARED},
            "software": fingerprint(pinned((house / LOCK).read_text(encoding="utf-8"))),
        }
        write_record(record, job.output.record)


def refuse_edited(read: Mapping[str, str], outputs: Mapping[str, Mapping[str, str]]) -> None:
    """Raise `AuditError` with every file that no rule has written as it is now.

    `outputs` has the rules that say they wrote a file, each with the digest that it had then: more than one after a
    rule was renamed.
    """
    edited = [
        edited_by_hand(file, *outputs[file].values())
        for file, found in read.items()
        if file in outputs and found not in outputs[file]
    ]
    if edited:
        raise AuditError(*edited)


def edited_by_hand(file: str, rule: str, *others: str) -> Finding:
    """Tell of a file that is not what the rule wrote."""
    return Finding(
        file=file,
        problem=f"edited by hand: this is not what {' or '.join((rule, *others))} wrote",
        expected="changes that are meant in data/, report/ or config.yaml, never in results/",
        mend=build("--forcerun", file),
    )


def read_outputs(folder: str | Path = RECORDS) -> dict[str, dict[str, str]]:
    """Read, of each file that a record names, the digests that it may have, and the rule that wrote each."""
    outputs: dict[str, dict[str, str]] = {}
    for path in sorted(Path(folder).rglob("*.json")):
        with suppress(FileNotFoundError, json.JSONDecodeError):  # another job may be renewing it
            record = json.loads(path.read_text(encoding="utf-8"))
            for file, found in record["outputs"].items():
                outputs.setdefault(file, {})[found] = record["rule"]
    return outputs


def rule_of(file: str) -> str:
    """Name the rule whose job wrote a record."""
    return Path(file).relative_to(RECORDS).with_suffix("").parts[0]


def write_record(record: Mapping[str, Any], path: str | Path) -> None:
    """Write a record as JSON with sorted keys, whole or not at all."""
    text = json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    partial = Path(path).with_suffix(".partial")
    partial.write_bytes(text.encode("utf-8"))
    partial.replace(path)
