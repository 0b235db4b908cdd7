import pyarrow as pa
import pytest

from recount.errors import ExportError
from recount.ingest.names import unique
from recount.ingest.numbers import duration_text, number_text
from recount.ingest.raw import Column, RawExport, normalised


def export(*names: str) -> RawExport:
    columns = tuple(Column(name=name) for name in names)
    return RawExport(cells=pa.table({}), columns=columns, format="csv", encoding="utf-8", header=(names,), file="e.csv")


def test_names_are_the_same_but_for_blanks_and_invisible_characters() -> None:
    assert normalised("\ufeffWhat\xa0 is\r\n your\u200b age? ") == "What is your age?"
    assert normalised("Age") != normalised("age")


def test_a_column_is_found_by_the_name_that_an_author_typed() -> None:
    raw = export("How\xa0old?", "Why?")
    assert raw.named("How old?") == Column(name="How\xa0old?")
    assert raw.named("Who?") is None


def test_the_exact_name_comes_before_the_alike() -> None:
    raw = export(" Why?", "Why?")
    assert raw.named("Why?") == Column(name="Why?")


def test_names_that_differ_only_in_blanks_must_be_typed_exactly() -> None:
    with pytest.raises(ExportError, match="several columns"):
        export(" Why?", "Why? ").named("Why?")


def test_columns_are_numbered_without_taking_a_name_that_the_file_gives() -> None:
    assert unique(["a", "a", "a", "a (2)"]) == ["a", "a (3)", "a (4)", "a (2)"]
    assert unique(["", " ", "column 1"]) == ["column 1", "column 2", "column 1 (2)"]
    assert unique(["row", "row"]) == ["row (2)", "row (3)"]


@pytest.mark.parametrize(
    ("value", "exp"), [(5.0, "5"), (0.1, "0.1"), (-3.0, "-3"), (2.0**53, "9007199254740992.0"), (7, "7")]
)
def test_numbers_are_written_short_and_exact(value: float, exp: str) -> None:
    assert number_text(value) == exp
    assert float(number_text(value)) == value


def test_durations_are_clock_times() -> None:
    assert [duration_text(each) for each in (0, 3661, 90000.5, -1)] == [
        "00:00:00",
        "01:01:01",
        "25:00:00.5",
        "-00:00:01",
    ]
