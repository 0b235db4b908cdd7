"""Read an export of any format into its raw cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from recount.errors import ExportError, Finding
from recount.ingest import delimited, excel, spss, stata
from recount.ingest.detect import BY_FORMAT, check_kind, kind_of, layout_of
from recount.ingest.layout import Layout
from recount.ingest.names import columns_of
from recount.ingest.raw import Column, RawExport
from recount.ingest.records import Record, table_of
from recount.ingest.strict import table_if_strict
from recount.ingest.text import encoding_of

HEAD = 4


def read_export(
    path: str | Path,
    *,
    name: str,
    format: str = "auto",  # noqa: A002 - a setting
    header_rows: int | None = None,
    encoding: str = "auto",
    sheet: str | None = None,
) -> RawExport:
    """Read an export, whatever its format, as text cells; nothing is parsed and nothing is lost.

    `name` is the file's name as the study knows it: `path` may be a copy without an extension, since the format is
    told by the content. The keywords are the keys of a wave in config.yaml, and win over what the content tells.
    Raise `ExportError` where the file cannot be read as what it is.
    """
    place, file = Path(path), Path(name).name
    kind = kind_of(place, file=file)
    check_kind(kind, format=format, file=file)
    if kind == "spss":
        return spss.read(place, file=file, encoding=encoding)
    if kind == "stata":
        return stata.read(place, file=file, encoding=encoding)
    if kind == "excel":
        records = excel.records(place, file=file, sheet=sheet)
        return _export(records, _Source(file, "excel"), format=format, header_rows=header_rows)
    used = encoding_of(place, name=file, encoding=encoding)
    with place.open(encoding=used, newline="") as stream, delimited.cells_of_any_length():
        delimiter = "\t" if format == "tsv" else delimited.sniffed(delimited.sample(stream))
        source = _Source(file, "tsv" if delimiter == "\t" else "csv", used, delimiter)
        records = delimited.records(stream, delimiter, file=file)
        return _export(records, source, format=format, header_rows=header_rows, path=place)


@dataclass(frozen=True)
class _Source:
    """The file behind some records; `plain` is its format where no platform's layout is recognised."""

    file: str
    plain: str
    encoding: str = ""
    delimiter: str = ""


def _export(
    records: Iterator[Record],
    source: _Source,
    *,
    format: str,  # noqa: A002 - a setting
    header_rows: int | None,
    path: Path | None = None,
) -> RawExport:
    """Read header and records; a text file at `path` is first tried the fast way."""
    head = list(islice(records, HEAD))
    layout = layout_of([_filled(cells) for _, cells in head], format=format, header_rows=header_rows, file=source.file)
    _refuse_headless(head, layout, source)
    header = tuple(tuple(_filled(cells)) for _, cells in head[: layout.header_rows])
    platform = BY_FORMAT.get(layout.format, delimited)
    columns = platform.columns(header) if header else columns_of((), [""] * len(head[0][1]))
    names = [column.name for column in columns]
    cells = None
    if path is not None:
        how = {"delimiter": source.delimiter, "encoding": source.encoding}
        cells = table_if_strict(path, names, header_rows=layout.header_rows, **how)
    if cells is None:
        rest = chain(head[layout.header_rows :], records)
        cells = table_of(rest, names, file=source.file, why=f" ({layout.reason})")
    beyond = tuple(Column(name=name) for name in cells.column_names[1 + len(names) :])
    return RawExport(
        cells=cells,
        columns=columns + beyond,
        format=source.plain if platform is delimited else layout.format,
        encoding=source.encoding,
        header=header,
        delimiter=source.delimiter,
        roles=platform.roles(columns),
        file=source.file,
    )


def _filled(cells: Sequence[str | None]) -> list[str]:
    return [cell or "" for cell in cells]


def _refuse_headless(head: Sequence[Record], layout: Layout, source: _Source) -> None:
    if head and len(head) >= layout.header_rows:
        return
    raise ExportError(
        Finding(
            problem=f"the file has {len(head)} rows, its header should have {layout.header_rows}",
            file=source.file,
            expected=layout.reason,
            mend="export the responses again, or set `header_rows:` of the wave in config.yaml",
        )
    )
