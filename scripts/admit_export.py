"""Admit a wave's raw export, byte for byte, if its SHA-256 is the sealed one."""

from snakemake.script import snakemake

from recount.errors import reported
from recount.ingest.fetch import fetch
from recount.ingest.seal import admit
from recount.study.settings import Source

with reported(snakemake.log[0]):
    if snakemake.params.source:
        fetch(Source(**snakemake.params.source), snakemake.output.export)
    else:
        admit(snakemake.params.name, snakemake.output.export, seal=snakemake.params.seal)
