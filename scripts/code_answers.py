"""Apply the coders' files of one wave: codes, agreement, and what is still uncoded."""

import sys
from pathlib import Path

from recount.audit.record import recorded
from recount.clean.io import read_clean, read_log
from recount.coding.code import code_wave
from recount.coding.io import read_codings, write_coded
from recount.coding.measure import Bootstrap
from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument
from recount.study.versions import read_versions

with recorded(snakemake):
    chosen = snakemake.params.settings
    wave, folder = snakemake.wildcards.wave, chosen["coding/folder"]
    instrument = read_instrument(snakemake.input.instrument)
    questions = [question.id for question in instrument.asked_in(wave) if question.coded]
    codebook = Path(snakemake.input.codebook[0]) if snakemake.input.codebook else None
    codings, adjudications = read_codings(folder, wave, questions)
    coded = code_wave(
        read_clean(snakemake.input.clean, instrument, wave),
        instrument=instrument,
        wave=wave,
        codebook=read_codebook(codebook) if codebook else None,
        codings=codings,
        adjudications=adjudications,
        excluded=read_log(snakemake.input.excluded),
        versions=read_versions(folder),
        by_rule=chosen["coding/by_rule"],
        confidence=chosen["estimates/confidence"],
        bootstrap=Bootstrap(chosen["coding/replicates"], chosen["coding/seed"]),
        codebook_file=f"{folder}/codebook.yaml",
    )
    write_coded(coded, snakemake.output)
    waiting = "".join(f"{line}\n" for line in coded.waiting)
    sys.stderr.write(waiting)
    Path(snakemake.log[0]).write_text("".join(f"{finding}\n" for finding in coded.unused) + waiting, encoding="utf-8")
