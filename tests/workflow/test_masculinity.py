"""FiveThirtyEight's published tables, cell by cell."""

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from recount.display.formatter import Formatter
from recount.estimate.io import read_estimates
from recount.study.instrument import Instrument, read_instrument
from recount.study.settings import read_settings
from tests.workflow.studies import shared_data

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("masculinity")]

LEVELS = {
    "all": ("", ""),
    "18 - 34": ("age", "18-34"),
    "35 - 64": ("age", "35-64"),
    "65 and up": ("age", "65-up"),
    "White": ("race2", "white"),
    "Non-white": ("race2", "non-white"),
    "Has children": ("kids", "has_children"),
    "No children": ("kids", "no_children"),
    "Straight": ("orientation", "straight"),
    "Gay/Bisexual": ("orientation", "gay_bisexual"),
}


def published() -> list[dict[str, str]]:
    file = shared_data() / "masculinity" / "published_long.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spelled(text: str) -> str:
    """The published file lost its apostrophes to question marks."""
    return re.sub(r"(?<=\w)\?(?=\w)", "'", text)


def category_keys(instrument: Instrument) -> dict[tuple[str, str], tuple[str, str]]:
    """(raw column, option) -> (question, category)."""
    found = {}
    for question in instrument.questions:
        for category in question.categories:
            fielding = question.waves["2018"]
            column = fielding.column or fielding.columns[category.id]
            found[column, category.label] = (question.id, category.id)
    return found


@pytest.fixture(scope="module")
def cells(masculinity: Path) -> pd.DataFrame:
    """Each published cell beside what Recount prints for it."""
    instrument = read_instrument(masculinity / "data" / "instrument.yaml")
    formatter = Formatter(read_settings(masculinity / "config.yaml").display)
    estimates = read_estimates(masculinity / "results" / "estimates.csv").set_index("key")
    keys = category_keys(instrument)
    rows = []
    for cell in published():
        question, category = keys[cell["raw_column"], spelled(cell["option"])]
        group, level = LEVELS[cell["subgroup"]]
        key = f"2018/{question}/share/{category}" + (f"/{group}={level}" if group else "")
        estimate = estimates.loc[key]
        printed = formatter.value(estimate["value"], "share", hidden=estimate["hidden"])
        rows.append({**cell, "key": key, "printed": printed, "hidden": estimate["hidden"], "base": estimate["base"]})
    return pd.DataFrame(rows)


def test_all_1820_published_percentages_come_out_to_the_rounding_printed(cells: pd.DataFrame) -> None:
    shown = cells[cells["suppressed"] == "0"]
    wrong = shown[shown["printed"] != shown["published_percent"] + "%"]
    assert len(shown) == 1820
    assert wrong[["key", "published_percent", "printed"]].empty, wrong[["key", "published_percent", "printed"]]


def test_all_130_published_blanks_stay_blank(cells: pd.DataFrame) -> None:
    blank = cells[cells["suppressed"] == "1"]
    assert len(blank) == 130
    assert (blank["hidden"] == "base under 100").all()
    assert (blank["printed"] == "–").all()


def test_every_unweighted_base_is_the_published_one(cells: pd.DataFrame) -> None:
    shown = cells[cells["suppressed"] == "0"]
    assert (shown["base"].astype(int).astype(str) == shown["unweighted_base"]).all()


def test_the_paper_prints_the_published_tables(masculinity: Path) -> None:
    page = BeautifulSoup((masculinity / "results" / "paper" / "paper.html").read_text(encoding="utf-8"), "html.parser")
    heads = " ".join(caption.get_text() for caption in page.find_all("caption"))
    assert len(page.find_all("table")) > 30
    assert "how masculine or “manly” do you feel?" in heads
