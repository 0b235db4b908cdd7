"""Admit a wave's raw export, byte for byte, if its SHA-256 is the sealed one."""

import shutil

from recount.audit.record import recorded
from recount.ingest.fetch import fetch
from recount.ingest.seal import check_seal
from recount.study.settings import Source

wave = snakemake.wildcards.wave
with recorded(snakemake):
    if snakemake.input.export:
        check_seal(snakemake.input.export[0], snakemake.params.seals[wave], wave=wave)
        shutil.copyfile(snakemake.input.export[0], snakemake.output.export)
    else:
        fetch(Source(**snakemake.params.settings[f"waves/{wave}/source"]), snakemake.output.export)
