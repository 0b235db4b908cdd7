"""Read a wave's export, whatever its form, into text cells."""

from recount.errors import reported
from recount.ingest.io import write_raw
from recount.ingest.read import read_export

with reported(snakemake.log[0]):
    export = read_export(snakemake.input.export, name=snakemake.params.name, **snakemake.params.reading)
    write_raw(export, snakemake.output.raw)
