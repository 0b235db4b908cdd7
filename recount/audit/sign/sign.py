"""Sign a stage: only what was built, and is not out of date, can be agreed with."""

from collections.abc import Sequence

from recount.audit.check.found import Found
from recount.audit.sign.covered import Tree, covered
from recount.audit.sign.signature import REVIEW, STAGES, Signature, file_of, slug
from recount.building import build, command
from recount.errors import AuditError, Finding, StudyError, nearest

TOLD = 5
# What one agrees with who signs a stage, in few words; docs/sign.md says it in full.
MEANINGS = {
    "ingest": "the sealed exports, and every cell of them as text",
    "clean": "who was left out, and each cell that is not read as it stands",
    "code": "codebook, codings and the final codes",
    "estimate": "all that is estimated",
    "draw": "the figures, their data and alternative texts",
    "write": "the text, its numbers and its claims",
    "audit": "what traces the numbers, and makes the audit pages and the forms",
}


def stages_told(stage: str = "") -> str:
    """List the stages that can be signed, and how: the one that was named, where it is one."""
    width = max(map(len, STAGES))
    sign = f"    next: {command('sign', stage if stage in STAGES else 'clean', '--by', 'Your Name')}"
    lines = [f"    {stage.ljust(width)}  {MEANINGS[stage]}" for stage in STAGES]
    return "\n".join(["Which stage do you agree with, and who are you?", *lines, sign])


def known(stage: str, by: str) -> None:
    """Raise `StudyError` for a stage that does not exist, or a name without letters."""
    findings = []
    if stage not in STAGES:
        findings.append(Finding(problem="there is no such stage", value=stage, expected=nearest(stage, list(STAGES))))
    if not slug(by):
        findings.append(Finding(problem="a signature needs a name, with letters or digits", key="--by", value=by))
    if findings:
        raise StudyError(*findings)


def signed(stage: str, by: str, tree: Tree, found: Sequence[Found], *, note: str = "", date: str = "") -> Signature:
    """Take the digests of what a stage read and wrote; raise `AuditError` where that is not what stands there.

    `found` is what a check finds in the study.
    """
    made = covered(stage, tree)
    if not made.code:
        problem = "nothing of this stage has been built"
        raise AuditError(Finding(problem=problem, key=stage, mend=build()))
    files = {*made.inputs, *made.code, *(file for record in tree.jobs(stage) for file in record.outputs)}
    if against := [each for each in found if _speaks_against(each, files)]:
        problem = "what is out of date cannot be signed: this stage is not what the study gives now"
        first = Finding(problem=problem, key=stage, mend="mend what follows, build, look again, then sign")
        raise AuditError(first, *against[:TOLD])
    fields = {"stage": stage, "by": by, "note": note, "date": date, **dict(made)}
    return Signature.declared_in(file_of(stage, by), fields)


def withdrawn(signature: Signature, why: str) -> Signature:
    """Take a signature back; what it was given for stays on record."""
    return signature.model_copy(update={"withdrawn": why or "without a reason"})


def _speaks_against(found: Found, files: set[str]) -> bool:
    """Say whether a finding concerns a stage: one of its files, or a result of it that rests on what was found.

    That a signature is new, or another one was renewed, makes the documents stale that show it, and no stage.
    """
    if found.file.startswith(f"{REVIEW}/"):
        return False
    return not {found.file, *found.stale}.isdisjoint(files)
