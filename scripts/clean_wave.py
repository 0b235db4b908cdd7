"""Clean one wave: typed answers, the log of changes, the excluded responses."""

from recount.clean.clean import clean_wave
from recount.clean.context import Files
from recount.clean.io import read_corrections, write_cleaned
from recount.errors import reported
from recount.ingest.io import read_raw
from recount.study.instrument import read_instrument
from recount.study.settings import Cleaning, Roles

with reported(snakemake.log[0]):
    cleaned = clean_wave(
        read_raw(snakemake.input.raw),
        instrument=read_instrument(snakemake.input.instrument),
        wave=snakemake.wildcards.wave,
        cleaning=Cleaning(**snakemake.params.cleaning),
        roles=Roles(**snakemake.params.roles),
        corrections=read_corrections(snakemake.params.files["corrections"]),
        files=Files(**snakemake.params.files),
    )
    write_cleaned(cleaned, snakemake.output)
