"""Seals: the SHA-256 of every raw export, so that nobody analyses another file than they think."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from recount.building import command
from recount.errors import ExportError, Finding, nearest
from recount.study.settings import Settings

SEALS = "data/raw/SHA256SUMS"
LINE = re.compile(r"([0-9a-fA-F]{64}) [ *](.+)")


def digest(path: str | Path) -> str:
    """Give the SHA-256 of a file, as 64 lower-case hexadecimal digits; raise `ExportError` where there is no file."""
    try:
        with Path(path).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (FileNotFoundError, IsADirectoryError):
        raise ExportError(
            Finding(problem="there is no such file", file=str(path), mend="put the export there, or mend `export:`")
        ) from None


def read_seals(text: str, *, file: str = SEALS) -> dict[str, str]:
    """Read what `sha256sum` writes: a file and its hash a line; raise `ExportError` with every line that is not so."""
    seals: dict[str, str] = {}
    findings = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        found = LINE.fullmatch(line.rstrip())
        if found is None:
            problem, value = "this is not a seal", line
        elif seals.setdefault(_plain(found[2]), found[1].lower()) != found[1].lower():
            problem, value = "the file has two seals", found[2]
        else:
            continue
        findings.append(Finding(problem=problem, file=file, row=number, value=value, expected="HASH  FILE, each once"))
    if findings:
        raise ExportError(*findings)
    return seals


def written(seals: Mapping[str, str]) -> str:
    """Write seals as `sha256sum` does, sorted by file."""
    return "".join(f"{seals[path]}  {path}\n" for path in sorted(seals))


def sealed(export: str, seals: Mapping[str, str], *, wave: str = "WAVE", file: str = SEALS) -> str:
    """Find the seal of an export; raise `ExportError` where it has none.

    Seals name files as seen from the folder that holds the seals, so that `sha256sum -c` works there; names as seen
    from the study's folder are understood as well.
    """
    name, folder = PurePosixPath(_plain(export)), PurePosixPath(file).parent
    inside = name.relative_to(folder) if name.is_relative_to(folder) else name
    for known in (str(inside), str(name)):
        if known in seals:
            return seals[known]
    raise ExportError(
        Finding(
            problem="the export is not sealed",
            file=export,
            expected=f"a line for it in {file}",
            mend=f"if this is the export as the platform gave it: {command('seal', wave)}",
        )
    )


def check_seal(path: str | Path, seal: str, *, name: str = "", wave: str = "WAVE") -> None:
    """Raise `ExportError` where a file is not the sealed one; `name` is how the study calls it."""
    if (found := digest(path)) != seal:
        raise ExportError(
            Finding(
                problem="this is not the export that was sealed",
                file=name or str(path),
                value=found,
                expected=seal,
                mend=f"put the sealed file back; or, if this one is meant to replace it: {command('seal', wave)}",
            )
        )


def seal_of(settings: Settings, wave: str, *, file: str = SEALS) -> str:
    """Find the seal that a wave's export must bear: of its `source:`, or in the study's file of seals."""
    return seals_of(settings, (wave,), file=file)[wave]


def seals_of(settings: Settings, waves: Iterable[str], *, file: str = SEALS) -> dict[str, str]:
    """Find the seals of many waves, as `seal_of` does; the file of seals is read once."""
    seals = Path(file)
    known = read_seals(seals.read_text(encoding="utf-8") if seals.exists() else "", file=file)
    declared = {wave: settings.waves[wave] for wave in waves}
    return {
        wave: each.source.sha256 if each.source else sealed(each.export, known, wave=wave, file=file)
        for wave, each in declared.items()
    }


def write_seal(settings: Settings, wave: str, *, file: str = SEALS) -> str:
    """Seal a wave's export as it is now, and keep the seals of all others; give the line that was written.

    What follows the line says which seal it replaces, and which seals are of files that are not there any more. Raise
    `ExportError` where there is no such wave, where the export is not there, or where the study fetches it: then
    `source.sha256` in config.yaml is its seal.
    """
    if wave not in settings.waves or settings.waves[wave].source:
        raise ExportError(_not_kept(settings, wave))
    export, seals = settings.waves[wave].export, Path(file)
    before = read_seals(seals.read_text(encoding="utf-8"), file=file) if seals.exists() else {}
    name, folder = PurePosixPath(_plain(export)), PurePosixPath(file).parent
    inside = str(name.relative_to(folder) if name.is_relative_to(folder) else name)
    after = {path: seal for path, seal in before.items() if path != str(name)} | {inside: digest(export)}
    partial = seals.with_suffix(".partial")
    partial.write_text(written(after), encoding="utf-8", newline="\n")
    partial.replace(seals)
    replaced = before.get(inside, before.get(str(name), after[inside]))
    line = f"{after[inside]}  {inside}" + (f" replaces {replaced[:6]}..." if replaced != after[inside] else "")
    gone = [path for path in sorted(after) if not (Path(path).exists() or (Path(file).parent / path).exists())]
    return "\n".join([line, *(f"no such file any more: {path}; remove its line from {file}" for path in gone)])


def _not_kept(settings: Settings, wave: str) -> Finding:
    """Tell of a wave that cannot be sealed: nobody declared it, or the study fetches its export."""
    if wave in settings.waves:
        return Finding(
            problem="the study fetches the export of this wave, and keeps none",
            file="config.yaml",
            key=f"waves.{wave}.source",
            expected="the SHA-256 of the file as sha256, which is its seal",
        )
    return Finding(
        problem="there is no such wave",
        file="config.yaml",
        key="waves",
        value=wave,
        expected=nearest(wave, [*settings.waves]),
    )


def _plain(path: str) -> str:
    return str(PurePosixPath(path.replace("\\", "/")))
