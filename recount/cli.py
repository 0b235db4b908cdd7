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
def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for machines; docs/check.md explains it")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="let simulated responses count as a finding")] = False,
) -> None:
    """Say whether results/ is what this study gives, by content and never by dates; exit with 1 where it is not.

    Nothing of the study is run. Exit with 2 where there is nothing to check, or it cannot be read.
    """
    from recount.audit.check.check import check as checked
    from recount.audit.check.io import read_built, read_present
    from recount.audit.check.told import as_json as told_to_machines
    from recount.audit.check.told import faults, text

    with reported(code=2):
        built = read_built()
        found = checked(built, read_present())
    tell = told_to_machines if as_json else text
    print(tell(found, results=len(built.results)))
    raise typer.Exit(int(bool(found if strict else faults(found))))


@app.command()
def verify(
    *,
    rebuild: Annotated[bool, typer.Option(help="build the study once more in an empty folder, too")] = True,
    sql: Annotated[
        str | None, typer.Option(metavar="KEY", help="print the SQL of one estimate, and nothing else")
    ] = None,
) -> None:
    """Prove the paper another way: build it elsewhere, replay the cleaning, recount every number in SQL."""
    from rich.console import Console

    from recount.audit.io import Results
    from recount.audit.verified import house_of, table, told, verified
    from recount.audit.verify import sql_of_key
    from recount.study.settings import read_settings

    with reported(code=2):
        _built("results/paper/numbers.json")
        results = Results(read_settings())
        if sql is not None:
            print(sql_of_key(results, sql), end="")
            return
        house = house_of(__file__) if rebuild else Path()
    outcomes = verified(results, house=house, again=rebuild, console=Console(stderr=True))
    Console().print(table(outcomes))
    print(told(outcomes))
    raise typer.Exit(max(outcome.code for outcome in outcomes))


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
