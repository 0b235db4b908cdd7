"""Hold suggested codes against those that people gave, wave by wave."""

from recount.audit.record import recorded
from recount.coding.io import write_text
from recount.coding.suggest.io import read_known
from recount.coding.suggest.quality import measure_suggestions
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument

given = snakemake.input
with recorded(snakemake):
    quality = measure_suggestions(
        read_known(given.answers, given.codes, instrument=read_instrument(given.instrument)),
        codebook=read_codebook(given.codebook[0]),
        **snakemake.params.settings["coding/suggest"],
    )
    write_text(quality, snakemake.output.quality)
