"""The data of a study for a README: every file that people wrote, whether it is provided, and its SHA-256."""

from collections.abc import Iterator
from dataclasses import dataclass

from recount.audit.forms.facts import Facts
from recount.display.formatter import Formatter

DESIGN = {
    "census": "everyone was asked",
    "probability": "a random sample was asked",
    "nonprobability": "neither everyone nor a random sample was asked",
}


@dataclass(frozen=True, kw_only=True)
class Source:
    """The export of one wave; `received` and `kept` are its responses and those analysed, `url` where it is fetched."""

    wave: str
    title: str
    export: str
    form: str
    design: str
    received: str
    kept: str
    sha256: str
    simulated: bool
    url: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """One file, or several of one kind; `provided` says whether the study's folder has it."""

    file: str
    source: str
    notes: str
    sha256: str = ""
    provided: bool = True


def sources(facts: Facts) -> list[Source]:
    """Describe the export of each wave that a number of the paper rests on."""
    write, waves = Formatter(facts.settings.display), facts.settings.waves
    return [
        Source(
            wave=wave,
            title=waves[wave].title or wave,
            export=known["export"],
            form=known["format"],
            design=DESIGN[known["design"]],
            received=write.count(known["received"]),
            kept=write.count(known["kept"]),
            sha256=known["sha256"],
            simulated=known["simulated"],
            url=fetched.url if (fetched := waves[wave].source) else "",
        )
        for wave, known in facts.numbers["waves"].items()
    ]


def datasets(facts: Facts) -> list[Dataset]:
    """List the exports, the corrections, the codebook, the codings and the instrument."""
    return [*_exports(facts), *_written(facts)]


def _exports(facts: Facts) -> Iterator[Dataset]:
    for each in sources(facts):
        notes = "raw export" + (", simulated" if each.simulated else "")
        source = f"survey, wave {each.wave}"
        yield Dataset(file=each.export, source=source, notes=notes, sha256=each.sha256, provided=not each.url)


def _written(facts: Facts) -> Iterator[Dataset]:
    """What the authors and the coders wrote."""
    for known in facts.numbers["waves"].values():
        if known["corrections"]:
            yield Dataset(
                source="authors", notes="cells corrected by hand, with reason and name", **known["corrections"]
            )
    codebook = facts.numbers["codebook"]
    if codebook:
        notes = f"codes of open-ended answers, version {codebook['version']}"
        yield Dataset(file=codebook["file"], source="authors", notes=notes, sha256=codebook["sha256"])
        folder = facts.settings.coding.folder
        yield Dataset(file=f"{folder}/*/*.csv", source="coders", notes="the codes that each coder gave")
    yield Dataset(file=facts.settings.instrument, source="authors", notes="the questionnaire: a dictionary of the data")
