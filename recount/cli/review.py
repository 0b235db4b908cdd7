"""Commands of a reviewer, who has no reason to trust the author: check, verify, sign."""

from pathlib import Path
from typing import Annotated

import typer

import recount
from recount.cli.app import app, built
from recount.errors import reported


@app.command()
def check(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="for machines; docs/check.md explains it")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="let simulated responses and lapsed signatures count as findings")
    ] = False,
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
    raise typer.Exit(int(bool(faults(found, strict=strict))))


@app.command()
def sign(
    stage: Annotated[str, typer.Argument(help="ingest, clean, code, estimate, draw, write, audit")] = "",
    *,
    by: Annotated[str, typer.Option(help="your name, as it is to be shown", show_default=False)] = "",
    note: Annotated[str, typer.Option(help="what you looked at; of a signature taken back, why")] = "",
    date: Annotated[str, typer.Option(help="a date to be shown; none if not given")] = "",
    withdraw: Annotated[bool, typer.Option("--withdraw", help="take your signature back")] = False,
) -> None:
    """Record that you agree with a stage as it stands: with its inputs, settings, code and outputs, by their digests.

    The signature stands in review/, to be committed. It lapses by itself when any of these changes.
    """
    from recount.audit.check.check import check as checked
    from recount.audit.check.io import read_built, read_present
    from recount.audit.check.signatures import tree
    from recount.audit.sign.io import read_signature, write_signature
    from recount.audit.sign.sign import known, signed, stages_told, withdrawn
    from recount.audit.sign.signature import file_of

    if not (stage and by):
        print(stages_told(stage))
        raise typer.Exit(2)
    with reported():
        known(stage, by)
        if withdraw:
            made = withdrawn(read_signature(file_of(stage, by)), note)
        else:
            built, present = read_built(), read_present()
            made = signed(stage, by, tree(built, present), checked(built, present), note=note, date=date)
        print(write_signature(made))


@app.command()
def verify(
    *,
    rebuild: Annotated[bool, typer.Option(help="build the study once more in an empty folder, too")] = True,
    sql: Annotated[
        str | None,
        typer.Option(metavar="KEY", help="print the SQL of an estimate, or of a number (n-3), and nothing else"),
    ] = None,
) -> None:
    """Prove the paper another way: build it elsewhere, replay the cleaning, recount every number in SQL."""
    from rich.console import Console

    from recount.audit.io import Results
    from recount.audit.verified import house_of, table, told, verified
    from recount.audit.verify import sql_of_number
    from recount.study.settings import read_settings

    with reported(code=2):
        built("results/paper/numbers.json")
        results = Results(read_settings())
        if sql is not None:
            print(sql_of_number(results, sql), end="")
            return
        house = house_of(recount.__file__) if rebuild else Path()
    outcomes = verified(results, house=house, again=rebuild, console=Console(stderr=True))
    Console().print(table(outcomes))
    print(told(outcomes))
    raise typer.Exit(max(outcome.code for outcome in outcomes))
