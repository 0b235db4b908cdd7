"""What the command says of a study that it began."""

from collections.abc import Sequence
from shlex import quote

from recount.fieldwork.io import StartedStudy

_SHOWN = 25


def started_text(made: StartedStudy, *, snakefile: str = "") -> str:
    """Say what stands where, what was left out, what is not sure, and what is next.

    `snakefile` is the workflow's, where Snakemake does not find it by itself.
    """
    build = " ".join(["snakemake --cores 4", *(["--snakefile", quote(snakefile)] if snakefile else [])])
    folder = made.folder
    lines = [f"{folder}: a study of {made.questions} questions, wave {made.wave!r}."]
    lines += [*_listed("left out", made.left_out), *_listed("look at", made.notes)]
    lines += [
        f"next: {build} --directory {quote(str(folder))}",
        f"then: open {folder}/results/paper/paper.html; look at the questions in {folder}/data/instrument.yaml; say in",
        f"      {folder}/config.yaml how the respondents came to be asked (design); write {folder}/report/paper.md.j2",
    ]
    return "\n".join(lines)


def _listed(what: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    more = [f"  ... and {len(items) - _SHOWN} more, in data/instrument.yaml"] if len(items) > _SHOWN else []
    return [f"{what}:", *(f"  {item}" for item in items[:_SHOWN]), *more]
