"""Which columns are the options of one question, where names, headers, labels and cells have to tell it."""

import pyarrow as pa
import pytest

from recount.fieldwork.posed import Posed, asked
from recount.ingest.raw import Column, RawExport

COUNT = 12
STEM = "What do you use?"
USES = ("Books", "Newspapers", "Computers", "Rooms")


def export(*columns: Column, cells: list[list[str]]) -> RawExport:
    table = {"row": pa.array(range(2, COUNT + 2), pa.int32())}
    table |= {each.name: pa.array(texts, pa.string()) for each, texts in zip(columns, cells, strict=True)}
    return RawExport(pa.table(table), columns, "csv", "utf-8", ())


def numbered(ticked: str, empty: str, wordings: tuple[str, ...], labels: dict[str, str] | None = None) -> RawExport:
    """Q5_1 to Q5_4, in which respondents tick by turns."""
    columns = [Column(f"Q5_{n}", labels=labels or {}, label=text) for n, text in enumerate(wordings, start=1)]
    cells = [[ticked if (row + n) % 3 else empty for row in range(COUNT)] for n in range(len(wordings))]
    return export(*columns, cells=cells)


def questions(raw: RawExport) -> tuple[Posed, ...]:
    return asked(raw).questions


WORDED = tuple(f"{STEM} - {use}" for use in USES)


@pytest.mark.parametrize(
    "raw",
    [
        numbered("1", "0", WORDED),
        numbered("1", "0", WORDED, {"0": "No", "1": "Yes"}),
        numbered("1", "", WORDED, {"1": "Yes"}),
        numbered("Yes", "", WORDED),
        numbered("Yes", "No", tuple(f"{STEM} Tick all that apply. - {use}" for use in USES)),
        numbered("1", "2", tuple(f"{STEM} Tick all that apply. - {use}" for use in USES), {"1": "Yes", "2": "No"}),
        numbered("1", "0", tuple(f"{STEM} {use}" for use in USES)),
    ],
    ids=["0 and 1", "labelled", "1 or blank", "Yes or blank", "Yes and No", "1 and 2", "stem and option in a sentence"],
)
def test_numbered_columns_are_one_question_where_header_or_label_says_so(raw: RawExport) -> None:
    (only,) = questions(raw)
    assert (only.asks, only.spread) == ("multi", True)
    assert only.wording.startswith(STEM)
    assert [option.label for option in only.options] == list(USES)


def test_a_list_of_statements_to_each_of_which_people_say_yes_or_no_stays_a_list() -> None:
    statements = tuple(f"Have you ever done this? - {use}" for use in USES)
    assert [each.asks for each in questions(numbered("Yes", "No", statements))] == ["single"] * 4


def test_options_named_by_the_labels_of_their_codes_are_taken_from_there() -> None:
    columns = [Column(f"Q5_{n}", labels={"1": use}, label=STEM) for n, use in enumerate(USES, start=1)]
    cells = [["1" if (row + n) % 3 else "" for row in range(COUNT)] for n in range(len(USES))]
    (only,) = questions(export(*columns, cells=cells))
    assert [option.label for option in only.options] == list(USES)


def test_columns_in_which_some_say_true_some_false_and_some_nothing_are_a_question_each() -> None:
    columns = [Column(f"s2q5c{n}") for n in range(4)]
    cells = [["true", "false", ""] * 2 + ["true"] * (6 - n) + [""] * n for n in range(4)]
    assert [each.asks for each in questions(export(*columns, cells=cells))] == ["single"] * 4
    whole = [["true", "false"] * 6] * 4
    assert [each.asks for each in questions(export(*columns, cells=whole))] == ["multi"]


def test_cells_that_are_records_are_lists_whatever_was_written_in() -> None:
    said = ["Git\n"] * 9 + ["Darcs,Git\n", "Git\n", '"I keep copies, which are dated' + ", and so on" * 20 + '"\n']
    (only,) = questions(export(Column("s3q3"), cells=[said]))
    assert (only.asks, only.separator) == ("multi", "csv")
    assert [option.label for option in only.options][:2] == ["Git", "Darcs"]
