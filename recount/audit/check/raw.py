"""Raw files that are not the sealed ones."""

from collections.abc import Iterator

from recount.audit.check.found import Found
from recount.audit.check.present import Export, Present
from recount.building import build, command


def raw_files(present: Present) -> Iterator[Found]:
    """Find the exports that are gone, not sealed, or not the ones that were sealed."""
    for wave, export in present.exports.items():
        if export.digest != export.seal or export.digest is None:
            yield _found(wave, export)


def _found(wave: str, export: Export) -> Found:
    seal = f"{command('seal', wave)}, then {build()}"
    if export.digest is None:
        problem, value, mend = "there is no such file", None, "put the sealed file back"
    elif export.seal is None:
        problem, value, mend = "this export is not sealed", None, f"if it is as the platform gave it: {seal}"
    else:
        problem, value = "this is not the export that was sealed", export.digest
        mend = f"put the sealed file back; or, if this one is meant to replace it: {seal}"
    expected = f"the SHA-256 {export.seal}" if export.seal else ""
    return Found(kind="raw file", file=export.file, problem=problem, value=value, expected=expected, mend=mend)
