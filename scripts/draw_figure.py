"""Draw one figure: three picture formats, its source data, its alternative text."""

from pathlib import Path

from recount.audit.parts import nested
from recount.audit.record import recorded
from recount.draw.figure import draw_figure
from recount.draw.io import write_drawn
from recount.estimate.io import read_estimates
from recount.study.codebook import read_codebook
from recount.study.figures import Figure
from recount.study.instrument import read_instrument
from recount.study.parents import with_parents
from recount.study.settings import Settings

with recorded(snakemake):
    figure = snakemake.wildcards.figure
    codebook = read_codebook(snakemake.input.codebook[0]) if snakemake.input.codebook else None
    drawn = draw_figure(
        figure,
        Figure(**snakemake.params.figures[figure]),
        estimates=read_estimates(snakemake.input.estimates),
        instrument=with_parents(read_instrument(snakemake.input.instrument), codebook),
        codebook=codebook,
        settings=Settings(**nested(snakemake.params.settings)),
    )
    write_drawn(drawn, Path(snakemake.output.svg).with_suffix(""))
