# What the rules share: the study as its author declared it, and the files that belong to a wave.
import re
import sys
from functools import cache
from os.path import relpath
from pathlib import Path

from recount.audit.listing import code_files, study_files, workflow_files
from recount.audit.named import digest_of_all
from recount.audit.parts import parts
from recount.audit.record import RECORDS, rule_of
from recount.audit.sign.covered import SHOWING
from recount.audit.sign.io import signature_files, signed_places
from recount.coding.files import coding_files
from recount.errors import reported
from recount.ingest.seal import digest, seals_of
from recount.study.figures import Figures, read_figures
from recount.study.instrument import read_instrument
from recount.study.references import check_files, check_references
from recount.study.settings import Settings
from recount.study.tables import Tables, read_tables
from recount.study.versions import earlier_files

HOUSE = Path(workflow.basedir)
PICTURES = ["svg", "png", "pdf"]
# The records that the rules write, as `record_of` notes them.
records: list[str] = []
FORMS = ["data-editors.csv", "README-data-editors.md", "codecheck.yml"]


def read_if_written(read, path: str, otherwise):
    """Read a file that a study need not have."""
    return read(path) if Path(path).exists() else otherwise


with reported():
    settings = Settings.declared_in("config.yaml", config)
    check_files(settings)
    instrument = read_instrument(settings.instrument)
    all_figures = read_if_written(read_figures, settings.paper.figures, Figures())
    all_tables = read_if_written(read_tables, settings.paper.tables, Tables())
    check_references(settings, instrument, all_figures, all_tables)
    figures = all_figures.figures
    seals = seals_of(settings, settings.waves)
    # Written out once: a thousand waves have thousands of jobs, and each takes its part of it.
    whole = settings.model_dump(mode="json")
    signed = signed_places(HOUSE)


def house(path: str) -> str:
    """A file that comes with Recount, seen from the study's folder: a study may have its own in the same place."""
    return path if Path(path).exists() else relpath(HOUSE / path)


def assets_of(page: str) -> list[str]:
    """Template, styles and scripts of pages of HTML: those that all share, and the page's own."""
    folders = [Path(house(f"report/{name}")) for name in ("page", page)]
    return [str(path) for each in folders for path in sorted(each.glob("[!.]*"))]


def code_of(script: str) -> str:
    """One digest of a script, the modules that it imports, and the pins of what they import; an edit gives another.

    As inputs they would be a hundred files a job, at which Snakemake looks anew whenever any job ends.
    """
    return digest_of_all(code_files(script, HOUSE), HOUSE)


@cache
def all_code() -> str:
    """The code of Recount in one digest, for what tells of all of it."""
    return digest_of_all(workflow_files(HOUSE), HOUSE)


def record_of(rule: str, made: bool = True, **names) -> str:
    """The record of a rule's jobs, one for each of the names that its wildcards have; it is noted for the manifest.

    The names of several wildcards go in step: the first of one with the first of the other.
    """
    pattern = f"{Path(RECORDS, rule, *map('{{{}}}'.format, names))}.json"
    records.extend(expand(pattern, *[zip][: len(names)], **names) if made else [])
    return pattern


def if_written(path: str) -> list[str]:
    """A file that a study need not have."""
    return [path] if Path(path).exists() else []


def export(wildcards) -> list[str]:
    """The wave's export: in data/raw, or in an object store; nothing where the study downloads it from the web."""
    wave = settings.waves[wildcards.wave]
    if wave.source and wave.source.stored:
        return [storage(wave.source.url)]
    return [] if wave.source else [wave.export]


def export_digest(wildcards) -> str:
    """What the export holds now: a file swapped under an older date has another digest."""
    wave = settings.waves[wildcards.wave]
    return "" if wave.source else digest(wave.export)


def codings(wildcards) -> list[str]:
    """The coders' and adjudicators' files of the wave."""
    return list(map(str, coding_files(settings.coding.folder, wildcards.wave)))


