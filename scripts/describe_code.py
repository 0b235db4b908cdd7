"""Describe the code of Recount by its syntax: that takes a second, for which no edited sentence need wait."""

from pathlib import Path

from recount.audit.described import syntaxes, write_syntaxes
from recount.audit.listing import workflow_files
from recount.audit.record import recorded

house = Path(snakemake.input.snakefile).parent
code = workflow_files(house)
with recorded(snakemake, code):
    write_syntaxes(syntaxes(code, house), snakemake.output.syntax)
