"""Ingest and clean of a CSV export, against pandas.read_csv alone."""

from pathlib import Path

import pandas as pd

from bench.equal import check_equal
from bench.lines import Line, Measured
from bench.made import LABELS, NO_ANSWER, OTHERWISE, names, write_export, write_instrument
from bench.profiled import profiled
from bench.runs import cost, python

QUESTIONS = 20


def reading(rows: int, runs: int, folder: Path) -> Measured:
    """Measure both on one export, after checking that they count the same answers."""
    export = folder / "export.csv"
    write_export(export, rows, QUESTIONS)
    write_instrument(folder / "instrument.yaml", QUESTIONS)
    command = python("recount_reading.py", export, folder)
    recount = cost(command, runs=runs, folder=folder)
    plain = cost(python("pandas_reading.py", export), runs=runs, folder=folder)
    compared = check_equal(_counted_clean(folder), _counted_raw(export), who="pandas")
    logged = sum(1 for _ in (folder / "changes.csv").open(encoding="utf-8")) - 1
    what = f"CSV export, {rows:,} rows, {QUESTIONS} questions, {logged:,} changes logged"
    lines = [
        Line(what, "Recount: ingest, clean, log", rows, recount, compared),
        Line(what, "pandas.read_csv alone", rows, plain),
    ]
    return Measured(lines, profiled(command, folder))


def _counted_clean(folder: Path) -> pd.DataFrame:
    clean = pd.read_parquet(folder / "clean.parquet", columns=names(QUESTIONS))
    return _keyed({name: clean[name].astype("str").value_counts() for name in clean})


def _counted_raw(export: Path) -> pd.DataFrame:
    meaning = {text: f"c{number}" for texts in (LABELS, OTHERWISE) for number, text in enumerate(texts)}
    raw = pd.read_csv(export, usecols=names(QUESTIONS), keep_default_na=False)
    return _keyed({name: raw.loc[raw[name] != NO_ANSWER, name].map(meaning).value_counts() for name in raw})


def _keyed(counts: dict[str, pd.Series]) -> pd.DataFrame:
    rows = [(f"{name}/{category}", n) for name, found in counts.items() for category, n in found.items()]
    return pd.DataFrame(rows, columns=["key", "n"])
