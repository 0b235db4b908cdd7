"""Two waves together: who returned, who changed an answer, and how a wave looks with another's composition."""

from typing import Any

import pandas as pd
import pytest

from recount.errors import EstimateError
from recount.estimate.coded import Coding
from recount.estimate.compare import compare_waves
from recount.estimate.composition import Answered
from recount.study.codebook import Codebook
from recount.study.settings import Settings
from tests.estimate.hand_built import categories, make_instrument

WAVES = {wave: {"column": "x"} for wave in ("2018", "2020")}
QUESTIONS: list[dict[str, Any]] = [
    {"id": "name", "type": "id", "waves": WAVES},
    {"id": "size", "type": "single", "categories": categories("small", "large"), "waves": WAVES},
    {
        "id": "office",
        "type": "single",
        "categories": categories("yes", "no", "unsure", missing=("unsure",)),
        "waves": WAVES,
    },
    {
        "id": "tools",
        "type": "multi",
        "categories": categories("web", "mail"),
        "nets": {"any": ["web", "mail"]},
        "waves": {wave: {"column": "t", "separator": ";"} for wave in WAVES},
    },
    {"id": "why", "type": "text", "coded": True, "waves": WAVES},
]
BOOK = Codebook.declared_in(
    "c.yaml",
    {
        "version": "1",
        "questions": {"why": [{"id": each, "label": each, "definition": each} for each in ("money", "time")]},
    },
)
# Respondents A to H of 2018, and E to J of 2020.
EARLIER = {
    "respondent": list("ABCDEFGH"),
    "size": ["small"] * 6 + ["large"] * 2,
    "office": ["yes", "no", "yes", "no", "yes", "no", "no", "unsure"],
    "tools__web": [True] * 8,
    "tools__mail": [False] * 8,
    "why": ["x"] * 8,
}
LATER = {
    "respondent": list("EFGHIJ"),
    "size": ["small", "small", "large", "large", "large", "large"],
    "office": ["no", "yes", "yes", "yes", "yes", None],
    "tools__web": [True, False, True, True, False, True],
    "tools__mail": [True] * 6,
    "why": ["x"] * 6,
}
CODES = {
    "2018": [("E", "money"), ("F", "time"), ("G", "money")],
    "2020": [("E", "time"), ("F", "time"), ("I", "money")],
}


def settings(**more: Any) -> Settings:
    waves = {wave: {"export": "x.csv", "design": "nonprobability"} for wave in WAVES}
    estimates = {"minimum_base": 1, **more.pop("estimates", {})}
    content = {"title": "S", "waves": waves, "paper": {"wave": "2020"}, "estimates": estimates, **more}
    return Settings.declared_in("config.yaml", content)


def answered(wave: str, table: dict[str, Any]) -> Answered:
    rows = pd.DataFrame({**table, "row": range(2, 2 + len(table["respondent"]))})
    codes = pd.DataFrame(CODES[wave], columns=["respondent", "code"]).assign(question="why", decided_by="agreement")
    return Answered(wave=wave, clean=rows, coding=Coding(codes, None, None, BOOK))


def compared(
    questions: list[dict[str, Any]] = QUESTIONS,
    later: dict[str, Any] = LATER,
    earlier: dict[str, Any] = EARLIER,
    **more: Any,
) -> pd.DataFrame:
    waves = {"2018": answered("2018", earlier), "2020": answered("2020", later)}
    return compare_waves(waves, instrument=make_instrument(*questions), settings=settings(**more)).set_index("key")


def value(rows: pd.DataFrame, key: str) -> float:
    return float(rows.loc[f"2020/{key}/since=2018", "value"])


def test_who_returns_came_to_an_answer_or_left_it_is_counted_by_id() -> None:
    got = compared()
    assert value(got, "-/returning") == 4  # E, F, G and H
    assert value(got, "office/returning") == 3  # H was unsure in 2018, and not in the base
    assert (value(got, "office/gained/yes"), value(got, "office/lost/yes")) == (2, 1)  # F and G; E
    assert value(got, "office/change/yes") == pytest.approx(1 / 3)
    assert value(got, "office/change/no") == pytest.approx(-1 / 3)


