"""What the command says of a study that it began."""

from collections.abc import Sequence
from pathlib import Path

_SHOWN = 25


def started_text(folder: Path, *, wave: str, questions: int, left_out: Sequence[str], notes: Sequence[str]) -> str:
    """Say what stands where, what was left out, what is not sure, and what is next."""
    lines = [f"{folder}: a study of {questions} questions, wave {wave!r}.", *_listed("left out", left_out)]
    lines += _listed("look at", notes)
    lines += [
        "next: snakemake --cores 4 --directory " + str(folder),
        "then: look at data/instrument.yaml; say in config.yaml how the respondents came to be asked (design);",
        "      write report/paper.md.j2",
    ]
    return "\n".join(lines)


def _listed(what: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    more = [f"  ... and {len(items) - _SHOWN} more, in data/instrument.yaml"] if len(items) > _SHOWN else []
    return [f"{what}:", *(f"  {item}" for item in items[:_SHOWN]), *more]
