"""The published results of two State of Haskell surveys, cell by cell."""

import csv
from pathlib import Path

import pandas as pd
import pytest

from recount.display.formatter import Formatter
from recount.estimate.io import read_estimates
from recount.study.instrument import Instrument, read_instrument
from recount.study.settings import read_settings
from tests.workflow.studies import shared_data

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("haskell")]

DAYS, ADDRESS, EXTENSIONS = "s10q0", "s10q1", "s2q5"
# The columns of the export behind the questions that the results do not name by a column.
COLUMN = {ADDRESS: "s0q0", **{f"s0q{n}": f"s0q{n}" for n in range(1, 13)}}


def published() -> list[dict[str, str]]:
    file = shared_data() / "haskell" / "published_toplines.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def category_keys(instrument: Instrument) -> dict[tuple[str, str, str], tuple[str, str]]:
    """(wave, column, option) -> (question, category)."""
    return {
        (wave, fielding.column or "", category.label): (question.id, category.id)
        for question in instrument.questions
        for wave, fielding in question.waves.items()
        for category in question.categories
    }


@pytest.fixture(scope="module")
def cells(haskell: Path) -> pd.DataFrame:
    """Each published cell, but for the days, beside what Recount counts and prints for it."""
    keys = category_keys(read_instrument(haskell / "data" / "instrument.yaml"))
    formatter = Formatter(read_settings(haskell / "config.yaml").display)
    estimates = read_estimates(haskell / "results" / "estimates.csv").set_index("key")
    rows = []
    for cell in published():
        if cell["question_id"] == DAYS:
            continue
        wave, option = cell["wave"], cell["option"]
        if cell["question_id"] == EXTENSIONS:
            question, category = f"ext_{option}", "on"
        else:
            column = cell["raw_column"] or COLUMN[cell["question_id"]]
            question, category = keys[wave, column, option]
        share = estimates.loc[f"{wave}/{question}/share/{category}"]
        off = estimates.loc[f"{wave}/{question}/count/off"]["value"] if cell["published_count_2"] else None
        rows.append(
            {
                "key": share.name,
                "wave": wave,
                "count": int(share["n"]),
                "published_count": int(cell["published_count"]),
                "off": off,
                "published_off": -float(cell["published_count_2"]) if cell["published_count_2"] else None,
                "percent": formatter.value(share["value"], "share"),
                "published_percent": cell["published_percent"].lstrip("+"),
                "base": share["base"],
                "respondents": int(cell["n_responses"]),
            }
        )
    return pd.DataFrame(rows)


def test_all_published_counts_of_both_years_come_out(cells: pd.DataFrame) -> None:
    assert cells.groupby("wave").size().to_dict() == {"2021": 660 - 15, "2022": 697 - 15}
    wrong = cells[cells["count"] != cells["published_count"]]
    assert wrong.empty, wrong[["key", "count", "published_count"]]


def test_all_published_percentages_come_out_to_the_rounding_printed(cells: pd.DataFrame) -> None:
    wrong = cells[cells["percent"] != cells["published_percent"]]
    assert wrong.empty, wrong[["key", "percent", "published_percent"]]


def test_how_many_want_an_extension_off_comes_out_too(cells: pd.DataFrame) -> None:
    two = cells.dropna(subset=["published_off"])
    assert len(two) == 2 * 113
    wrong = two[two["off"] != two["published_off"]]
    assert wrong.empty, wrong[["key", "off", "published_off"]]


def test_every_base_is_all_respondents(cells: pd.DataFrame) -> None:
    assert (cells["base"] == cells["respondents"]).all()


@pytest.mark.parametrize("wave", ["2021", "2022"])
def test_the_published_days_come_out(haskell: Path, wave: str) -> None:
    clean = pd.read_parquet(haskell / "results" / wave / "clean.parquet")
    got = clean["finished"].astype(str).str[:10].value_counts().to_dict()
    exp = {
        cell["option"]: int(cell["published_count"])
        for cell in published()
        if (cell["wave"], cell["question_id"]) == (wave, DAYS)
    }
    assert len(exp) == 15
    assert got == exp


def test_the_33_cells_that_the_very_words_do_not_give_came_by_rules_that_the_log_tells(haskell: Path) -> None:
    apart = [cell for cell in published() if cell["wave"] == "2022" and cell["raw_column"] and cell["exact"] != "1"]
    assert len(apart) == 33
    log = pd.read_csv(haskell / "results" / "2022" / "changes.csv", dtype=str, keep_default_na=False)
    told = log[log["rule"].isin(["spelling", "write-in"])]
    assert {cell["raw_column"] for cell in apart} <= set(told["column"])
