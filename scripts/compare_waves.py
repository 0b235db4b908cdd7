"""Estimate what needs several waves: returning respondents, and waves weighted to a common composition."""

from recount.audit.record import recorded
from recount.estimate.compare import compare_waves
from recount.estimate.io import read_answered, write_estimates
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument
from recount.study.settings import Settings

given = snakemake.input
with recorded(snakemake):
    settings = Settings(**snakemake.params.settings)
    instrument = read_instrument(given.instrument)
    codebook = read_codebook(given.codebook[0]) if given.codebook else None
    waves = {
        wave: read_answered(clean, codes, wave=wave, instrument=instrument, codebook=codebook)
        for wave, clean, codes in zip(settings.waves, given.clean, given.codes, strict=True)
    }
    write_estimates(compare_waves(waves, instrument=instrument, settings=settings), snakemake.output.estimates)
