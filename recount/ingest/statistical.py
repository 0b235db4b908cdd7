"""What SPSS and Stata files have in common: variables with labels, value labels and codes for missing answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from recount.errors import ExportError, Finding
from recount.ingest import limesurvey, qualtrics, surveymonkey
from recount.ingest.layout import Platform
from recount.ingest.names import unique
from recount.ingest.raw import Column, RawExport

# A stored value: a number, a text, or None for system-missing.
Value = float | str | None
BATCH = 100_000


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A variable of the file: how its values read as text, and which of them the file declares missing."""

    name: str
    label: str
    text: Callable[[Any], str]
    labels: Mapping[Value, str]
    is_missing: Callable[[Any], bool]
    declared: tuple[Value, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One way to read one kind of file: pyreadstat's function, and how its metadata become variables."""

    format: str
    product: str
    read: Callable[..., tuple[Mapping[str, list[Value]], Any]]
    variables: Callable[[Any], tuple[Variable, ...]]


def export_of(path: Path, reading: Reading, *, file: str, encoding: str = "auto") -> RawExport:
    """Read all cases as text, in batches; row 1 is the first case, as the program's data view shows it.

    Codes stand as codes; their labels are in `Column.labels`. `Column.missing` lists the declared single codes, and
    those within a declared range that occur in the data or have a label. System-missing is null.
    """
    chunks: list[list[pa.Array]] = []
    seen: list[set[Value]] = []
    variables: tuple[Variable, ...] = ()
    meta: Any = None
    for values, meta in _batches(path, reading, file, encoding):
        if not variables:
            variables = reading.variables(meta)
            seen = [set() for _ in variables]
        chunks.append(
            [_texts(variable, values[variable.name], found) for variable, found in zip(variables, seen, strict=True)]
        )
    columns = _columns(variables, seen)
    rows = sum(len(arrays[0]) for arrays in chunks if arrays)
    pieces = [pa.chunked_array([arrays[place] for arrays in chunks], pa.string()) for place in range(len(columns))]
    cells = pa.table(
        [pa.array(range(1, rows + 1), pa.int32()), *pieces], names=["row", *(each.name for each in columns)]
    )
    return RawExport(
        cells=cells,
        columns=columns,
        format=reading.format,
        encoding=(meta.file_encoding or "").lower() if encoding == "auto" else encoding,
        header=(),
        roles=platform_roles(columns),
        file=file,
    )


def platform_roles(columns: tuple[Column, ...]) -> dict[str, str]:
    """Find the platform's columns in a file that the platform wrote in another format, by their names."""
    head = [[column.name for column in columns]]
    platforms: tuple[Platform, ...] = (qualtrics, limesurvey, surveymonkey)
    for platform in platforms:
        if platform.recognised(head):
            return platform.roles(columns)
    return {}


def _batches(path: Path, reading: Reading, file: str, encoding: str) -> Iterator[tuple[Mapping[str, list[Value]], Any]]:
    """Read the cases in batches; at least one, though it may be empty."""
    import pyreadstat

    offset, count = 0, BATCH
    try:
        while count == BATCH:
            values, meta = reading.read(
                str(path),
                user_missing=True,
                disable_datetime_conversion=True,
                output_format="dict",
                encoding=None if encoding == "auto" else encoding,
                row_offset=offset,
                row_limit=BATCH,
            )
            yield values, meta
            count = len(next(iter(values.values()), ()))
            offset += count
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError) as error:
        raise ExportError(
            Finding(
                problem=f"the {reading.product} file cannot be read: {error}",
                file=file,
                expected=f"a complete {reading.product} file",
                mend="export it again; or set `encoding:` of the wave in config.yaml, if its text is at fault",
            )
        ) from None


def _texts(variable: Variable, values: Sequence[Value], found: set[Value]) -> pa.Array:
    """Write the values as text, each distinct one once; note which ones occurred."""
    distinct = set(values)
    found |= distinct
    texts = {value: None if value is None else variable.text(value) for value in distinct}
    return pa.array([texts[value] for value in values], pa.string())


def _columns(variables: tuple[Variable, ...], seen: list[set[Value]]) -> tuple[Column, ...]:
    names = unique([variable.name for variable in variables])
    return tuple(
        Column(
            name=name,
            labels={variable.text(value): label for value, label in variable.labels.items()},
            missing=_missing(variable, found),
            label=variable.label,
        )
        for name, variable, found in zip(names, variables, seen, strict=True)
    )


def _missing(variable: Variable, found: set[Value]) -> tuple[str, ...]:
    """The codes that the file declares missing, numbers in their order, then texts."""
    known = {value for value in {*found, *variable.labels} if value is not None and variable.is_missing(value)}
    ordered = sorted({*known, *variable.declared}, key=lambda value: (isinstance(value, str), value))
    return tuple(dict.fromkeys(variable.text(value) for value in ordered))
