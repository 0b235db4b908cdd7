"""What the signature of a stage is given for: all that its jobs read, and what they wrote.

A signature is shown in the documents and on the audit pages. So that it does not lapse by being shown, these are not
signed themselves: what they are made of is. The ledger and the forms say at which line a function stands, which a
comment can move; of the whole stage `audit` it is inputs and code that are signed.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from recount.audit.check.built import Record
from recount.audit.record import RECORDS
from recount.audit.sign.signature import REVIEW, Code, Covered, Digests, Part
from recount.audit.syntax import Syntax, is_code

# Rules about the build and not about the survey; and all whose outputs show signatures, or name lines of code.
APART = frozenset({"list_signatures", "write_manifest"})
SHOWING = frozenset({"write_document", "trace_numbers", "write_audit", "fill_forms", "describe_code"}) | APART
_NOBODYS = (f"{RECORDS}/", f"{REVIEW}/")


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The study as a signature sees it.

    Attributes:
        records: what each job read and wrote.
        rules: the file of each rule, rules/STAGE.smk.
        digest: the SHA-256 of a file by its name; None where it is not there, or no job makes it.
        syntax: the digests of the functions of a piece of code.
        declared: what config.yaml, figures.yaml and the seals say.
    """

    records: Sequence[Record]
    rules: Mapping[str, str]
    digest: Callable[[str], str | None]
    syntax: Callable[[str], Syntax]
    declared: Mapping[str, Mapping[str, Any]]

    def jobs(self, stage: str) -> list[Record]:
        """List the jobs of a stage."""
        return [each for each in self.records if PurePosixPath(self.rules.get(each.rule, "")).stem == stage]


def covered(stage: str, tree: Tree, *, but: frozenset[str] = APART) -> Covered:
    """Give the digests of all that the jobs of a stage read and wrote, without those of the rules in `but`."""
    own = tree.jobs(stage)
    jobs = [record for record in own if record.rule not in but]
    within = {file for record in own for file in record.outputs}
    within |= {file for record in tree.records if record.rule in SHOWING for file in record.outputs}
    read = {file for record in jobs for file in record.inputs if file not in within and not file.startswith(_NOBODYS)}
    made = {file for record in jobs if record.rule not in SHOWING for file in record.outputs}
    code = {file for file in read if is_code(file)} | {tree.rules[record.rule] for record in jobs}
    return Covered(
        inputs=dict(_digests(read - code, tree)),
        declared=_declared(jobs),
        code={file: Code(bytes=found, syntax=syntax_digest(file, tree)) for file, found in _digests(code, tree)},
        outputs=dict(_digests(made, tree)),
    )


def syntax_digest(file: str, tree: Tree) -> str:
    """Give one digest for the syntax of a whole file."""
    return value_digest(tree.syntax(file))


def value_digest(value: Any) -> str:
    """Give the SHA-256 of a value that someone declared, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _digests(files: Iterable[str], tree: Tree) -> Iterator[tuple[str, str]]:
    for file in sorted(files):
        if found := tree.digest(file):
            yield file, found


def _declared(jobs: Iterable[Record]) -> dict[Part, Digests]:
    found: dict[Part, Digests] = {}
    for record in jobs:
        for name, parts in record.declared.items():
            found.setdefault(name, {}).update({key: value_digest(value) for key, value in parts.items()})
    return {name: dict(sorted(found[name].items())) for name in sorted(found)}
