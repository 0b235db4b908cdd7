from collections.abc import Callable

import pytest

from recount.errors import ExportError
from recount.ingest.delimited import sniffed
from recount.ingest.raw import RawExport

Read = Callable[..., RawExport]


def rows_of(export: RawExport) -> list[tuple[str | None, ...]]:
    return list(zip(*(export.cells[each.name].to_pylist() for each in export.columns), strict=True))


def test_texts_that_other_readers_delete_or_convert_stay_as_they_are(read: Read) -> None:
    got = read('a,b\nNA,None\n"1,5",007\nnull, x \nTRUE,\n"",1e5\n')
    assert rows_of(got) == [
        ("NA", "None"),
        ("1,5", "007"),
        ("null", " x "),
        ("TRUE", ""),
        ("", "1e5"),
    ]


def test_a_short_row_gives_nulls_and_an_empty_cell_does_not(read: Read) -> None:
    got = read("a,b,c\n1\n2,,\n3,4,5\n")
    assert rows_of(got) == [("1", None, None), ("2", "", ""), ("3", "4", "5")]


def test_rows_that_are_too_long_are_all_listed(read: Read) -> None:
    with pytest.raises(ExportError) as error:
        read("a,b\n1,2\n3,4,x\n5,6\n7,8,,y\n")
    got = [(finding.row, finding.value) for finding in error.value.findings]
    assert got == [(3, "x"), (5, "y")]
    assert "4 cells, the header 2" in str(error.value)


def test_empty_cells_beyond_the_header_become_columns(read: Read) -> None:
    got = read("a,b\n1,2\n3,4,,\n5\n")
    assert [each.name for each in got.columns] == ["a", "b", "column 3", "column 4"]
    assert rows_of(got) == [("1", "2", None, None), ("3", "4", "", ""), ("5", None, None, None)]


def test_a_blank_line_is_no_record_but_counts_as_a_row(read: Read) -> None:
    got = read("\na,b\n1,2\n\n3,4\n\n")
    assert got.cells["row"].to_pylist() == [3, 5]


def test_a_quoted_line_end_does_not_count_as_a_row(read: Read) -> None:
    got = read('a,"b\nc"\n1,"two\r\nlines"\n3,4\n')
    assert got.cells["row"].to_pylist() == [2, 3]
    assert got.columns[1].name == "b\nc"
    assert got.cells["b\nc"].to_pylist() == ["two\r\nlines", "4"]


def test_control_characters_and_markup_are_text(read: Read) -> None:
    hostile = ["a\0b", "\x1b[31m", "<script>alert(1)</script>", "=HYPERLINK()", "\u202eabc", "\u2028"]
    got = read("x,y\n" + "".join(f"{text},1\n" for text in hostile))
    assert got.cells["x"].to_pylist() == hostile


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_delimiter_is_sniffed(read: Read, delimiter: str) -> None:
    got = read(delimiter.join("abc") + "\n" + delimiter.join(["1", "x y", ""]) + "\n")
    assert got.delimiter == delimiter
    assert got.format == ("tsv" if delimiter == "\t" else "csv")
    assert rows_of(got) == [("1", "x y", "")]


def test_decimal_commas_do_not_make_commas_the_delimiter() -> None:
    assert sniffed(["weight;height\n", "1,5;2,5\n", "3,5;4,5\n"]) == ";"
    assert sniffed(["What, if any, helps?;Age\n", "money;33\n", "time;35\n"]) == ";"


def test_a_single_column_is_read_as_one(read: Read) -> None:
    got = read('answer\nyes\n""\nno\n')
    assert got.cells["answer"].to_pylist() == ["yes", "", "no"]


@pytest.mark.parametrize(
    ("text", "row", "problem"),
    [
        ('a,b\n1,"open\n2,3\n', 2, "unexpected end of data"),
        ('a,b\n1,2\n"x"y,3\n', 3, "expected after"),
    ],
)
def test_a_quote_out_of_place_is_told_with_its_row(read: Read, text: str, row: int, problem: str) -> None:
    with pytest.raises(ExportError, match=problem) as error:
        read(text)
    assert error.value.findings[0].row == row


def test_a_quote_within_an_unquoted_cell_is_text(read: Read) -> None:
    assert rows_of(read('a,b\n5" pipe,say "hi"\n')) == [('5" pipe', 'say "hi"')]


def test_an_answer_may_be_longer_than_the_csv_module_likes(read: Read) -> None:
    answer = "long " * 40_000
    got = read(f"a,b\n{answer},1\n2\n")
    assert got.cells["a"].to_pylist() == [answer, "2"]


def test_names_are_kept_and_made_unique(read: Read) -> None:
    got = read("age,age,,row, age ,age (2)\n1,2,3,4,5,6\n")
    assert [each.name for each in got.columns] == ["age", "age (3)", "column 3", "row (2)", " age ", "age (2)"]
    assert got.cells.column_names[0] == "row"
    assert got.header == (("age", "age", "", "row", " age ", "age (2)"),)


def test_header_rows_as_set_win(read: Read) -> None:
    two = read("a,b\nHow?,Why?\n1,2\n", header_rows=2)
    assert (two.column("b").label, two.cells["row"].to_pylist()) == ("Why?", [3])
    none = read("1,2\n3,4\n", header_rows=0)
    assert [each.name for each in none.columns] == ["column 1", "column 2"]
    assert (none.header, none.cells["row"].to_pylist()) == ((), [1, 2])


def test_an_export_without_responses_has_its_columns(read: Read) -> None:
    got = read("a,b\n")
    assert (got.cells.num_rows, got.cells.column_names) == (0, ["row", "a", "b"])


@pytest.mark.parametrize("content", ["\n\n", "a,b\n1,2\n"])
def test_a_file_shorter_than_its_header_is_told(read: Read, content: str) -> None:
    with pytest.raises(ExportError, match="header should have"):
        read(content, header_rows=3)


def test_format_csv_and_tsv_mean_what_they_say(read: Read) -> None:
    assert read("Respondent ID,Q1\n1,2\n", format="csv").roles == {}
    assert read("a,b\tc\n1,2\t3\n", format="tsv").cells.column_names == ["row", "a,b", "c"]
