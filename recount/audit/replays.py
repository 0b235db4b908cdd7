"""Where the clean table is not what raw cells, log and exclusions give."""

import pandas as pd

from recount.audit.tables import WaveTables
from recount.building import build
from recount.clean.columns import ROW
from recount.clean.replay import as_texts, replayed
from recount.display.counts import counted, grouped
from recount.errors import Finding

TOLD = 5


def replay_findings(tables: WaveTables) -> list[Finding]:
    """Replay a wave; find the rows that differ, or else, a column at a time, the cells."""
    exp = replayed(tables.raw, tables.changes, tables.excluded, instrument=tables.instrument, wave=tables.wave)
    got = as_texts(tables.clean)
    file = f"results/{tables.wave}/clean.parquet"
    if exp[ROW].tolist() != got[ROW].tolist():
        return [_other_rows(file, got[ROW], exp[ROW])]
    return [_other_cells(file, str(name), got, exp) for name in got.columns if (got[name] != exp[name]).any()]


def _other_rows(file: str, got: pd.Series, exp: pd.Series) -> Finding:
    """The clean table keeps rows that it should not, or lacks some."""
    more, lacking = (one[~one.isin(other)].head(TOLD).tolist() for one, other in ((got, exp), (exp, got)))
    told = [f"row {', '.join(rows)} {what}" for rows, what in ((more, "too many"), (lacking, "missing")) if rows]
    return Finding(
        problem="these are not the rows of the export that excluded.csv leaves",
        file=file,
        value="; ".join(told) or "another order",
        expected=f"{counted(len(exp), 'row')}, and there are {grouped(len(got))}",
        mend=build("--forcerun", "clean_wave"),
    )


def _other_cells(file: str, name: str, got: pd.DataFrame, exp: pd.DataFrame) -> Finding:
    """One column differs: how often, and where first."""
    apart = (got[name] != exp[name]).to_numpy()
    first = int(apart.argmax())
    return Finding(
        problem=f"the raw cell, or its entry in changes.csv, gives something else in {counted(apart.sum(), 'cell')}",
        file=file,
        row=int(got[ROW].iloc[first]),
        key=name,
        value=str(got[name].iloc[first]),
        expected=repr(str(exp[name].iloc[first])),
        mend=f"{build('--forcerun', 'clean_wave')}; "
        "where that changes nothing, this is a fault of Recount: please report it",
    )
