import pandas as pd
import pytest

from recount.errors import EstimateError
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row, values

INSTRUMENT = make_instrument({"id": "office", "type": "single", "categories": categories("yes", "no")})
CLEAN = make_clean(office=["yes", "no", "yes"])


def excluded(*reasons: str) -> pd.DataFrame:
    return pd.DataFrame({"row": range(len(reasons)), "respondent": "", "reason": reasons, "detail": ""})


def test_the_flow_goes_from_contacted_to_respondents() -> None:
    changes = pd.DataFrame({"rule": ["spelling", "spelling", "correction"]})
    got = estimated(CLEAN, INSTRUMENT, contacted=10, excluded=excluded("test", "duplicate", "test"), changes=changes)
    assert {name: row(got, f"-/{name}")["value"] for name in ("contacted", "received", "respondents")} == {
        "contacted": 10,
        "received": 6,
        "respondents": 3,
    }
    reasons = values(got, "-/excluded")
    assert (reasons["test"], reasons["duplicate"], reasons["speeder"]) == (2, 1, 0)
    rules = values(got, "-/changed_cells")
    assert (rules["spelling"], rules["correction"], rules["blanks"]) == (2, 1, 0)


def test_the_response_rate_is_of_those_contacted() -> None:
    got = row(estimated(CLEAN, INSTRUMENT, contacted=12), "-/response_rate")
    assert (got["value"], got["n"], got["base"], got["unit"]) == (0.25, 3, 12, "share")


def test_without_a_known_number_of_contacts_there_is_no_response_rate() -> None:
    statistics = set(estimated(CLEAN, INSTRUMENT)["statistic"])
    assert "response_rate" not in statistics
    assert "contacted" not in statistics


def test_the_flow_is_never_hidden() -> None:
    got = estimated(CLEAN, INSTRUMENT, contacted=12, minimum_base=100)
    assert (got.loc[got["question"] == "-", "hidden"] == "").all()
    assert row(got, "-/response_rate")["value"] == 0.25


def test_rows_that_are_neither_kept_nor_excluded_stop_the_build() -> None:
    with pytest.raises(EstimateError, match="3 rows kept and 0 excluded are not the 5 rows"):
        estimated(CLEAN, INSTRUMENT, received=5)


def test_more_respondents_than_were_contacted_or_exist_stop_the_build() -> None:
    with pytest.raises(EstimateError) as caught:
        estimated(CLEAN, INSTRUMENT, contacted=2, frame=1)
    assert [finding.key for finding in caught.value.findings] == [f"waves.{WAVE}.contacted", f"waves.{WAVE}.frame"]
