"""Build a study once more, in an empty folder and in other circumstances: every output must be the same bytes."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from recount.audit.differing import difference
from recount.audit.manifest import read_manifest
from recount.building import build, command
from recount.errors import AuditError, Finding
from recount.ingest.fetch import FOLDER
from recount.study.settings import Settings

# All that could differ from machine to machine and must not matter: zone, locale, order of hashes, rights of new files.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "271828"}
UMASK = 0o077

HOUSE = ("Snakefile", "rules", "scripts", "recount", "envs", "profiles", "report")
STUDY = ("config.yaml", "data", "report", "review")
BIG = 1_000_000  # bytes; larger files are linked, not copied
UNLIKE = ("logs", "benchmarks", "records")  # they tell of a run
TOLD = 30  # lines of what Snakemake said

_STEPS = re.compile(r"^(\d+) of (\d+) steps \(")

Done = Callable[[int, int], None]


def rebuild(settings: Settings, *, study: Path, house: Path, folder: Path, done: Done = lambda _, __: None) -> Path:
    """Build a copy of a study in `folder`, and give the copy's results; raise `AuditError` where that fails.

    Args:
        settings: the study's config.yaml.
        study: the study's folder.
        house: Recount's own folder, with the Snakefile.
        folder: an empty folder.
        done: called with the steps that are done, and with all there are.
    """
    copy, workflow = folder / "study", folder / "recount"
    _copy(house, workflow, HOUSE)
    _copy(study, copy, _read_by_a_build(settings))
    environment = {
        **os.environ,
        **ELSEWHERE,
        "PYTHONPATH": str(workflow),
        FOLDER: str(_exports(settings, study, folder)),
    }
    command = [sys.executable, "-m", "snakemake", "--snakefile", str(workflow / "Snakefile")]
    command += ["--cores", str(os.cpu_count() or 1)]
    said = _run(command, copy, environment, done)
    if said is not None:
        raise AuditError(
            Finding(
                problem="the study could not be built again in an empty folder:\n" + said,
                mend=build("--forceall"),
            )
        )
    return copy / "results"


def rebuild_findings(results: Path, rebuilt: Path) -> list[Finding]:
    """Find every output that differs from the rebuilt one, or that only one of the two has."""
    made = outputs(rebuilt)
    return [
        *(_unlike(results, rebuilt, name) for name in made if not _same(results / name, rebuilt / name)),
        *(
            Finding(problem="the rebuild does not make this file", file=f"results/{name}", mend=build())
            for name in _listed(results)
            if name not in made
        ),
    ]


def outputs(results: Path) -> list[str]:
    """Name all files that a build makes, but its logs and measurements."""
    files = (path.relative_to(results) for path in results.rglob("*") if path.is_file())
    return sorted(path.as_posix() for path in files if path.parts[0] not in UNLIKE)


def _read_by_a_build(settings: Settings) -> list[str]:
    """What stands in the study: its three usual places, and any other that config.yaml names."""
    paper = settings.paper
    named = [settings.instrument, settings.corrections, settings.published, settings.coding.folder]
    named += [paper.template, paper.figures, paper.tables, paper.literals, paper.bibliography, paper.style]
    named += [wave.export for wave in settings.waves.values() if wave.source is None]
    return [*STUDY, *(name for name in dict.fromkeys(named) if Path(name).parts[0] not in STUDY)]


def _copy(source: Path, target: Path, names: Iterable[str]) -> None:
    """Copy files and folders under the same names; what is absolute is read where it is, what is not there is left."""
    for name in names:
        place = target / name
        if not place.resolve().is_relative_to(target.parent.resolve()) and not Path(name).is_absolute():
            raise AuditError(
                Finding(
                    problem="a study in an empty folder cannot reach so far up",
                    file="config.yaml",
                    value=name,
                    expected="a path within the study's folder",
                )
            )
        if Path(name).is_absolute() or not (source / name).exists():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(source / name, place, ignore=ignored, copy_function=_copied, dirs_exist_ok=True)
        else:
            _copied(str(source / name), str(place))


def _copied(source: str, target: str) -> str:
    """Copy a file, or link it where it is large."""
    if Path(source).stat().st_size < BIG:
        return str(shutil.copyfile(source, target))
    Path(target).symlink_to(Path(source).resolve())
    return target


def _exports(settings: Settings, study: Path, folder: Path) -> Path:
    """A folder of data with the exports that were fetched before: the build asks each for its seal again."""
    data = folder / "data"
    data.mkdir()
    for wave, declared in settings.waves.items():
        fetched = study / "results" / wave / "export"
        if declared.source and declared.source.path and fetched.exists():
            place = data / declared.source.path
            if not place.resolve().is_relative_to(data.resolve()):
                continue
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(fetched.resolve())
    return data


def _run(command: list[str], folder: Path, environment: dict[str, str], done: Done) -> str | None:
    """Run Snakemake; give the end of what it said where it failed."""
    said: list[str] = []
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        umask=UMASK,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    ) as run:
        for line in run.stderr or ():
            said.append(line)
            if steps := _STEPS.match(line):
                done(int(steps[1]), int(steps[2]))
    return "".join(said[-TOLD:]) if run.returncode else None


def _same(ours: Path, theirs: Path) -> bool:
    return ours.is_file() and ours.read_bytes() == theirs.read_bytes()


def _unlike(results: Path, rebuilt: Path, name: str) -> Finding:
    if not (results / name).is_file():
        return Finding(problem="this file has not been built here", file=f"results/{name}", mend=build())
    return Finding(
        problem=f"this is not what is built again: {difference(results / name, rebuilt / name)}",
        file=f"results/{name}",
        mend=f"{build()}, in case it was out of date or edited by hand; then {command('verify')} again",
    )


def _listed(results: Path) -> list[str]:
    """The outputs that the manifest lists."""
    manifest = results / "manifest.json"
    listed = read_manifest(manifest)["results"] if manifest.exists() else {}
    return [name.removeprefix("results/") for name in listed]
