"""Say what each signature of a reviewer is worth now, and put that behind the paper."""

from pathlib import Path

from recount.audit.record import recorded
from recount.audit.sign.io import read_signatures, read_signed, read_tree, write_signed
from recount.audit.sign.lapse import judged
from recount.ingest.seal import SEALS
from recount.write.signed import signed_appendix

given, made = snakemake.input, snakemake.output
with recorded(snakemake):
    declared = dict(snakemake.params.items())
    files = {"settings": "config.yaml", "figures": declared["settings"]["paper"]["figures"], "seals": SEALS}
    tree = read_tree(given.records, declared=declared, house=Path(given.snakefile).parent)
    write_signed(judged(read_signatures(), tree, files), made.signatures)
    paper = Path(given.markdown).read_text(encoding="utf-8")
    Path(made.markdown).write_bytes(f"{paper}\n{signed_appendix(read_signed(made.signatures))}".encode())
