"""Recount: ingest and clean an export as the workflow's scripts do, with the log of every change."""

import sys
from pathlib import Path
from types import SimpleNamespace

from recount.clean.clean import clean_wave
from recount.clean.io import write_cleaned
from recount.ingest.io import read_raw, write_raw
from recount.ingest.read import read_export
from recount.study.instrument import read_instrument
from recount.study.settings import Cleaning, Roles

export, folder = Path(sys.argv[1]), Path(sys.argv[2])
write_raw(read_export(export, name=export.name), folder / "raw.parquet")
cleaned = clean_wave(
    read_raw(folder / "raw.parquet", encoded=True),
    instrument=read_instrument(folder / "instrument.yaml"),
    wave="now",
    cleaning=Cleaning(),
    roles=Roles(),
)
outputs = {"clean": "clean.parquet", "table": "clean.csv", "changes": "changes.csv", "excluded": "excluded.csv"}
write_cleaned(cleaned, SimpleNamespace(**{name: str(folder / file) for name, file in outputs.items()}))
