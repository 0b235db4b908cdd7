"""Commands on what the paper says: its numbers, its claims, what it leaves out, what was published before."""

from typing import Annotated

import typer

from recount.cli.app import app, built, declared
from recount.errors import reported


@app.command()
def trace(
    what: Annotated[
        str,
        typer.Argument(
            help="a number as printed (86%), its id (n-12, e-3), the key of an estimate, or a quotation (q-1)"
        ),
    ],
    *,
    rows: Annotated[bool, typer.Option("--rows", help="list the raw cells behind it, too")] = False,
) -> None:
    """Follow a number or a quotation of the paper from its sentence to the cells of the raw export."""
    from recount.audit.io import Results
    from recount.audit.trace import traced_back
    from recount.study.settings import read_settings

    with reported():
        built("results/paper/numbers.json")
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
        found = read_claims(built("results/paper/claims.json"))
        print(claim_list(found, only=("fragile",) if fragile else ORDER))
        if failing(found):
            raise typer.Exit(1)


@app.command()
def unused(
    *,
    wave: Annotated[str | None, typer.Option(help="the wave; the paper's own if not given")] = None,
    groups: Annotated[bool, typer.Option("--groups", help="list estimates by group, too")] = False,
) -> None:
    """List what was estimated and never quoted in the paper: the reverse of its ledger."""
    from recount.audit.unquoted import unquoted
    from recount.estimate.io import read_estimates
    from recount.study.codebook import read_codebook_of
    from recount.study.instrument import read_instrument
    from recount.study.parents import with_parents
    from recount.study.settings import read_settings
    from recount.write.io import read_claims, read_numbers
    from recount.write.lookup import Lookup

    with reported():
        settings = read_settings()
        estimates = read_estimates(built("results/estimates.csv"))
        numbers = read_numbers(built("results/paper/numbers.json"))
        claims = read_claims(built("results/paper/claims.json"))
        codebook = read_codebook_of(settings.coding.folder)
        lookup = Lookup(
            estimates,
            settings=settings,
            instrument=with_parents(read_instrument(settings.instrument), codebook),
            codebook=codebook,
        )
        print(unquoted(estimates, numbers, claims, lookup, wave=wave, groups=groups))


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
            read_published(declared(settings.published)),
            read_estimates(built("results/estimates.csv")),
            instrument=read_instrument(settings.instrument),
            settings=settings,
        )
        print(published_text(compared, Formatter(settings.display), simulated=settings.simulated))
        if any(each.verdict == NOT_REPRODUCED for each in compared.outcomes):
            raise SystemExit(1)