def codebook() -> list[str]:
    """The codebook, where the study has open-ended questions to code; then its earlier versions."""
    return [
        *if_written(f"{settings.coding.folder}/codebook.yaml"),
        *map(str, earlier_files(settings.coding.folder)),
    ]


def coded() -> dict[str, list[str]]:
    """Each wave with each of its questions that are coded: the names of the two wildcards, in step."""
    pairs = [
        (wave, question.id)
        for wave in settings.waves
        for question in instrument.asked_in(wave)
        if question.coded
    ]
    return {
        "wave": [wave for wave, _ in pairs],
        "question": [name for _, name in pairs],
    }


def desks() -> list[str]:
    """The pages at which open-ended answers are coded and adjudicated."""
    pages = [
        "results/coding/{wave}/{question}.html",
        "results/coding/{wave}/{question}.adjudication.html",
    ]
    return expand(pages, zip, **coded())


def of_each_wave(*names: str) -> list[str]:
    """Files of every wave, in the order of config.yaml."""
    return [f"results/{wave}/{name}" for wave in settings.waves for name in names]


def of_earlier_waves(name: str):
    """A file of every wave before the job's own, in the order of config.yaml."""
    waves = list(settings.waves)
    return lambda wildcards: [
        f"results/{wave}/{name}" for wave in waves[: waves.index(wildcards.wave)]
    ]


def cleared_waves() -> list[str]:
    """The waves of which somebody cleared answers for quotation."""
    return [
        wave
        for wave in settings.waves
        if if_written(f"{settings.coding.folder}/cleared/{wave}.csv")
    ]


def quotable() -> list[str]:
    """What may be quoted of each wave of which anything may."""
    return [f"results/{wave}/quotable.csv" for wave in cleared_waves()]


def suggestions_of_wave(wildcards) -> list[str]:
    """What is suggested to those who code the wave, where config.yaml asks for that."""
    return (
        [f"results/{wildcards.wave}/suggestions.csv"] if settings.coding.suggest else []
    )


def suggestions() -> list[str]:
    """What is suggested to those who code, and how good it is, where config.yaml asks for that."""
    if not settings.coding.suggest:
        return []
    return [*of_each_wave("suggestions.csv"), "results/coding/suggestions-quality.csv"]


def of_each_figure(*kinds: str) -> list[str]:
    """Files of every figure, in the order of figures.yaml."""
    return [f"results/figures/{figure}.{kind}" for figure in figures for kind in kinds]


def documents() -> list[str]:
    """The documents that config.yaml asks for."""
    return [f"results/paper/paper.{kind}" for kind in settings.paper.formats]


def published() -> list[str]:
    """The comparison with what was published before, where the study declares that."""
    return ["results/published.csv"] if if_written(settings.published) else []


def comparisons() -> list[str]:
    """What can be estimated of several waves together only."""
    return ["results/comparisons.csv"] if len(settings.waves) > 1 else []


def signatures() -> list[str]:
    """What reviewers signed, once anybody has."""
    return ["results/signatures.json"] if signature_files() else []


def forms() -> list[str]:
    """The forms that journals ask for."""
    return [f"results/forms/{form}" for form in FORMS]


def declared(part, **chosen) -> dict:
    """A part of the settings as plain data, fit to be a rule's params."""
    return part.model_dump(mode="json", **chosen)


def set_in_config(*keys: str):
    """What config.yaml says under these keys, of all that a job may know of it; `{wave}` is the job's wave."""
    return lambda wildcards: parts(
        whole,
        [key.format_map(dict(wildcards.items())) for key in keys],
    )


def keys_of(part: str, but: str) -> list[str]:
    """All keys of a part of config.yaml but one, which a job need not know."""
    return [f"{part}/{name}" for name in whole[part] if name != but]


def written_at(file: str) -> int:
    """When a file was written, in nanoseconds; 0 where there is none."""
    return Path(file).stat().st_mtime_ns if Path(file).exists() else 0
