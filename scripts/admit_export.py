"""Admit a wave's raw export, byte for byte, if its SHA-256 is the sealed one."""

import shutil

from recount.errors import reported
from recount.ingest.fetch import fetch
from recount.ingest.seal import check_seal
from recount.study.settings import Source

with reported(snakemake.log[0]):
    if snakemake.params.source:
        fetch(Source(**snakemake.params.source), snakemake.output.export)
    else:
        check_seal(snakemake.input.export[0], snakemake.params.seal, wave=snakemake.wildcards.wave)
        shutil.copyfile(snakemake.input.export[0], snakemake.output.export)
