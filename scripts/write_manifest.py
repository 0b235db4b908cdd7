"""Write the manifest: SHA-256 of every input, output and piece of code, and the versions of the software."""

from pathlib import Path

from recount.audit.listing import workflow_files
from recount.audit.manifest import manifest, read_manifest, write_manifest
from recount.audit.record import recorded
from recount.audit.software import pinned

given = snakemake.input
house = Path(given.snakefile).parent
code = workflow_files(house)
with recorded(snakemake, code):
    made = manifest(
        study=[*given.declared, *given.exports],
        results=given.results,
        records=given.records,
        code=code,
        syntax=read_manifest(given.syntax),
        house=house,
        settings=snakemake.params.settings,
        software=pinned(Path(given.lock).read_text(encoding="utf-8")),
    )
    write_manifest(made, snakemake.output.manifest)
