"""How long each response took."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from recount.clean.context import Context
from recount.clean.dates import days_in, order_of, seconds_of
from recount.clean.match import plain
from recount.clean.numbers import plain_number
from recount.clean.reading import Cells
from recount.errors import Finding
from recount.ingest.raw import Column
from recount.study.settings import Cleaning

_ROWS = 6


def duration_findings(roles: Mapping[str, Column], cleaning: Cleaning, wave: str) -> list[Finding]:
    """Find a rule against speeders that nothing in the export can decide."""
    if cleaning.minimum_seconds is None or "duration" in roles or {"started", "recorded"} <= set(roles):
        return []
    return [
        Finding(
            problem="minimum_seconds is set, but the export does not say how long a response took",
            file="config.yaml",
            key=f"waves.{wave}.columns",
            expected="duration: COLUMN, or started: COLUMN and recorded: COLUMN",
        )
    ]


def seconds_taken(
    cells: pa.Table, roles: Mapping[str, Column], cleaning: Cleaning, context: Context
) -> tuple[np.ndarray | None, list[Finding]]:
    """Give each response's duration in seconds, nan where it is not known; None where no rule asks for it.

    The platform's own duration counts; without it, the time from the start to the last record.
    """
    if cleaning.minimum_seconds is None:
        return None, []
    if column := roles.get("duration"):
        return _durations(Cells.of(cells, column), context)
    started, recorded = (Cells.of(cells, roles[role]) for role in ("started", "recorded"))
    # Both columns are written alike; SurveyMonkey's dates are American, and a wrong guess cannot make a day a minute.
    order = order_of([*days_in(started), *days_in(recorded)]) or "month first"
    taken = seconds_of(recorded, order) - seconds_of(started, order)
    return np.where(taken < 0, np.nan, taken), []


def _durations(cells: Cells, context: Context) -> tuple[np.ndarray, list[Finding]]:
    read = [plain_number(text.strip()) for text in cells.distinct]
    seconds = np.array([np.nan if value is None else value for value in read])
    bad = [place for place, text in enumerate(cells.distinct) if read[place] is None and plain(text)]
    findings = []
    for place in bad:
        rows = context.raw.cells["row"].take(pa.array(np.flatnonzero(cells.codes == place)[:_ROWS])).to_pylist()
        findings.append(
            Finding(
                problem=f"this is no duration in seconds (rows {', '.join(map(str, rows))})",
                file=context.files.export,
                row=rows[0],
                key=cells.column.name,
                value=cells.distinct[place],
                expected="a number of seconds",
                mend=f"name the column of the duration in config.yaml, waves.{context.wave}.columns.duration",
            )
        )
    return seconds[cells.codes], findings
