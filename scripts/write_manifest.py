"""Write the manifest: SHA-256 of every input, output and piece of code, and the versions of the software."""

from pathlib import Path

from recount.audit.manifest import manifest, read_manifest, write_manifest
from recount.audit.record import recorded
from recount.audit.software import pinned

with recorded(snakemake):
    given = snakemake.input
    made = manifest(
        study=[*given.declared, *given.exports],
        results=given.results,
        records=given.records,
        code=given.code,
        syntax=read_manifest(given.syntax),
        house=Path(given.snakefile).parent,
        settings=snakemake.params.settings,
        software=pinned(Path(given.lock).read_text(encoding="utf-8")),
    )
    write_manifest(made, snakemake.output.manifest)
