"""Clean one wave: typed answers, the log of changes, the excluded responses."""

from recount.audit.record import recorded
from recount.clean.clean import clean_wave
from recount.clean.context import Files
from recount.clean.io import read_corrections, write_cleaned
from recount.ingest.io import read_raw
from recount.study.instrument import read_instrument
from recount.study.settings import Cleaning, Roles

wave, declared = snakemake.wildcards.wave, snakemake.params.settings
files = Files(
    export=declared[f"waves/{wave}/export"],
    instrument=snakemake.input.instrument,
    corrections=f"{declared['corrections']}/{wave}.csv",
)
with recorded(snakemake):
    cleaned = clean_wave(
        read_raw(snakemake.input.raw, encoded=True),
        instrument=read_instrument(snakemake.input.instrument),
        wave=wave,
        cleaning=Cleaning(**declared["cleaning"]),
        roles=Roles(**declared[f"waves/{wave}/columns"]),
        corrections=read_corrections(files.corrections),
        files=files,
    )
    write_cleaned(cleaned, snakemake.output)
