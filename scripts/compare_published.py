"""Hold what was published on the survey before against the estimates."""

from recount.audit.record import recorded
from recount.estimate.io import read_estimates, write_published
from recount.estimate.published_table import published_table
from recount.estimate.reproduced import compare_published
from recount.study.instrument import read_instrument
from recount.study.published import read_published
from recount.study.settings import Settings

given = snakemake.input
with recorded(snakemake):
    settings = Settings(**snakemake.params.settings)
    compared = compare_published(
        read_published(given.published),
        read_estimates(given.estimates),
        instrument=read_instrument(given.instrument),
        settings=settings,
    )
    write_published(published_table(compared, simulated=settings.simulated), snakemake.output.table)
