"""Gather the answers of one wave that may be quoted, with personal data taken out and a log of that."""

from pathlib import Path

from recount.audit.record import recorded
from recount.clean.io import read_clean
from recount.coding.io import read_codes
from recount.coding.verbatim.io import read_cleared, read_redactor, write_quotable
from recount.coding.verbatim.quotable import quotable
from recount.errors import warned
from recount.study.instrument import read_instrument

wave, given = snakemake.wildcards.wave, snakemake.input
with recorded(snakemake):
    instrument, cleared = read_instrument(given.instrument), read_cleared(given.cleared)
    found = quotable(
        read_clean(given.clean, instrument, wave),
        read_codes(given.codes),
        cleared,
        instrument=instrument,
        wave=wave,
        redact=read_redactor(Path(given.cleared).parent, cleared["language"].unique().tolist()),
    )
    write_quotable(found, snakemake.output)
    warned(found.lapsed, snakemake.log[0])
