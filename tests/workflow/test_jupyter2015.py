"""The published themes of the Jupyter Notebook UX survey, answer by answer."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from recount.coding.io import read_codes, read_uncoded
from recount.estimate.io import read_estimates
from tests.workflow.studies import shared_data

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("jupyter2015")]

PER_ANSWER = {0: 94, 1: 308, 2: 220, 3: 88, 4: 31, 5: 14, 6: 8}


@pytest.fixture(scope="module")
def published() -> dict[str, set[str]]:
    """The themes of each respondent, from the table that the authors published."""
    file = shared_data() / "jupyter2015" / "hinderances_themes.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter=";"))[1:]
    return {f"row-{int(number) + 2}": set(filter(None, themes.split(","))) or {"none"} for number, themes, _ in rows}


@pytest.fixture(scope="module")
def codes(jupyter2015: Path) -> pd.DataFrame:
    return read_codes(jupyter2015 / "results" / "2015" / "codes.csv")


def test_every_answer_has_the_published_themes(codes: pd.DataFrame, published: dict[str, set[str]]) -> None:
    got = codes.groupby("respondent")["code"].agg(set).to_dict()
    assert len(published) == 763
    assert got == published


def test_every_published_count_comes_out(jupyter2015: Path, published: dict[str, set[str]]) -> None:
    exp = Counter(theme for themes in published.values() for theme in themes)
    assert exp["development"] == 425
    assert len(exp) == 12
    estimates = read_estimates(jupyter2015 / "results" / "estimates.csv").set_index("key")
    got = {theme: estimates.loc[f"2015/hinderances/count/{theme}", "value"] for theme in exp}
    assert got == exp
    outcomes = pd.read_csv(jupyter2015 / "results" / "published.csv", dtype="str")
    assert len(outcomes) == 13
    assert set(outcomes["verdict"]) == {"reproduced"}


def test_answers_have_as_many_themes_as_published(codes: pd.DataFrame) -> None:
    assert Counter((codes["code"] != "none").groupby(codes["respondent"]).sum()) == PER_ANSWER


def test_keywords_decided_all_and_the_paper_says_so(jupyter2015: Path, codes: pd.DataFrame) -> None:
    assert set(codes["decided_by"]) == {"rule"}
    assert read_uncoded(jupyter2015 / "results" / "2015" / "uncoded.csv").empty
    paper = (jupyter2015 / "results" / "paper" / "paper.md").read_text(encoding="utf-8")
    assert "No person coded these answers." in paper
    ledger = pd.read_json(jupyter2015 / "results" / "paper" / "numbers.json", typ="series")
    assert ledger["estimates"]["2015/hinderances/by_rule"]["value"] == 763
    share = ledger["estimates"]["2015/hinderances/share/development"]
    assert share["provenance"]["coding"]["decided_by"] == {"rule": 763}
