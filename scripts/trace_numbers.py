"""Trace every number of the paper to the cells of the raw export, and write the ledger."""

from pathlib import Path

from recount.audit.io import read_all_tables, read_sources
from recount.audit.listing import workflow_files
from recount.audit.provenance import traced
from recount.audit.record import recorded
from recount.study.instrument import read_instrument
from recount.study.settings import Settings
from recount.write.io import read_numbers, write_numbers

given = snakemake.input
house = Path(given.snakefile).parent
with recorded(snakemake, workflow_files(house)):
    settings = Settings(**snakemake.params.settings)
    instrument = read_instrument(given.instrument)
    tables = read_all_tables(settings=settings, instrument=instrument)
    sources = read_sources(settings, house=house)
    write_numbers(traced(read_numbers(given.printed), tables, sources), snakemake.output.numbers)
