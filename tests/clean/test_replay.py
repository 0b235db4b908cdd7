"""What the replay reads by itself, so that it needs no entry of the log."""

import pandas as pd
import pytest

from recount.clean.replay import as_texts, replayed
from recount.ingest.raw import Column
from tests.clean.conftest import WAVE, Changed, Study

OPTIONS = [{"id": "money", "label": "Money, time"}, {"id": "other", "label": "Don't know"}]
SPREAD = {
    "id": "m",
    "type": "multi",
    "categories": OPTIONS,
    "waves": {WAVE: {"columns": {"money": "m1", "other": "m2"}}},
}
LISTED = {"id": "l", "type": "multi", "categories": OPTIONS}
WRITTEN = {"id": "which", "type": "text", "waves": {WAVE: {"column": "m2"}}}
SINGLE = {"id": "a", "type": "single", "categories": OPTIONS}


def assert_replayed(
    study: Study, texts: dict[str, list[str | None]], *questions: dict, about: dict[str, Column] | None = None
) -> None:
    raw = study.export(texts, about=about)
    got = study.clean(raw, *questions, missing=["n/a"])
    instrument = study.instrument(*questions, missing=["n/a"])
    again = replayed(raw, got.changes, got.excluded, instrument=instrument, wave=WAVE)
    pd.testing.assert_frame_equal(again, as_texts(got.clean))


def test_any_text_ticks_an_option_in_whose_column_respondents_write(study: Study) -> None:
    assert_replayed(study, {"m1": ["1", "", ""], "m2": ["our own fund", "no", ""]}, SPREAD, WRITTEN)


def test_a_files_labels_say_what_its_codes_mean_however_they_are_spelled(study: Study) -> None:
    about = {
        "a": Column("a", labels={"1": "MONEY,  time ", "2": "Don’t know"}),
        "m1": Column("m1", labels={"1": "Not selected", "2": "Selected"}),
    }
    assert_replayed(study, {"a": ["1", "2"], "m1": ["1", "2"], "m2": ["", ""]}, SINGLE, SPREAD, about=about)


def test_a_cell_of_signs_that_nobody_sees_is_blank_but_for_a_text(study: Study) -> None:
    unseen = ["\u200b", "\u00a0\ufeff", "\t"]
    assert_replayed(study, {"a": unseen, "l": unseen, "t": unseen}, SINGLE, {"id": "t", "type": "text"}, _listed(";"))


MARKS = [(";", ";"), (",", ","), ("|", "|"), ("space", " "), ("newline", "\r\n"), ("csv", ",")]


@pytest.mark.parametrize(("separator", "mark"), MARKS)
def test_blanks_and_doubled_marks_between_options_are_nothing(
    study: Study, changed: Changed, separator: str, mark: str
) -> None:
    money = '"Money, time"' if separator == "csv" else "Money, time"
    cells = [f"Don't know{mark} {money}", f"{mark}{money}{mark}{mark}Don't know {mark}", money]
    assert_replayed(study, {"l": cells}, _listed(separator))
    assert changed(study.clean({"l": cells}, _listed(separator))) == []


def _listed(separator: str) -> dict:
    return {**LISTED, "waves": {WAVE: {"column": "l", "separator": separator}}}
