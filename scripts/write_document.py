"""Write the paper as one kind of document."""

from pathlib import Path

from recount.errors import reported
from recount.write.documents import write_document

with reported(snakemake.log[0]):
    write_document(
        Path(snakemake.input.markdown),
        Path(snakemake.output.document),
        kind=snakemake.wildcards.kind,
        figures=Path(snakemake.input.markdown).parents[1] / "figures",
        bibliography=Path(snakemake.input.bibliography),
        style=Path(snakemake.input.style),
        styles=Path(snakemake.input.page).parent,
    )
