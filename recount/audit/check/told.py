"""What a check found, as text for people and as JSON for machines."""

import json
import textwrap
from collections.abc import Sequence

from recount.audit.check.found import Found

WIDTH = 80
SHOWN = 3
NOTICES = ("simulated", "signed", "lapsed")


def text(found: Sequence[Found], *, results: int) -> str:
    """Tell findings as a compiler does, file and problem first, and then how much of `results` they concern."""
    return "\n".join([*map(_told, found), _summary(found, results)])


def as_json(found: Sequence[Found], *, results: int) -> str:
    """Tell the same for machines: docs/check.md says what each key means."""
    content = {
        "clean": not faults(found),
        "results": results,
        "stale": _concerned(found),
        "findings": [_entry(each) for each in faults(found)],
        "notices": [_entry(each) for each in found if each.kind in NOTICES],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def faults(found: Sequence[Found], *, strict: bool = False) -> list[Found]:
    """Leave out what is only to be known; under strictness only that which speaks against nothing."""
    return [each for each in found if each.kind not in (("signed",) if strict else NOTICES)]


def _told(found: Found) -> str:
    where = ", ".join(part for part in (found.file, found.key) if part)
    lines = _wrapped(f"{where}: {found.kind}: {found.problem}")
    if found.expected:
        lines += _wrapped(f"    expected: {found.expected}")
    if found.stale:
        lines += _wrapped(f"    stale: {_several(found.stale)}")
    if found.mend:
        lines.append(f"    next: {found.mend}")  # whole, to be copied
    return "\n".join(lines)


def _several(files: Sequence[str]) -> str:
    more = len(files) - SHOWN
    return ", ".join(files[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def _wrapped(line: str, indent: int = 8) -> list[str]:
    return textwrap.wrap(line, WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def _summary(found: Sequence[Found], results: int) -> str:
    wrong = faults(found)
    if not wrong:
        told = "what the last build wrote, from these inputs, this code, these settings and this environment."
        return "\n".join(_wrapped(f"All {results} results are {told}", indent=0))
    number = "1 finding" if len(wrong) == 1 else f"{len(wrong)} findings"
    return f"{number}; {len(_concerned(found))} of {results} results are not what this study gives now."


def _concerned(found: Sequence[Found]) -> list[str]:
    """The results that are stale, edited or missing."""
    own = {each.file for each in found if each.kind in ("edited", "missing")}
    return sorted(own.union(*(each.stale for each in found)))


def _entry(found: Found) -> dict[str, object]:
    return {
        "kind": found.kind,
        "file": found.file,
        "key": found.key,
        "problem": found.problem,
        "value": found.value,
        "expected": found.expected,
        "stale": list(found.stale),
        "next": found.mend,
    }
