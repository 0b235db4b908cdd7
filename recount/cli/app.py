"""The application itself: the folder of the study, and the names that several commands share."""

import os
from pathlib import Path
from typing import Annotated

import typer

from recount.building import build, standing_in
from recount.errors import AuditError, Finding, StudyError

app = typer.Typer(
    help="Rebuild a survey paper from its raw responses. The paper itself is built by: snakemake --cores 4",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WaveName = Annotated[str, typer.Argument(help="the wave, as config.yaml names it", show_default=False)]


@app.callback()
def study(
    context: typer.Context,
    *,
    directory: Annotated[Path, typer.Option(help="the study's folder", exists=True, file_okay=False)] = Path(),
) -> None:
    """Work on the study in the current folder, or in another."""
    context.with_resource(standing_in(Path.cwd()))
    os.chdir(directory)


def declared(file: str) -> str:
    """Give the name of a file that a study need not have; raise `StudyError` where it has none."""
    if not Path(file).exists():
        raise StudyError(
            Finding(problem="the study declares no published figures", file=file, mend="write it: docs/settings.md")
        )
    return file


def built(file: str) -> str:
    """Give the name of a file that a build makes; raise `AuditError` where none has been made yet."""
    if not Path(file).exists():
        raise AuditError(Finding(problem="the paper has not been built", file=file, mend=build()))
    return file
