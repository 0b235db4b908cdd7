"""Estimate every statistic of one wave, overall and by group."""

from recount.audit.parts import nested
from recount.audit.record import recorded
from recount.clean.io import read_log
from recount.clean.pieces import respondents_in
from recount.coding.io import read_coded
from recount.estimate.estimate import estimate_wave
from recount.estimate.io import read_respondents, write_estimates
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument
from recount.study.parents import with_parents
from recount.study.settings import Estimation, Wave

with recorded(snakemake):
    wave, declared = snakemake.wildcards.wave, nested(snakemake.params.settings)
    codebook = read_codebook(snakemake.input.codebook[0]) if snakemake.input.codebook else None
    instrument = with_parents(read_instrument(snakemake.input.instrument), codebook)
    about = Wave(**declared["waves"][wave])
    clean = read_respondents(snakemake.input.clean, instrument, wave, about)
    excluded = read_log(snakemake.input.excluded)
    coded = read_coded(snakemake.input)
    estimates = estimate_wave(
        clean,
        instrument=instrument,
        wave=wave,
        settings=Estimation(**declared["estimates"]),
        declared=about,
        codebook=codebook,
        codes=coded.codes,
        agreement=coded.agreement,
        uncoded=coded.uncoded,
        received=respondents_in(clean) + len(excluded),
        excluded=excluded,
        changes=read_log(snakemake.input.changes, ["rule"]),
    )
    write_estimates(estimates, snakemake.output.estimates)
