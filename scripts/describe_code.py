"""Describe the code of Recount by its syntax: that takes a second, for which no edited sentence need wait."""

from pathlib import Path

from recount.audit.described import syntaxes, write_syntaxes
from recount.audit.record import recorded

with recorded(snakemake):
    given = snakemake.input
    write_syntaxes(syntaxes(given.described, Path(given.snakefile).parent), snakemake.output.syntax)
