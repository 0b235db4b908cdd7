"""The command `recount`: what an author and a reviewer do beside `snakemake`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from recount.errors import AuditError, Finding, StudyError, reported

app = typer.Typer(
    help="Rebuild a survey paper from its raw responses. The paper itself is built by: snakemake --cores 4",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

WaveName = Annotated[str, typer.Argument(help="the wave, as config.yaml names it", show_default=False)]


@app.callback()
def study(
    *, directory: Annotated[Path, typer.Option(help="the study's folder", exists=True, file_okay=False)] = Path()
) -> None:
    """Work on the study in the current folder, or in another."""
    os.chdir(directory)


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
def seal(wave: WaveName) -> None:
    """Write the SHA-256 of a wave's raw export into data/raw/SHA256SUMS, after you have looked at it."""
    from recount.ingest.seal import write_seal
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        print(write_seal(settings, wave))


@app.command()
def unused(
    *,
    wave: Annotated[str | None, typer.Option(help="the wave; the paper's own if not given")] = None,
    groups: Annotated[bool, typer.Option("--groups", help="list estimates by group, too")] = False,
) -> None:
    """List what was estimated and never quoted in the paper: the reverse of its ledger."""
    from recount.audit.unquoted import unquoted
    from recount.estimate.io import read_estimates
    from recount.study.codebook import read_codebook
    from recount.study.instrument import read_instrument
    from recount.study.settings import read_settings
    from recount.write.io import read_claims, read_numbers
    from recount.write.lookup import Lookup

    with reported():
        settings = read_settings()
        estimates = read_estimates(_built("results/estimates.csv"))
        numbers = read_numbers(_built("results/paper/numbers.json"))
        claims = read_claims(_built("results/paper/claims.json"))
        codebook = Path(settings.coding.folder) / "codebook.yaml"
        lookup = Lookup(
            estimates,
            settings=settings,
            instrument=read_instrument(settings.instrument),
            codebook=read_codebook(codebook) if codebook.exists() else None,
        )
        print(unquoted(estimates, numbers, claims, lookup, wave=wave, groups=groups))


@app.command()
def trace(
    what: Annotated[
        str, typer.Argument(help="a number as printed (86%), its id (n-12, e-3), or the key of an estimate")
    ],
    *,
    rows: Annotated[bool, typer.Option("--rows", help="list the raw cells behind it, too")] = False,
) -> None:
    """Follow a number of the paper from its sentence to the cells of the raw export."""
    from recount.audit.io import Results
    from recount.audit.trace import traced_back
    from recount.study.settings import read_settings

    with reported():
        _built("results/paper/numbers.json")
        print(traced_back(what, Results(read_settings()), rows=rows))


@app.command()
def claims(
    *,
    fragile: Annotated[bool, typer.Option("--fragile", help="only those that hold and are near to turning")] = False,
) -> None:
    """List the paper's claims with their margins, those that are not true first; exit with 1 where there are any."""
    from recount.write.claim_list import ORDER, claim_list, failing
    from recount.write.io import read_claims

    with reported():
        found = read_claims(_built("results/paper/claims.json"))
        print(claim_list(found, only=("fragile",) if fragile else ORDER))
        if failing(found):
            raise typer.Exit(1)


@app.command()
def published() -> None:
    """Hold what was published before against the estimates, and say which bases the percentages can have at all."""
    from recount.audit.published import NOT_REPRODUCED, published_text
    from recount.display.formatter import Formatter
    from recount.estimate.io import read_estimates
    from recount.estimate.reproduced import compare_published
    from recount.study.instrument import read_instrument
    from recount.study.published import read_published
    from recount.study.settings import read_settings

    with reported():
        settings = read_settings()
        compared = compare_published(
            read_published(_declared(settings.published)),
            read_estimates(_built("results/estimates.csv")),
            instrument=read_instrument(settings.instrument),
            settings=settings,
        )
        print(published_text(compared, Formatter(settings.display), simulated=settings.simulated))
        if any(each.verdict == NOT_REPRODUCED for each in compared.outcomes):
            raise SystemExit(1)


def _declared(file: str) -> str:
    """Give the name of a file that a study need not have; raise `StudyError` where it has none."""
    if not Path(file).exists():
        raise StudyError(
            Finding(problem="the study declares no published figures", file=file, mend="write it: docs/settings.md")
        )
    return file


def _built(file: str) -> str:
    """Give the name of a file that a build makes; raise `AuditError` where none has been made yet."""
    if not Path(file).exists():
        raise AuditError(Finding(problem="the paper has not been built", file=file, mend="snakemake --cores 4"))
    return file


def main() -> None:
    """Run the command."""
    app()
