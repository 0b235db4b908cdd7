import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from recount.ingest.io import read_raw, write_raw
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export

Read = Callable[..., RawExport]
NAMES = [
    "masculinity/raw-responses.csv",
    "fixtures/qualtrics/sample_3header.csv",
    "fixtures/spss/mrsets_simple_alltypes.sav",
    "fixtures/stata/haven_tagged-na-int.dta",
]


@pytest.mark.parametrize("name", NAMES)
def test_what_is_written_comes_back(data: Path, name: str, tmp_path: Path) -> None:
    exp = read_export(data / name, name=name)
    write_raw(exp, tmp_path / "raw.parquet")
    got = read_raw(tmp_path / "raw.parquet")
    assert got.cells.equals(exp.cells)
    assert got.columns == exp.columns
    assert (got.header, got.roles, got.file) == (exp.header, exp.roles, exp.file)
    assert (got.format, got.encoding, got.delimiter) == (exp.format, exp.encoding, exp.delimiter)


def test_the_same_export_gives_the_same_bytes(read: Read, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_raw(read("a,b\n1,é\n2,\n"), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_file_is_as_the_contract_says(read: Read, tmp_path: Path) -> None:
    write_raw(read("a,\nx\n"), tmp_path / "raw.parquet")
    schema = pq.read_schema(tmp_path / "raw.parquet")
    assert schema.names == ["row", "a", "column 2"]
    assert schema.types == [pa.int32(), pa.string(), pa.string()]
    content = json.loads(schema.metadata[b"recount"])
    assert sorted(content) == ["columns", "delimiter", "encoding", "file", "format", "header", "roles"]
    assert sorted(content["columns"][0]) == ["label", "labels", "missing", "name", "texts"]
    assert content["header"] == [["a", ""]]


def test_null_and_empty_stay_apart(read: Read, tmp_path: Path) -> None:
    write_raw(read("a,b\n1\n2,\n"), tmp_path / "raw.parquet")
    assert read_raw(tmp_path / "raw.parquet").cells["b"].to_pylist() == [None, ""]


def test_columns_of_few_texts_come_as_dictionaries_and_say_the_same(read: Read, tmp_path: Path) -> None:
    lines = [f"row {place},{'yes' if place % 3 else 'no'}" for place in range(600)]
    write_raw(read("\n".join(["own,shared", *lines])), tmp_path / "raw.parquet")
    plain, encoded = (read_raw(tmp_path / "raw.parquet", encoded=each) for each in (False, True))
    kinds = [pa.types.is_dictionary(encoded.cells[name].type) for name in ("own", "shared")]
    assert kinds == [False, True]
    assert encoded.cells.to_pydict() == plain.cells.to_pydict()
    assert encoded.texts("shared").equals(plain.cells["shared"])
