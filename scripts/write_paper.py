"""Write the paper in Markdown, with the ledger of its numbers and its claims."""

from pathlib import Path

from recount.audit.record import recorded
from recount.coding.io import read_quotable
from recount.errors import warned
from recount.estimate.io import read_estimates
from recount.study.codebook import read_codebook
from recount.study.figures import Figures, read_figures
from recount.study.instrument import read_instrument
from recount.study.literals import read_literals
from recount.study.parents import with_parents
from recount.study.published import PublishedFigures, read_published
from recount.study.settings import Settings
from recount.study.tables import Tables, read_tables
from recount.write.documents.tree import tree
from recount.write.io import read_alternatives, read_bibliography_keys, read_sources, read_template, write_written
from recount.write.paper import write_paper

given = snakemake.input
with recorded(snakemake):
    codebook = read_codebook(given.codebook[0]) if given.codebook else None
    written = write_paper(
        read_template(given.template),
        file=given.template,
        estimates=read_estimates(given.estimates),
        settings=Settings(**snakemake.params.settings),
        instrument=with_parents(read_instrument(given.instrument), codebook),
        figures=read_figures(given.figures[0]) if given.figures else Figures(),
        tables=read_tables(given.tables[0]) if given.tables else Tables(),
        literals=read_literals(given.literals[0]).literals if given.literals else {},
        bibliography_keys=read_bibliography_keys(given.bibliography),
        alt_texts=read_alternatives(given.alternatives),
        codebook=codebook,
        figure_sources=read_sources(given.sources),
        tree=tree,
        published=read_published(given.published[0]) if given.published else PublishedFigures(),
        quotable={Path(file).parent.name: read_quotable(file) for file in given.quotable},
    )
    write_written(written, Path(snakemake.output.markdown).parent)
    warned(written.warnings, snakemake.log[0])
