# What the rules share: the study as its author declared it, and the files that belong to a wave.
import re
from pathlib import Path

from recount.audit.modules import modules_of
from recount.coding.io import coding_files
from recount.errors import reported
from recount.ingest.seal import seal_of
from recount.study.figures import read_figures
from recount.study.instrument import read_instrument
from recount.study.settings import Settings

with reported():
    settings = Settings.declared_in("config.yaml", config)
    instrument = read_instrument(settings.instrument)
    figures = read_figures(settings.paper.figures).figures


def code_of(script: str) -> list[str]:
    """The script of a rule and the modules that it imports: an edit of any of them makes the rule's outputs stale."""
    root = Path(workflow.basedir)
    return [str(path) for path in modules_of(root / "scripts" / script, root)]


def local_export(wildcards) -> list[str]:
    """The wave's export in data/raw; nothing where the study fetches it from elsewhere."""
    wave = settings.waves[wildcards.wave]
    return [] if wave.source else [wave.export]


def if_written(path: str) -> list[str]:
    """A file that a study need not have."""
    return [path] if Path(path).exists() else []


def open_ended(wave: str) -> list[str]:
    """The questions of the wave whose answers people code."""
    return [question.id for question in instrument.asked_in(wave) if question.coded]


def codings(wildcards) -> list[str]:
    """The coders' and adjudicators' files of the wave."""
    folder = Path(settings.coding.folder)
    return [str(path) for path in coding_files(folder, wildcards.wave, open_ended(wildcards.wave))]


def codebook() -> list[str]:
    """The codebook, where the study has open-ended questions to code."""
    return if_written(f"{settings.coding.folder}/codebook.yaml")


def of_each_wave(name: str) -> list[str]:
    """One file of every wave, in the order of config.yaml."""
    return [f"results/{wave}/{name}" for wave in settings.waves]


def documents() -> list[str]:
    """The documents that config.yaml asks for."""
    return [f"results/paper/paper.{kind}" for kind in settings.paper.formats]


def declared(part) -> dict:
    """A part of the settings as plain data, fit to be a rule's params."""
    return part.model_dump(mode="json")
