"""Published percentages of real surveys, from clean tables that are built here and not by the cleaning stage."""

import csv
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.study.instrument import Instrument, Question, read_instrument
from tests.estimate.hand_built import ROOT, categories, estimated, make_clean, make_instrument, shared_data

LEVELS = {
    "all": "",
    "18 - 34": "/age=18-34",
    "35 - 64": "/age=35-64",
    "65 and up": "/age=65-up",
    "White": "/race2=white",
    "Non-white": "/race2=non-white",
    "Has children": "/kids=has_children",
    "No children": "/kids=no_children",
    "Straight": "/orientation=straight",
    "Gay/Bisexual": "/orientation=gay_bisexual",
}


def spelled(text: str) -> str:
    """The files lost their apostrophes to question marks."""
    return re.sub(r"(?<=\w)\?(?=\w)", "'", text)


def masculinity_column(raw: pd.DataFrame, question: Question) -> dict[str, Any]:
    fielding = question.waves["2018"]
    if question.type == "multi":
        block = {f"{question.id}__{name}": raw[column] for name, column in fielding.columns.items()}
        asked = np.any([cells.ne("NA") & cells.ne("") for cells in block.values()], axis=0)
        return {
            name: (cells.ne("Not selected") & cells.ne("NA") & cells.ne("")).astype("boolean").where(asked)
            for name, cells in block.items()
        }
    cells = raw[fielding.column or ""]
    if question.type in ("weight", "number"):
        return {question.id: cells.astype(float)}
    ids = {spelled(each.label): each.id for each in question.categories}
    return {question.id: cells.map(lambda cell: ids.get(spelled(cell)))}


def masculinity() -> tuple[pd.DataFrame, Instrument]:
    instrument = read_instrument(ROOT / "examples" / "masculinity" / "data" / "instrument.yaml")
    file = shared_data() / "masculinity" / "raw-responses.csv"
    raw = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
    columns: dict[str, Any] = {"respondent": raw.iloc[:, 0], "row": np.arange(2, len(raw) + 2)}
    for question in instrument.asked_in("2018"):
        if question.type != "id":
            columns |= masculinity_column(raw, question)
    return pd.DataFrame(columns), instrument


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    """Each published cell of the masculinity survey, with the estimate of the same key."""
    clean, instrument = masculinity()
    groups = ("age", "race2", "kids", "orientation")
    got = estimated(clean, instrument, groups=groups, minimum_base=100, wave="2018").set_index("key")
    names = {
        (each.waves["2018"].column or each.waves["2018"].columns[category.id], category.label): (each.id, category.id)
        for each in instrument.asked_in("2018")
        for category in each.categories
    }
    with (shared_data() / "masculinity" / "published_long.csv").open(encoding="utf-8") as file:
        published = pd.DataFrame(list(csv.DictReader(file)))
    keys = []
    for raw_column, option, subgroup in published[["raw_column", "option", "subgroup"]].to_numpy():
        question, category = names[raw_column, spelled(option)]
        keys.append(f"2018/{question}/share/{category}{LEVELS[subgroup]}")
    return published.assign(key=keys).join(got, on="key", suffixes=("", " estimated"))


def test_all_1820_published_weighted_percentages_of_the_masculinity_survey_come_out(cells: pd.DataFrame) -> None:
    shown = cells[cells["suppressed"] == "0"]
    assert len(shown) == 1820
    exp = shown["published_percent"].astype(float)
    wrong = shown[~((shown["value"] * 100 - exp).abs() <= 0.5)]
    assert wrong.empty, wrong[["key", "published_percent", "value"]].to_string()
    first = shown[shown["key"] == "2018/masculine/share/very_masculine"].iloc[0]
    assert (round(first["value"] * 100), first["n"], first["base"]) == (37, 612, 1615)


def test_their_unweighted_numerators_and_bases_are_those_of_the_raw_file(cells: pd.DataFrame) -> None:
    shown = cells[cells["suppressed"] == "0"]
    assert (shown["base"].astype("int64") == shown["unweighted_base"].astype("int64")).all()
    assert (shown["n"].astype("int64") == shown["unweighted_n"].astype("int64")).all()


def test_all_130_published_blanks_are_hidden_and_nothing_else(cells: pd.DataFrame) -> None:
    blank = cells["suppressed"] == "1"
    assert blank.sum() == 130
    assert (cells.loc[blank, "hidden"] == "base under 100").all()
    assert cells.loc[blank, "value"].isna().all()
    assert (cells.loc[~blank, "hidden"] == "").all()


@pytest.fixture(scope="module")
def toplines() -> pd.DataFrame:
    """The published cells of the State of Haskell survey of 2021 that name their raw column."""
    with (shared_data() / "haskell" / "published_toplines.csv").open(encoding="utf-8") as file:
        published = pd.DataFrame(list(csv.DictReader(file)))
    return published[(published["wave"] == "2021") & (published["raw_column"] != "")]


def test_the_published_counts_and_percentages_of_the_haskell_survey_come_out(toplines: pd.DataFrame) -> None:
    file = shared_data() / "haskell" / "2021-state-of-haskell-survey-results.csv"
    raw = pd.read_csv(file, dtype="str", keep_default_na=False, encoding="utf-8")
    single = toplines[toplines["kind"] == "single select"]
    questions, columns = [], {}
    for column, part in single.groupby("raw_column"):
        ids = {option: f"o{place}" for place, option in enumerate(part["option"])}
        questions.append(
            {"id": column, "type": "single", "base": "respondents", "categories": categories(*ids.values())}
        )
        columns[column] = raw[column].str.strip().map(ids)
    got = estimated(make_clean(**columns), make_instrument(*questions)).set_index("key")
    places = single.groupby("raw_column").cumcount().astype("str")
    rows = got.loc["2020/" + single["raw_column"] + "/share/o" + places]
    assert len(rows) > 150
    assert (rows["base"] == 1152).all()
    assert rows["n"].tolist() == single["published_count"].astype(int).tolist()
    exp = single["published_percent"].str.rstrip("%").astype(float).to_numpy()
    np.testing.assert_allclose(rows["value"] * 100, exp, atol=0.5 + 1e-9)
