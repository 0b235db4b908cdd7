"""Write the coding desk of one question and wave: a page for coders, and one for who adjudicates."""

from recount.audit.record import recorded
from recount.coding.desk.io import read_desk, write_desk
from recount.study.instrument import read_instrument

given = snakemake.input
with recorded(snakemake):
    wave, question = snakemake.wildcards.wave, snakemake.wildcards.question
    settings = snakemake.params.settings
    coded = [each.id for each in read_instrument(given.instrument).asked_in(wave) if each.coded]
    write_desk(
        read_desk(given, wave, question, settings),
        snakemake.output,
        folder=settings["coding/folder"],
        questions=coded,
        assets=given.assets,
    )
