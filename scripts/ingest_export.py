"""Read a wave's export, whatever its form, into text cells."""

from pathlib import Path

from recount.audit.parts import nested
from recount.audit.record import recorded
from recount.ingest.io import write_raw
from recount.ingest.read import read_export

with recorded(snakemake):
    reading = nested(snakemake.params.settings)["waves"][snakemake.wildcards.wave]
    name = Path(reading.pop("export")).name
    export = read_export(snakemake.input.export, name=name, **reading)
    write_raw(export, snakemake.output.raw)
