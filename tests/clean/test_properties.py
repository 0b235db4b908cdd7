"""What holds for any export: the log accounts for every difference, and every row is kept or left out for a reason."""

from typing import Any

import pandas as pd
import pyarrow as pa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recount.clean.corrections import HEADER
from recount.clean.replay import as_texts, replayed
from tests.clean.conftest import Study

YES_NO = [{"id": "yes", "label": "Yes", "values": ["1"]}, {"id": "no", "label": "No"}]
OPTIONS = [
    {"id": "money", "label": "Money, time"},
    {"id": "staff", "label": "Staff"},
    {"id": "none", "label": "None", "alone": True},
]
QUESTIONS = (
    {"id": "who", "type": "id"},
    {"id": "a", "type": "single", "categories": YES_NO},
    {"id": "b", "type": "scale", "categories": YES_NO, "universe": {"a": ["yes"]}},
    {
        "id": "m",
        "type": "multi",
        "categories": OPTIONS,
        "universe": {"a": ["yes", "no"]},
        "waves": {"2020": {"columns": {"money": "m1", "staff": "m2", "none": "m3"}}},
    },
    {"id": "l", "type": "multi", "categories": OPTIONS, "waves": {"2020": {"column": "l", "separator": ","}}},
    {"id": "n", "type": "number", "universe": {"m": ["staff"]}},
    {"id": "d", "type": "date"},
    {"id": "t", "type": "text"},
)
TICKS = ("", "1", "Staff", "staff ", "n/a", "0", "Not selected")
CELLS = {
    "who": ("C1", " C2", "C3", "test 1", "", "n/a"),
    "a": ("Yes", "No", "1", "yes", " NO", "", "N/A "),
    "b": ("Yes", "no", "", "YES", "n/a"),
    "m1": ("", "1", "Money, time", "money,  time", "n/a", "0", "Not selected"),
    "m2": TICKS,
    "m3": ("", "1", "None", "n/a", "no"),
    "l": ("", "Money, time", "Staff,Money, time", "staff, None", "None", "n/a", "Staff,Staff"),
    "n": ("", "12", "1,200", "1 200", " 7", "0.10", "N/A"),
    "d": ("", "2018-05-16", "16.5.2018", "2018-05-16 10:00", "n/a"),
    "t": ("", "x", " x\n", "n/a", "=1", "\u00a0"),
}
RESPONSES = st.lists(
    st.fixed_dictionaries({name: st.sampled_from(texts) for name, texts in CELLS.items()}), max_size=12
)
CLEANING = st.fixed_dictionaries(
    {
        "tests": st.just({"respondent": ["TEST"]}),
        "keep": st.sampled_from(["most complete", "first", "last"]),
        "minimum_answered": st.sampled_from([0, 0.5]),
    }
)
CORRECTIONS = st.dictionaries(
    st.tuples(st.integers(2, 13), st.sampled_from(["who", "a", "m1", "m3", "l", "n", "t"])),
    st.integers(0, 3),
    max_size=4,
)


def corrections_of(drawn: Any, responses: Any) -> Any:
    """Corrections that fit: each finds what stands there."""
    lines = [
        [row, "", column, responses[row - 2][column], CELLS[column][place], "why", "MA"]
        for (row, column), place in sorted(drawn.items())
        if row - 2 < len(responses)
    ]
    return pd.DataFrame(lines, columns=list(HEADER))


def cleaned_of(study: Study, responses: Any, cleaning: Any, corrections: Any = None) -> Any:
    raw = study.export({name: [each[name] for each in responses] for name in CELLS})
    return raw, study.clean(raw, *QUESTIONS, cleaning=cleaning, corrections=corrections, missing=["n/a"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(responses=RESPONSES, cleaning=CLEANING, drawn=CORRECTIONS)
def test_replaying_the_log_on_the_raw_cells_gives_the_clean_table(
    study: Study, responses: Any, cleaning: Any, drawn: Any
) -> None:
    raw, got = cleaned_of(study, responses, cleaning, corrections_of(drawn, responses))
    instrument = study.instrument(*QUESTIONS, missing=["n/a"])
    again = replayed(raw, got.changes, got.excluded, instrument=instrument, wave="2020")
    pd.testing.assert_frame_equal(again, as_texts(got.clean))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(responses=RESPONSES, cleaning=CLEANING)
def test_every_row_is_kept_or_left_out_once(study: Study, responses: Any, cleaning: Any) -> None:
    raw, got = cleaned_of(study, responses, cleaning)
    rows = [*got.clean["row"], *got.excluded["row"]]
    assert sorted(rows) == raw.cells["row"].to_pylist()
    assert got.clean["respondent"].is_unique


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(responses=RESPONSES)
def test_the_log_has_one_entry_a_cell_and_none_without_a_difference(study: Study, responses: Any) -> None:
    _, got = cleaned_of(study, responses, {})
    assert not got.changes.duplicated(["row", "variable"]).any()
    assert (got.changes["before"].str.strip() != "").all()
    assert (got.changes["reason"] != "").all()


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), responses=RESPONSES)
def test_the_order_of_rows_decides_nothing_but_ties(study: Study, data: Any, responses: Any) -> None:
    raw, got = cleaned_of(study, responses, {"minimum_answered": 0.5})
    order = data.draw(st.permutations(range(len(responses))))
    shuffled = study.export({name: [responses[place][name] for place in order] for name in CELLS})
    other = study.clean(shuffled, *QUESTIONS, cleaning={"minimum_answered": 0.5}, missing=["n/a"])
    assert sorted(got.clean["respondent"]) == sorted(other.clean["respondent"])
    reasons = [each.excluded.value_counts("reason").sort_index() for each in (got, other)]
    pd.testing.assert_series_equal(*reasons)
    partial = other.excluded.loc[other.excluded["reason"] == "partial", "row"]
    assert {order[row - 2] + 2 for row in partial} == set(got.excluded.loc[got.excluded["reason"] == "partial", "row"])
    assert isinstance(raw.cells, pa.Table)


def test_a_log_that_lost_an_entry_no_longer_accounts_for_the_clean_table(study: Study) -> None:
    told = {"who": " C2", "a": "yes", "b": "n/a", "m1": "money,  time", "m3": "None", "l": "staff, None"}
    responses = [{**told, "m2": "staff ", "n": "1,200", "d": "16.5.2018", "t": " x\n"}]
    raw, got = cleaned_of(study, responses, {})
    instrument = study.instrument(*QUESTIONS, missing=["n/a"])
    assert set(got.changes["rule"]) == {"blanks", "spelling", "missing text", "alone", "number format", "date format"}
    for entry in got.changes.index:
        again = replayed(raw, got.changes.drop(index=entry), got.excluded, instrument=instrument, wave="2020")
        assert not again.equals(as_texts(got.clean)), got.changes.loc[entry].to_dict()
