"""Write the audit cards: of every number of the paper, where it comes from."""

from pathlib import Path

from recount.audit.cards import cards
from recount.audit.io import write_page
from recount.display.formatter import Formatter
from recount.errors import reported
from recount.study.instrument import read_instrument
from recount.study.settings import Settings
from recount.write.io import read_numbers

given = snakemake.input
with reported(snakemake.log[0]):
    style = Path(given.style).read_text(encoding="utf-8").strip()
    page = cards(
        read_numbers(given.numbers),
        instrument=read_instrument(given.instrument),
        formatter=Formatter(Settings(**snakemake.params.settings).display),
        template=Path(given.template).read_text(encoding="utf-8"),
        style=style,
    )
    write_page(page.replace("/* cards.css */", style, 1), snakemake.output.page)
