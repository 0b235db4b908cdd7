"""The fast reader and Python's csv module must agree wherever the fast one gives an answer."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from recount.errors import ExportError
from recount.ingest.delimited import records
from recount.ingest.records import table_of
from recount.ingest.strict import table_if_strict

SOUP = st.text(alphabet='ab",;\n\r \t\0é', max_size=60)


def by_csv_module(path: Path, delimiter: str) -> pa.Table | None:
    """Read all records by Python's csv module under the names that the fast reader was given."""
    with path.open(encoding="utf-8", newline="") as stream:
        try:
            rows = list(records(stream, delimiter, file="soup.csv"))
        except ExportError:
            return None
    if not rows or rows[0][0] != 1:
        return None
    try:
        return table_of(iter(rows), [f"c{place}" for place in range(len(rows[0][1]))], file="soup.csv")
    except ExportError:
        return None


def width_of(content: str, delimiter: str) -> int:
    rows = csv.reader(content.splitlines(keepends=True), delimiter=delimiter)
    return len(next(rows, []))


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=SOUP)
@example(content='a,b\n"x"y,z\n')
@example(content='a,b\n"x""y","z"\n')
@example(content='a,b\nx"y,z"\n')
@example(content='a,b\n1,"open\n')
@example(content="a,b\n1,2\n\n")
@example(content="a,b\r1,2\r")
@example(content='"","",\n"\n",",",""')
def test_the_fast_reader_never_contradicts_the_csv_module(content: str, tmp_path: Path) -> None:
    path = tmp_path / "soup"
    path.write_bytes(content.encode())
    for width in {width_of(content, ","), 2, 3}:
        names = [f"c{place}" for place in range(width)]
        got = table_if_strict(path, names, delimiter=",", encoding="utf-8", header_rows=0)
        if got is not None:
            exp = by_csv_module(path, ",")
            assert exp is not None
            assert got.to_pydict() == exp.to_pydict()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.lists(st.tuples(*[st.text(alphabet='ab",\n\r\0é ', max_size=4)] * 3).filter(any), min_size=1, max_size=6),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_the_fast_reader_takes_what_the_csv_module_writes(
    rows: list[tuple[str, str, str]], quoting: int, tmp_path: Path
) -> None:
    path = tmp_path / "written"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=quoting).writerows(rows)
    got = table_if_strict(path, ["a", "b", "c"], delimiter=",", encoding="utf-8", header_rows=0)
    assert got is not None
    assert list(zip(*(got[name].to_pylist() for name in "abc"), strict=True)) == rows


@pytest.mark.parametrize(
    "content",
    [
        'a,b\n"x"y,z\n',  # text after a closing quote
        'a,b\nx"y,z\n',  # a quote within an unquoted cell
        'a,b\n"x,z\n',  # a quote that is not closed
        "a,b\n1\n",  # a short row
        "a,b\n1,2,3\n",  # a long row
        "a,b\n\n1,2\n",  # a blank line
        "a\n1\n",  # one column
        "",
    ],
)
def test_what_leaves_a_doubt_is_left_to_the_csv_module(content: str, tmp_path: Path) -> None:
    path = tmp_path / "doubtful"
    path.write_bytes(content.encode())
    names = ["a"] if content.startswith("a\n") else ["a", "b"]
    assert table_if_strict(path, names, delimiter=",", encoding="utf-8", header_rows=1) is None


def test_a_record_over_two_blocks_is_read_or_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recount.ingest.strict.BLOCK", 64)
    monkeypatch.setattr("recount.ingest.strict.PIECE", 7)
    path = tmp_path / "blocks"
    rows = [["a", "b"], *[[f"{number}", 'one "two"\nthree, ' * (number % 3)] for number in range(200)]]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    got = table_if_strict(path, ["a", "b"], delimiter=",", encoding="utf-8", header_rows=1)
    assert got is not None
    assert [list(row) for row in zip(got["a"].to_pylist(), got["b"].to_pylist(), strict=True)] == rows[1:]
    assert got["row"].to_pylist() == list(range(2, 202))
