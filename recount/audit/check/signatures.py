"""What reviewers signed, and which signatures lapsed."""

from collections.abc import Iterator

from recount.audit.check.built import Built
from recount.audit.check.found import Found
from recount.audit.check.present import Present
from recount.audit.printable import printable
from recount.audit.sign.covered import Tree
from recount.audit.sign.lapse import Signed, judged, told
from recount.building import command

RESULTS = "results/"


def signatures(built: Built, present: Present) -> Iterator[Found]:
    """Tell of every signature what it is worth now; it is to be known, and says nothing against the results.

    A lapsed one counts where one asks for strictness: a person has to look again.
    """
    for each in judged(present.signatures, tree(built, present), present.files):
        yield _found(each)


def tree(built: Built, present: Present) -> Tree:
    """See the study as a signature does: of results, only those that a job makes."""
    return Tree(
        records=built.records,
        rules=present.rules,
        digest=lambda file: present.digest(file) if file in built.writers or not file.startswith(RESULTS) else None,
        syntax=present.syntax,
        declared=present.declared,
    )


def _found(signed: Signed) -> Found:
    signature = signed.signature
    by = printable(signature.by)
    told_of = f"{signature.stage}, by {by}" + (f" ({printable(signature.date)})" if signature.date else "")
    if signed.state == "holds":
        return Found(kind="signed", file=signed.file, problem=told_of)
    if signed.state == "withdrawn":
        return Found(kind="signed", file=signed.file, problem=f"{told_of}; withdrawn: {printable(signature.withdrawn)}")
    return Found(
        kind="lapsed",
        file=signed.file,
        problem=f"{told_of}; since then {told(signed.why)}",
        mend=f"look at the stage again, then {command('sign', signature.stage, '--by', by)}",
    )
