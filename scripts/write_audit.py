"""Write the audit pages: the paper with its numbers live, and behind each of them rows, rules and code."""

from pathlib import Path

from recount.audit.pages.io import read_study, write_audit
from recount.audit.record import recorded
from recount.study.settings import Settings

given = snakemake.input
with recorded(snakemake):
    study = read_study(
        Settings(**snakemake.params.settings),
        house=Path(given.snakefile).parent,
        figures=given.sources,
        signatures=given.signatures,
    )
    write_audit(study, given.paper, snakemake.output.pages, assets=given.assets)
