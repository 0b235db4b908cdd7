"""SPSS files (.sav, .zsav): codes with value labels, user-missing values and ranges."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from recount.ingest.numbers import duration_text, number_text
from recount.ingest.raw import RawExport
from recount.ingest.statistical import Reading, Value, Variable, export_of

# SPSS counts seconds from the first day of the Gregorian calendar.
EPOCH = datetime(1582, 10, 14)  # noqa: DTZ001 - SPSS knows no time zones
DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR")
MOMENTS = ("DATETIME", "YMDHMS")
DURATIONS = ("TIME", "DTIME", "MTIME")


def read(path: Path, *, file: str, encoding: str = "auto") -> RawExport:
    """Read an SPSS file; raise `ExportError` where it cannot be read."""
    import pyreadstat

    reading = Reading(format="spss", product="SPSS", read=pyreadstat.read_sav, variables=variables)
    return export_of(path, reading, file=file, encoding=encoding)


def variables(meta: Any) -> tuple[Variable, ...]:
    """Describe each variable from pyreadstat's metadata."""
    return tuple(
        Variable(
            name=name,
            label=label or "",
            text=text_by(meta.original_variable_types.get(name, "")),
            labels=meta.variable_value_labels.get(name, {}),
            is_missing=partial(_in_ranges, meta.missing_ranges.get(name, ())),
            declared=tuple(each["lo"] for each in meta.missing_ranges.get(name, ()) if each["lo"] == each["hi"]),
        )
        for name, label in zip(meta.column_names, meta.column_labels, strict=True)
    )


def text_by(variable_format: str) -> Callable[[Any], str]:
    """Choose how the values of a variable read, by its SPSS format (`F8.2`, `EDATE10`, `A40`)."""
    kind = re.match(r"[A-Z]*", variable_format.upper())
    name = kind.group() if kind else ""
    if name in DATES:
        return partial(_moment_text, date_only=True)
    if name in MOMENTS:
        return partial(_moment_text, date_only=False)
    return _duration_text if name in DURATIONS else _plain_text


def _plain_text(value: float | str) -> str:
    return value if isinstance(value, str) else number_text(value)


def _duration_text(value: float | str) -> str:
    return value if isinstance(value, str) else duration_text(value)


def _moment_text(value: float | str, *, date_only: bool) -> str:
    """Write the ISO date; with the time of day where the format shows it, or the value has one all the same."""
    if isinstance(value, str):
        return value
    try:
        moment = EPOCH + timedelta(seconds=value)
    except OverflowError:
        return number_text(value)  # a code such as 99999999999999 in a date variable
    whole_day = (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)
    return moment.date().isoformat() if date_only and whole_day else moment.isoformat(sep=" ")


def _in_ranges(ranges: Sequence[Mapping[str, Any]], value: Value) -> bool:
    return any(
        isinstance(value, str) == isinstance(each["lo"], str) and each["lo"] <= value <= each["hi"] for each in ranges
    )