def test_several_answers_their_nets_and_codes_are_followed_too() -> None:
    got = compared()
    assert (value(got, "tools/gained/mail"), value(got, "tools/lost/web")) == (4, 1)
    assert value(got, "tools/change/any") == 0
    assert value(got, "why/returning") == 2  # E and F have codes in both
    assert (value(got, "why/gained/time"), value(got, "why/lost/money")) == (1, 1)


def test_the_change_is_the_difference_of_both_shares_of_those_who_returned() -> None:
    row = compared().loc["2020/tools/change/web/since=2018"]
    assert row["value"] == pytest.approx(3 / 4 - 4 / 4)
    assert row["low"] < row["value"] < row["high"]
    assert row["method"] == "newcombe paired"


def test_across_a_break_nobody_is_followed() -> None:
    broken = [
        {**each, "waves": {"2018": {"column": "x", "text": "Else?"}, "2020": {"column": "x"}}}
        if each["id"] == "office"
        else each
        for each in QUESTIONS
    ]
    keys = compared(broken).index
    assert not keys.str.startswith("2020/office/").any()
    assert keys.str.startswith("2020/tools/").any()


def test_where_respondents_are_protected_or_waves_are_weighted_nobody_is_followed() -> None:
    assert compared(estimates={"protect": "respondents"}).empty
    weight = {"id": "w", "type": "weight", "waves": {"2020": {"column": "w"}}}
    assert compared([*QUESTIONS, weight], LATER | {"w": [1.0] * 6}).empty


def test_without_ids_nobody_can_be_found_again() -> None:
    assert compared(QUESTIONS[1:]).empty


def test_a_small_base_hides_a_change() -> None:
    row = compared(estimates={"minimum_base": 4}).loc["2020/office/change/yes/since=2018"]
    assert (row["hidden"], row["base"]) == ("base under 4", 3)
    assert pd.isna(row["value"])


def test_a_hidden_part_of_a_change_hides_the_change() -> None:
    got = compared(estimates={"minimum_cell": 2, "minimum_base": 1})
    parts = got[got["statistic"].isin(["gained", "lost"]) & (got["hidden"] != "")]
    assert not parts.empty
    for key in parts.index:
        change = got.loc[key.replace("/gained/", "/change/").replace("/lost/", "/change/")]
        assert (change["hidden"], pd.isna(change["value"])) == ("cell under 2", True)


def test_a_wave_gets_the_composition_of_another_and_what_it_costs_is_told() -> None:
    got = compared(comparison={"weight_to": "2020", "by": ["size"]})
    # In 2020 4 of 6 are large; in 2018 2 of 8: the two weigh 8 * 2/3 / 2 = 8/3 each, the six 8 * 1/3 / 6 = 4/9 each.
    assert got.loc["2018/size/standardised_share/large", "value"] == pytest.approx(4 / 6)
    yes, no = 3 * 4 / 9, 3 * 4 / 9 + 8 / 3
    assert got.loc["2018/office/standardised_share/yes", "value"] == pytest.approx(yes / (yes + no))
    assert got.loc["2018/-/effective_n", "value"] == pytest.approx(8**2 / (2 * (8 / 3) ** 2 + 6 * (4 / 9) ** 2))
    assert got.loc["2020/-/effective_n", "value"] == pytest.approx(6)
    assert got.loc["2020/office/standardised_share/yes", "value"] == pytest.approx(4 / 5)


def test_who_said_nothing_of_the_composition_keeps_their_part_of_the_wave() -> None:
    later = LATER | {"size": ["small", None, "large", "large", "large", None]}
    got = compared(later=later, comparison={"weight_to": "2018", "by": ["size"]})
    assert got.loc["2020/size/standardised_share/small", "value"] == pytest.approx(6 / 8)
    assert got.loc["2020/size/standardised_share/small", "base"] == 4
    assert got.loc["2020/size/standardised_share/small", "weighted_base"] == pytest.approx(4)


@pytest.mark.parametrize(
    ("by", "later", "why"),
    [
        (["size"], {"size": ["large"] * 6}, "nobody of wave 2020 is of this level"),
        (["tools"], {}, "a question of type multi says no composition"),
    ],
)
def test_a_composition_that_cannot_be_had_is_told(by: list[str], later: dict[str, Any], why: str) -> None:
    with pytest.raises(EstimateError, match=why):
        compared(later=LATER | later, comparison={"weight_to": "2018", "by": by})
