"""Commands of a reviewer, who has no reason to trust the author: check, verify."""

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
        built("results/paper/numbers.json")
        results = Results(read_settings())
        if sql is not None:
            print(sql_of_key(results, sql), end="")
            return
        house = house_of(recount.__file__) if rebuild else Path()
    outcomes = verified(results, house=house, again=rebuild, console=Console(stderr=True))
    Console().print(table(outcomes))
    print(told(outcomes))
    raise typer.Exit(max(outcome.code for outcome in outcomes))
