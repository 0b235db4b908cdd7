"""Reading the two sides of a comparison, keeping a build to compare with later, and writing what came out."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree

from recount.audit.changes.compared import Compared
from recount.audit.changes.listed import listed
from recount.audit.changes.page import STYLE, TEMPLATE, page
from recount.audit.changes.side import Side
from recount.audit.changes.told import markdown
from recount.audit.io import read_all_tables
from recount.audit.listing import study_files
from recount.building import build, command
from recount.coding.io import read_quotable
from recount.errors import AuditError, Finding
from recount.estimate.io import read_estimates
from recount.study.codebook import read_codebook_of
from recount.study.figures import Figures, read_figures
from recount.study.instrument import read_instrument
from recount.study.literals import read_literals
from recount.study.parents import with_parents
from recount.study.published import PublishedFigures, read_published
from recount.study.settings import Settings, read_settings
from recount.study.tables import Tables, read_tables
from recount.write.draft import Study
from recount.write.io import read_bibliography_keys, read_template

KEPT, RESULTS = "kept", "results"
OUTPUT = "results/changes"
# What is needed of a wave's results to say what changed; the rest of the build can be made again.
OF_A_WAVE = ("raw.parquet", "clean.parquet", "changes.csv", "excluded.csv", "codes.csv", "uncoded.csv")


def read_side(name: str, *, wave: str = "", folder: str | Path = ".", template: str = "") -> Side:
    """Read a build: of the study in a folder, for a paper of one wave; raise `AuditError` where none stands there.

    `template` is the text to write, where it is not the folder's own: both sides are written from one.
    """
    with _within(folder):
        settings = _of_wave(read_settings(), wave)
        _check_built(settings, Path(folder))
        instrument = read_instrument(settings.instrument)
        codebook = read_codebook_of(settings.coding.folder)
        paper = settings.paper
        figures = read_figures(paper.figures) if Path(paper.figures).exists() else Figures()
        study = Study(
            estimates=read_estimates(f"{RESULTS}/estimates.csv"),
            settings=settings,
            instrument=instrument,
            figures=figures,
            tables=read_tables(paper.tables) if Path(paper.tables).exists() else Tables(),
            literals=read_literals(paper.literals).literals if Path(paper.literals).exists() else {},
            bibliography_keys=read_bibliography_keys(paper.bibliography),
            alt_texts=dict.fromkeys(figures.figures, "A figure."),
            codebook=codebook,
            published=read_published(settings.published) if Path(settings.published).exists() else PublishedFigures(),
            quotable={wave: read_quotable(_quotable(wave)) for wave in _cleared_waves(settings)},
        )
        tables = read_all_tables(settings=settings, instrument=with_parents(instrument, codebook))
        return Side(name, study, tables, template or read_template(paper.template))


def keep(name: str) -> Path:
    """Keep the build that stands in the current folder under a name, with all that it was made from."""
    settings = read_settings()
    _check_built(settings, Path())
    place, partial = Path(KEPT) / name, Path(KEPT) / f".{name}.partial"
    if place.exists():
        raise AuditError(
            Finding(problem="a build is kept under this name", file=place.as_posix(), mend=f"rm -r {place.as_posix()}")
        )
    rmtree(partial, ignore_errors=True)
    for file in (*study_files(), *_results(settings)):
        copy = partial / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(Path(file).read_bytes())
    partial.replace(place)
    return place


def found_kept(name: str) -> Path:
    """Find what was kept under a name, or another study's folder; raise `AuditError` that names what is kept."""
    for place in (Path(KEPT) / name, Path(name)):
        if (place / "config.yaml").exists():
            return place
    kept = sorted(each.name for each in Path(KEPT).glob("[!.]*")) if Path(KEPT).is_dir() else []
    raise AuditError(
        Finding(
            problem="no build is kept under this name, nor is this the folder of a study",
            value=name,
            expected=f"one of {', '.join(kept)}" if kept else "a name that `recount keep NAME` was given",
            mend=f"{command('keep', 'NAME')}, before the next edit",
        )
    )


def write_changes(found: Compared, name: str, *, assets: Path) -> list[Path]:
    """Write page, Markdown and the list of all numbers under a name; `assets` holds the page's template and style."""
    folder = Path(OUTPUT)
    folder.mkdir(parents=True, exist_ok=True)
    template, style = ((assets / each).read_text(encoding="utf-8") for each in (TEMPLATE, STYLE))
    written = {
        f"{name}.html": page(found, template=template, style=style.strip()),
        f"{name}.md": markdown(found),
        f"{name}.csv": listed(found).to_csv(index=False, lineterminator="\n"),
    }
    for file, text in written.items():
        partial = folder / f".{file}.partial"
        partial.write_bytes(text.encode("utf-8"))
        partial.replace(folder / file)
    return [folder / file for file in written]


def _of_wave(settings: Settings, wave: str) -> Settings:
    """The settings of a paper of another wave; raise `StudyError` for one that is not declared."""
    if not wave:
        return settings
    content = settings.model_dump(mode="json")
    return Settings.declared_in("config.yaml", {**content, "paper": {**content["paper"], "wave": wave}})


def _check_built(settings: Settings, folder: Path) -> None:
    missing = [file for file in _results(settings) if not Path(file).exists()]
    if missing:
        raise AuditError(
            Finding(problem="this build is not complete", file=(folder / missing[0]).as_posix(), mend=build())
        )


def _results(settings: Settings) -> list[str]:
    of_waves = [f"{RESULTS}/{wave}/{file}" for wave in settings.waves for file in OF_A_WAVE]
    return [*of_waves, *map(_quotable, _cleared_waves(settings)), f"{RESULTS}/estimates.csv"]


def _cleared_waves(settings: Settings) -> list[str]:
    """The waves of which somebody cleared answers for quotation."""
    return [wave for wave in settings.waves if Path(settings.coding.folder, "cleared", f"{wave}.csv").exists()]


def _quotable(wave: str) -> str:
    return f"{RESULTS}/{wave}/quotable.csv"


@contextmanager
def _within(folder: str | Path) -> Iterator[None]:
    """Read a study from its own folder: its paths are as seen from there."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
