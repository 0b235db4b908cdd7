"""Commands around a wave's export: rehearse it, seal it."""

from pathlib import Path
from typing import Annotated

import typer

from recount.cli.app import WaveName, app
from recount.errors import reported


@app.command()
def simulate(
    wave: WaveName,
    *,
    rows: Annotated[int | None, typer.Option(help="respondents to simulate; the design's number if not given")] = None,
    seed: Annotated[int | None, typer.Option(help="seed; the design's if not given")] = None,
    form: Annotated[str | None, typer.Option("--format", help="the platform's form; the design's if not given")] = None,
    design: Annotated[Path | None, typer.Option(help="the design; data/simulation.yaml if not given")] = None,
    output: Annotated[Path | None, typer.Option(help="file or folder; results/simulated/WAVE if not given")] = None,
    install: Annotated[bool, typer.Option(help="write the wave's export, corrections and codings into data/")] = False,
) -> None:
    """Simulate a wave's export, to rehearse the analysis before fieldwork or to measure at any size."""
    from recount.simulate.io import install_simulated, write_simulated

    with reported():
        if install:
            print(*install_simulated(Path(), wave, seed=seed), sep="\n")
        else:
            print(write_simulated(Path(), wave, rows=rows, seed=seed, form=form, output=output, design=design))


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="the study's new folder", show_default=False)],
    *,
    export: Annotated[Path, typer.Option("--from", help="the export as the platform gave it", exists=True)],
    instrument: Annotated[
        Path | None, typer.Option(help="the platform's file of the questionnaire, if there is one", exists=True)
    ] = None,
    wave: Annotated[str, typer.Option(help="the wave's name; the year of the responses if not given")] = "",
    title: Annotated[str, typer.Option(help="the paper's title")] = "",
) -> None:
    """Begin a study from an export: questionnaire, settings and a first paper, ready to build."""
    from recount.building import house_here
    from recount.fieldwork.io import start_study
    from recount.fieldwork.told import started_text

    with reported():
        made = start_study(folder, export=export, questionnaire=instrument, wave=wave, title=title)
        elsewhere = "" if Path("Snakefile").exists() else str(house_here() / "Snakefile")
        print(started_text(made, snakefile=elsewhere))


@app.command()
def seal(wave: WaveName) -> None:
    """Write the SHA-256 of a wave's raw export into data/raw/SHA256SUMS, after you have looked at it."""
    from recount.building import build
    from recount.ingest.seal import write_seal
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        print(write_seal(settings, wave))
        print(f"next: {build()}")
