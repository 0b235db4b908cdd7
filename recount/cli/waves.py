"""Commands around a new wave: add it, accept what is proposed."""

from pathlib import Path
from typing import Annotated

import typer

from recount.cli.app import WaveName, app
from recount.errors import reported

wave = typer.Typer(help="Add a wave of the survey, and decide what is proposed for it.", no_args_is_help=True)
app.add_typer(wave, name="wave")


@wave.command()
def add(
    export: Annotated[
        Path | None,
        typer.Argument(help="the file as the platform gave it; left out, the wave's own", exists=True, dir_okay=False),
    ] = None,
    *,
    name: Annotated[str, typer.Option("--wave", help="the wave's name", show_default=False)],
    instrument: Annotated[
        Path | None, typer.Option(help="the platform's file of the questionnaire, if there is one", exists=True)
    ] = None,
    accept: Annotated[float | None, typer.Option(help="take matches from this score on (0 to 1)", min=0, max=1)] = None,
    same_columns: Annotated[
        bool, typer.Option("--same-columns", help="columns that nothing words mean what they meant in the last wave")
    ] = False,
    design: Annotated[str | None, typer.Option(help="census, probability or nonprobability")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="print what would be written, and write nothing")] = False,
) -> None:
    """Read a wave's export, say what changed since the last one, and propose the wave's lines of the instrument.

    Once more with the same wave it goes on from what is decided; lines that are there are never overwritten.
    """
    from recount.fieldwork.io import add_wave

    with reported():
        made = add_wave(
            name,
            export=export,
            questionnaire=instrument,
            accept=accept,
            design=design,
            same_columns=same_columns,
            dry_run=dry_run,
        )
    print(made.report)
    if dry_run:
        print(made.diff, end="")
    else:
        print("written: " + ", ".join(made.written))


@wave.command()
def accept(
    name: WaveName,
    questions: Annotated[
        list[str] | None, typer.Argument(help="the questions; left out, all that are proposed")
    ] = None,
) -> None:
    """Accept what is proposed for questions of a wave, as it stands in the instrument."""
    from recount.fieldwork.decide.io import accept_proposals

    with reported():
        taken = accept_proposals(name, questions or [])
        print("accepted: " + ", ".join(taken) if taken else "nothing is proposed")
        print("next: the build, which lists what is still proposed and each answer that no option explains")


@wave.command()
def offer(
    name: WaveName,
    question: Annotated[str, typer.Argument(help="the question", show_default=False)],
    options: Annotated[list[str], typer.Argument(help="the options, as the export writes them", show_default=False)],
) -> None:
    """Add options to a question that a wave offered, and no wave before it; such as what many wrote in."""
    from recount.fieldwork.decide.io import offer_options

    with reported():
        added = offer_options(name, question, options)
        print("added: " + ", ".join(added) if added else "the question has them already")


@wave.command()
def drop(name: WaveName) -> None:
    """Take a wave out of config.yaml and the instrument, with what it alone had; its files below data stay."""
    from recount.fieldwork.decide.io import drop_wave

    with reported():
        print("edited: " + ", ".join(drop_wave(name)))
        print(f"left: the export, corrections and codings of {name}; and what paper, figures and tables say of it")
