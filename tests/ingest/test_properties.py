import csv
from io import StringIO
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recount.ingest.names import unique
from recount.ingest.read import read_export

# All of Unicode but lone surrogates, which no encoding can write.
CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
NAME = st.text("abc xyz\xa0?é", max_size=6)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    width = draw(st.integers(2, 5))
    header = draw(st.lists(NAME, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(CELL, min_size=1, max_size=width).filter(lambda row: row != [""]), max_size=8))
    return [header, *rows]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(table=tables(), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32-be"]))
def test_any_table_of_text_comes_back_cell_by_cell(table: list[list[str]], encoding: str, tmp_path: Path) -> None:
    stream = StringIO(newline="")
    csv.writer(stream).writerows(table)
    path = tmp_path / "export"
    path.write_bytes(stream.getvalue().encode(encoding))
    got = read_export(path, name="export.csv", format="csv", encoding=encoding, header_rows=1)
    width = len(table[0])
    cells = zip(*(got.cells[each.name].to_pylist() for each in got.columns), strict=True)
    assert [list(row) for row in cells] == [row + [None] * (width - len(row)) for row in table[1:]]
    assert [list(row) for row in got.header] == table[:1]
    assert got.cells["row"].to_pylist() == list(range(2, len(table) + 1))


@settings(max_examples=100, deadline=None)
@given(names=st.lists(st.sampled_from(["a", "a (2)", "a (3)", "", " ", "column 2", "row", "row (2)"]), max_size=8))
def test_column_names_are_unique_and_the_first_keeps_its_own(names: list[str]) -> None:
    got = unique(names)
    assert len({*got, "row"}) == len(names) + 1
    for name in {each for each in names if each.strip() and each != "row"}:
        assert got[names.index(name)] == name or f"column {got.index(name) + 1}" == name
