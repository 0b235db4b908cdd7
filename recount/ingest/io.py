"""raw.parquet: the raw cells, and with them all that the export says of its columns."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from recount.ingest.raw import Column, RawExport

KEY = b"recount"


def write_raw(export: RawExport, path: str | Path) -> None:
    """Write an export as docs/tables.md says; the same export gives the same bytes."""
    table = export.cells.replace_schema_metadata({KEY: _described(export).encode()})
    pq.write_table(table, path, compression="zstd")


def read_raw(path: str | Path, *, encoded: bool = False) -> RawExport:
    """Read what `write_raw` wrote; `encoded` gives columns of few texts as dictionaries, in a fraction of the time."""
    with pq.ParquetFile(path) as file:
        few = _of_few_texts(file.metadata) if encoded else None
    with pq.ParquetFile(path, read_dictionary=few) as file:
        table = file.read()
    content: dict[str, Any] = json.loads(table.schema.metadata[KEY])
    return RawExport(
        cells=table.replace_schema_metadata(None),
        columns=tuple(
            Column(
                name=column["name"],
                texts=tuple(column["texts"]),
                labels=column["labels"],
                missing=tuple(column["missing"]),
                label=column["label"],
            )
            for column in content["columns"]
        ),
        format=content["format"],
        encoding=content["encoding"],
        header=tuple(tuple(row) for row in content["header"]),
        delimiter=content["delimiter"],
        roles=content["roles"],
        file=content["file"],
    )


def _of_few_texts(metadata: pq.FileMetaData) -> list[str]:
    """The columns that the file keeps as a dictionary: a text by itself takes four bytes for its length alone."""
    groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
    return [
        name
        for place, name in enumerate(metadata.schema.names)
        if name != "row" and all(group.column(place).total_uncompressed_size < 4 * group.num_rows for group in groups)
    ]


def _described(export: RawExport) -> str:
    """The metadata as JSON; labels stay in the file's order, which is often the scale's."""
    content = {
        "columns": [
            {
                "label": column.label,
                "labels": dict(column.labels),
                "missing": list(column.missing),
                "name": column.name,
                "texts": list(column.texts),
            }
            for column in export.columns
        ],
        "delimiter": export.delimiter,
        "encoding": export.encoding,
        "file": export.file,
        "format": export.format,
        "header": [list(row) for row in export.header],
        "roles": dict(sorted(export.roles.items())),
    }
    return json.dumps(content, ensure_ascii=False)
