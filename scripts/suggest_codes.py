"""Suggest codes for the answers of one wave, from earlier waves and from keywords."""

from recount.audit.record import recorded
from recount.clean.io import read_clean
from recount.coding.io import write_text
from recount.coding.lines import answers_of
from recount.coding.suggest.io import read_known
from recount.coding.suggest.suggestions import suggest_wave
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument

wave, given = snakemake.wildcards.wave, snakemake.input
with recorded(snakemake):
    instrument = read_instrument(given.instrument)
    clean = read_clean(given.clean, instrument, wave)
    questions = [question.id for question in instrument.asked_in(wave) if question.coded]
    suggestions = suggest_wave(
        {question: answers_of(clean, question) for question in questions},
        codebook=read_codebook(given.codebook[0]),
        earlier=read_known(given.earlier_answers, given.earlier_codes, instrument=instrument),
        **snakemake.params.settings["coding/suggest"],
    )
    write_text(suggestions, snakemake.output.suggestions)
