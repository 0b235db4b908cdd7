"""Why a result is not what the study gives now: an input, a function, a setting or the software has changed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from recount.audit.check.built import MANIFEST, Built, Record
from recount.audit.check.found import Kind
from recount.audit.check.present import Present
from recount.audit.parts import ABSENT, differences, part
from recount.audit.record import RECORDS
from recount.audit.software import LOCK, fingerprint
from recount.audit.syntax import OUTSIDE, changed, is_code
from recount.errors import shortened

SETTINGS = "config.yaml"


@dataclass(frozen=True, order=True)
class Cause:
    """One reason: where it stands, and what has changed there."""

    file: str
    key: str
    problem: str
    kind: Kind = "stale"


def causes(record: Record, built: Built, present: Present) -> Iterator[Cause]:
    """Give every reason why the outputs of a job are not what the study gives now."""
    for file, before in record.inputs.items():
        if file in built.writers:
            yield from _made(file, before, record, built, present)
        else:
            yield from _input(file, before, built, present)
    for name, declared in record.declared.items():
        yield from _declared(name, declared, present)
    if record.software != fingerprint(present.software):
        yield _software(record, built, present)
    if MANIFEST in record.outputs:
        yield from (Cause(file, "", "is new since the build") for file in _new(record, present))


def _made(file: str, before: str, record: Record, built: Built, present: Present) -> Iterator[Cause]:
    """An input that another job wrote: that job has run since, and not the one that reads it.

    Whether the file still is as that job wrote it is another question.
    """
    writer = built.writers[file]
    now = present.digest(file) if file == writer.file else writer.outputs[file]
    if now != before and MANIFEST in record.outputs:
        yield Cause(MANIFEST, "", "parts of results/ were built anew after it was written")
    elif now != before:
        yield Cause(writer.first, "", f"{writer.rule} wrote it anew, and not yet what is made of it")


def _input(file: str, before: str, built: Built, present: Present) -> Iterator[Cause]:
    """An input that a person wrote. Of settings and raw files it is compared elsewhere what they say."""
    if file == SETTINGS or file in {export.file for export in present.exports.values()}:
        return
    now = present.digest(file)
    if now is None and not file.startswith(RECORDS):
        yield Cause(file, "", "is gone since the build", "missing" if file.startswith("results/") else "stale")
    elif now not in (before, None) and is_code(file):
        yield from _code(file, before, built, present)
    elif now not in (before, None):
        yield Cause(file, "", "has changed since the build", "environment" if file == LOCK else "stale")


def _code(file: str, before: str, built: Built, present: Present) -> Iterator[Cause]:
    """A piece of code whose bytes changed: its functions are compared, where the manifest knows those that ran."""
    if built.code.get(file) != before:
        yield Cause(file, "", "has changed since the build")
        return
    names = changed(built.syntax[file], present.syntax(file))
    if names:
        told = ", ".join(name for name in names if name != OUTSIDE)
        more = "what stands outside of functions" if file.endswith(".py") else "what stands outside of rules"
        told = ", ".join(part for part in (told, more if OUTSIDE in names else "") if part)
        yield Cause(file, "", f"has changed since the build: {told}")


def _declared(name: str, declared: Any, present: Present) -> Iterator[Cause]:
    for key, value in declared.items():
        for inner, before, now in differences(value, part(present.declared[name], key), key):
            yield Cause(present.files[name], inner, f"was {_said(before)} at the build, is {_said(now)} now")


def _said(value: Any) -> str:
    if value is ABSENT or value is None:
        return "not set"
    return "set" if isinstance(value, dict) else shortened(value if isinstance(value, str) else json.dumps(value), 40)


def _software(record: Record, built: Built, present: Present) -> Cause:
    """The software is not that of the job; the manifest names it, where the job ran with the last one's."""
    if record.software != fingerprint(built.software):
        return Cause(LOCK, "", "this was built with other versions than those installed", "environment")
    lines = [
        f"{name} {before} (now {now})" if before is not ABSENT and now is not ABSENT else f"{name} {_said(before)}"
        for name, before, now in differences(built.software, present.software)
    ]
    return Cause(LOCK, "", f"this was built with {', '.join(lines)}", "environment")


def _new(record: Record, present: Present) -> list[str]:
    return [file for file in (*present.study, *present.code) if file not in record.inputs]
