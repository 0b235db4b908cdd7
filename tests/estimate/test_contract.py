import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recount.errors import EstimateError
from recount.estimate.io import join_estimates, read_estimates, write_estimates
from tests.estimate.hand_built import ROOT, WAVE, categories, estimated, make_clean, make_instrument

INSTRUMENT = make_instrument(
    {"id": "region", "type": "single", "categories": categories("north", "south")},
    {
        "id": "trust",
        "type": "scale",
        "categories": categories("low", "high"),
        "nets": {"a": ["low"]},
        "net": ["a", "high"],
    },
    {
        "id": "tools",
        "type": "multi",
        "combinations": True,
        "mentions": True,
        "categories": categories("phone", "web"),
        "waves": {WAVE: {"columns": {"phone": "p", "web": "w"}}},
    },
    {"id": "staff", "type": "number"},
    {"id": "when", "type": "date"},
    {"id": "why", "type": "text", "coded": True},
    {"id": "name", "type": "id"},
    {"id": "weight", "type": "weight"},
)
CLEAN = make_clean(
    region=["north", "south", None, "north"],
    trust=["low", "high", "high", None],
    tools__phone=pd.array([True, False, None, True], dtype="boolean"),
    tools__web=pd.array([True, True, None, False], dtype="boolean"),
    staff=[1.5, 2, np.nan, 1 / 3],
    when=pd.to_datetime(["2020-01-01", None, "2020-02-01", "2020-03-01"]),
    why=["money", "time", None, ""],
    weight=[0.1, 0.2, 0.3, 1.7],
)
CODES = pd.DataFrame({"respondent": ["R0"], "question": "why", "code": "money", "decided_by": "rule"})


@pytest.fixture(scope="module")
def estimates() -> pd.DataFrame:
    return estimated(CLEAN, INSTRUMENT, groups=("region",), codes=CODES, contacted=9)


def section() -> str:
    page = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    return page.split("## results/WAVE/estimates.csv")[1].split("\n## ")[0]


def documented_columns() -> list[str]:
    cells = re.findall(r"^\| (`[^|]+`) \|", section(), flags=re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"\w+", cell)]


def test_the_columns_are_those_of_the_documentation(estimates: pd.DataFrame) -> None:
    assert list(estimates.columns) == documented_columns()


def test_every_statistic_is_documented(estimates: pd.DataFrame) -> None:
    statistics = set(estimates["statistic"])
    assert statistics <= set(re.findall(r"`(\w+)`", section()))
    assert {"share", "combination", "net", "chosen_mean", "first", "uncoded", "response_rate"} <= statistics


def test_keys_are_unique_and_made_as_documented(estimates: pd.DataFrame) -> None:
    assert estimates["key"].is_unique
    for each in estimates.to_dict("records"):
        parts = [each["wave"], each["question"], each["statistic"], each["category"]]
        group = f"{each['group']}={each['level']}" if each["group"] else ""
        assert each["key"] == "/".join(part for part in (*parts, group) if part)


def test_without_weights_the_weighted_counts_are_the_plain_ones() -> None:
    plain = make_instrument(*(q.model_dump(exclude_unset=True) for q in INSTRUMENT.questions if q.id != "weight"))
    got = estimated(CLEAN, plain, groups=("region",))
    for name in ("n", "base"):
        pd.testing.assert_series_equal(
            got[f"weighted_{name}"], got[name].astype("Float64").astype("float64"), check_names=False
        )


def test_what_is_written_is_read_back_to_the_last_digit(estimates: pd.DataFrame, tmp_path: Path) -> None:
    write_estimates(estimates, tmp_path / "estimates.csv")
    pd.testing.assert_frame_equal(read_estimates(tmp_path / "estimates.csv"), estimates, check_exact=True)
    written = (tmp_path / "estimates.csv").read_bytes()
    assert b"\r" not in written
    write_estimates(read_estimates(tmp_path / "estimates.csv"), tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == written


def test_texts_that_look_like_missing_values_stay_texts(tmp_path: Path) -> None:
    question = {"id": "NA", "type": "single", "categories": categories("None", "null", "1")}
    got = estimated(make_clean(NA=["None", "null", "1"]), make_instrument(question))
    write_estimates(got, tmp_path / "estimates.csv")
    again = read_estimates(tmp_path / "estimates.csv")
    pd.testing.assert_frame_equal(again, got, check_exact=True)
    assert "2020/NA/share/None" in set(again["key"])


def test_waves_are_joined_in_the_order_given(estimates: pd.DataFrame, tmp_path: Path) -> None:
    other = estimates.assign(wave="2024", key=estimates["key"].str.replace("2020/", "2024/"))
    write_estimates(estimates, tmp_path / "b.csv")
    write_estimates(other, tmp_path / "a.csv")
    join_estimates([tmp_path / "b.csv", tmp_path / "a.csv"], tmp_path / "all.csv")
    exp = pd.concat([estimates, other], ignore_index=True)
    pd.testing.assert_frame_equal(read_estimates(tmp_path / "all.csv"), exp, check_exact=True)


def test_a_table_with_other_columns_is_not_joined(estimates: pd.DataFrame, tmp_path: Path) -> None:
    write_estimates(estimates, tmp_path / "good.csv")
    (tmp_path / "bad.csv").write_text("key,value\n", encoding="utf-8")
    with pytest.raises(EstimateError, match=r"bad\.csv"):
        join_estimates([tmp_path / "good.csv", tmp_path / "bad.csv"], tmp_path / "all.csv")
