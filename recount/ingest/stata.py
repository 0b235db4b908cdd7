"""Stata files (.dta): codes with value labels; tagged missing values (`.a` to `.z`)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from recount.ingest.numbers import number_text, short_number_text
from recount.ingest.raw import RawExport
from recount.ingest.statistical import Reading, Variable, export_of

EPOCH = datetime(1960, 1, 1)  # noqa: DTZ001 - Stata knows no time zones


def read(path: Path, *, file: str, encoding: str = "auto") -> RawExport:
    """Read a Stata file; raise `ExportError` where it cannot be read.

    Dates (%td) and moments (%tc, %tC) are written in ISO form; other periods (%tw, %tm, %tq, %th, %ty) are the numbers
    that Stata stores. A tagged missing value is written as Stata does: `.a`.
    """
    import pyreadstat

    reading = Reading(format="stata", product="Stata", read=pyreadstat.read_dta, variables=variables)
    return export_of(path, reading, file=file, encoding=encoding)


def variables(meta: Any) -> tuple[Variable, ...]:
    """Describe each variable from pyreadstat's metadata."""
    return tuple(
        Variable(
            name=name,
            label=label or "",
            text=text_by(meta.readstat_variable_types.get(name, ""), meta.original_variable_types.get(name, "")),
            labels=meta.variable_value_labels.get(name, {}),
            is_missing=partial(_is_tag, meta.readstat_variable_types.get(name, "")),
        )
        for name, label in zip(meta.column_names, meta.column_labels, strict=True)
    )


def text_by(storage: str, variable_format: str) -> Callable[[Any], str]:
    """Choose how the values of a variable read, by its storage type and its Stata format (`%9.0g`, `%td`, `%tc`)."""
    if storage == "string":
        return str
    return partial(_value_text, storage=storage, kind=variable_format.lstrip("%-")[:2])


def _is_tag(storage: str, value: object) -> bool:
    return storage != "string" and isinstance(value, str)


def _value_text(value: float | str, *, storage: str, kind: str) -> str:
    if isinstance(value, str):
        return f".{value}"
    try:
        if kind in ("td", "d"):
            return _day_text(value)
        if kind in ("tc", "tC"):
            return (EPOCH + timedelta(milliseconds=value)).isoformat(sep=" ")
    except OverflowError:
        return number_text(value)
    return short_number_text(value) if storage == "float" else number_text(value)


def _day_text(value: float) -> str:
    moment = EPOCH + timedelta(days=value)
    return moment.date().isoformat() if float(value).is_integer() else moment.isoformat(sep=" ")
