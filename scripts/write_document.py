"""Write the paper as one kind of document."""

from pathlib import Path

from recount.audit.record import recorded
from recount.write.documents import write_document

with recorded(snakemake):
    write_document(
        Path(snakemake.input.markdown),
        Path(snakemake.output.document),
        kind=snakemake.wildcards.kind,
        figures=Path(snakemake.input.markdown).parents[1] / "figures",
        bibliography=Path(snakemake.input.bibliography),
        style=Path(snakemake.input.style),
        styles=Path(snakemake.input.page).parent,
    )
