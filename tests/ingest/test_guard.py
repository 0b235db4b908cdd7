"""What a spreadsheet could run as a formula is guarded, and every text comes back as it was."""

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.ingest.guard import guarded, guarded_table, unguarded, unguarded_table

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "+1",
    "-1 is too little",
    "@SUM(A1)",
    "\tindented",
    "\rreturned",
    " =1+1",
    "＝1+1",
    "'=1+1",
    "''=1+1",
]
HARMLESS = ["no money", "'tis so", "a = b", "1-2", "", "''"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    got = guarded(pd.Series([text], dtype="str"))
    assert got.tolist() == [f"'{text}"]
    assert unguarded(got).tolist() == [text]


@pytest.mark.parametrize("text", HARMLESS)
def test_any_other_text_is_written_as_it_is(text: str) -> None:
    texts = pd.Series([text], dtype="str")
    assert guarded(texts).tolist() == [text]
    assert unguarded(texts).tolist() == [text]


def test_a_null_stays_null() -> None:
    texts = pd.Series([None, "=1"], dtype="str")
    assert guarded(texts).isna().tolist() == [True, False]
    assert unguarded(texts).isna().tolist() == [True, False]


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("='\"\r\n\t+-@,; "), max_size=8)


@given(st.lists(ANYTHING, min_size=1, max_size=8))
def test_every_text_comes_back_and_none_begins_as_a_formula(texts: list[str]) -> None:
    exp = pd.Series(texts, dtype="str")
    got = guarded(exp)
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in got)
    assert unguarded(got).tolist() == texts


@given(st.lists(ANYTHING | st.none(), min_size=1, max_size=8))
def test_a_table_of_arrows_is_guarded_as_a_series_is(texts: list[str | None]) -> None:
    table = pa.table({"a": pa.array(texts, pa.string()), "n": pa.array(range(len(texts)))})
    got = guarded_table(table)
    exp = [None if text is None else guarded(pd.Series([text], dtype="str"))[0] for text in texts]
    assert got["a"].to_pylist() == exp
    assert unguarded_table(got).equals(table)
    assert guarded_table(table.slice(1))["a"].to_pylist() == exp[1:]
    encoded = pa.table({"a": table["a"].dictionary_encode()})
    assert guarded_table(encoded)["a"].to_pylist() == exp
