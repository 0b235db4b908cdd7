import pandas as pd

from recount.ingest.raw import Column
from tests.clean.conftest import Changed, Study

WORDS = {"id": "words", "type": "text"}


def test_text_keeps_all_but_the_blanks_around_it(study: Study, changed: Changed) -> None:
    hostile = '<b>=1+1</b>\r\n"x";\x07'
    got = study.clean({"words": [hostile, " two  words\n", "", None]}, WORDS)
    assert got.clean["words"].tolist()[:2] == [hostile.strip(), "two  words"]
    assert got.clean["words"].isna().tolist() == [False, False, True, True]
    assert got.clean["words"].dtype == "str"
    assert changed(got) == [(3, "words", " two  words\n", "two  words", "blanks")]


def test_missing_texts_mean_no_answer_in_text_too(study: Study, changed: Changed) -> None:
    got = study.clean({"words": ["N/A", "n/a is what I say", "９９"]}, {**WORDS, "missing": ["n/a", "99"]})
    assert changed(got) == [(2, "words", "N/A", "", "missing text"), (4, "words", "９９", "", "missing text")]
    assert got.clean["words"].notna().tolist() == [False, True, False]


def test_codes_that_the_file_declares_missing_are_logged(study: Study, changed: Changed) -> None:
    column = Column("words", missing=("-9",))
    got = study.clean(study.export({"words": ["-9", "x"]}, about={"words": column}), WORDS)
    assert changed(got) == [(2, "words", "-9", "", "user missing")]


def test_the_id_becomes_the_respondent(study: Study, changed: Changed) -> None:
    got = study.clean({"who": [" C001", "C002"], "words": ["a", "b"]}, {"id": "who", "type": "id"}, WORDS)
    exp = pd.DataFrame({"respondent": ["C001", "C002"], "row": [2, 3], "words": ["a", "b"]}).astype({"row": "int32"})
    pd.testing.assert_frame_equal(got.clean, exp)
    assert changed(got) == [(2, "respondent", " C001", "C001", "blanks")]


def test_without_an_id_the_respondent_is_named_by_the_row(study: Study) -> None:
    assert study.clean({"words": ["a", "a"]}, WORDS).clean["respondent"].tolist() == ["row-2", "row-3"]
