"""What holds of any table of answers."""

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument

UNWEIGHTED = (
    {"id": "region", "type": "single", "categories": categories("north", "south")},
    {"id": "office", "type": "single", "categories": categories("yes", "no", "unsure", missing=("unsure",))},
    {"id": "trust", "type": "scale", "categories": categories("a", "b", "c"), "net": ["a", "c"]},
    {
        "id": "tools",
        "type": "multi",
        "combinations": True,
        "categories": categories("phone", "web"),
        "waves": {WAVE: {"columns": {"phone": "p", "web": "w"}}},
    },
    {"id": "staff", "type": "number"},
)
PLAIN = make_instrument(*UNWEIGHTED)
WEIGHTED = make_instrument(*UNWEIGHTED, {"id": "weight", "type": "weight"})
NUMBERS = ("value", "low", "high", "se")


def _answer(*choices: str) -> st.SearchStrategy[str | None]:
    return st.sampled_from([*choices, None])


RESPONDENT = st.fixed_dictionaries(
    {
        "region": _answer("north", "south"),
        "office": _answer("yes", "no", "unsure"),
        "trust": _answer("a", "b", "c"),
        "tools": st.none() | st.tuples(st.booleans(), st.booleans()),
        "staff": st.none() | st.integers(-50, 50),
        "weight": st.sampled_from([0.25, 0.5, 1.0, 1.5, 3.0]),
    }
)
WAVES = st.lists(RESPONDENT, min_size=1, max_size=25)
FEW = settings(max_examples=15, deadline=None)


def table(respondents: list[dict[str, Any]], **columns: Any) -> pd.DataFrame:
    ticks = [each["tools"] or (None, None) for each in respondents]
    return make_clean(
        region=[each["region"] for each in respondents],
        office=[each["office"] for each in respondents],
        trust=[each["trust"] for each in respondents],
        tools__phone=pd.array([phone for phone, _ in ticks], dtype="boolean"),
        tools__web=pd.array([web for _, web in ticks], dtype="boolean"),
        staff=[np.nan if each["staff"] is None else float(each["staff"]) for each in respondents],
        weight=columns.get("weight", [each["weight"] for each in respondents]),
    )


def assert_same(got: pd.DataFrame, exp: pd.DataFrame, *, but: tuple[str, ...] = ()) -> None:
    pd.testing.assert_frame_equal(got.drop(columns=list(but)), exp.drop(columns=list(but)), rtol=1e-9, atol=1e-12)


@FEW
@given(WAVES, st.randoms())
def test_the_order_of_the_rows_changes_nothing(respondents: list[dict[str, Any]], random: Any) -> None:
    shuffled = random.sample(respondents, len(respondents))
    got = estimated(table(shuffled), WEIGHTED, groups=("region",))
    assert_same(got, estimated(table(respondents), WEIGHTED, groups=("region",)))


@FEW
@given(WAVES, st.sampled_from([0.001, 3.7, 1e6]))
def test_scaling_the_weights_changes_nothing_but_their_sums(respondents: list[dict[str, Any]], by: float) -> None:
    scaled = [each["weight"] * by for each in respondents]
    got = estimated(table(respondents, weight=scaled), WEIGHTED, groups=("region",))
    exp = estimated(table(respondents), WEIGHTED, groups=("region",))
    changed = got["question"] == "weight"
    assert_same(got[~changed], exp[~changed], but=("weighted_n", "weighted_base"))


@FEW
@given(WAVES, st.sampled_from([1.0, 0.3]))
def test_equal_weights_are_no_weights(respondents: list[dict[str, Any]], weight: float) -> None:
    got = estimated(table(respondents, weight=[weight] * len(respondents)), WEIGHTED, groups=("region",))
    exp = estimated(table(respondents), PLAIN, groups=("region",))
    got = got[got["question"] != "weight"].reset_index(drop=True)
    assert_same(got, exp, but=("weighted_n", "weighted_base", "method"))


@FEW
@given(WAVES)
def test_shares_of_one_choice_sum_to_1_and_shares_asked_too(respondents: list[dict[str, Any]]) -> None:
    got = estimated(table(respondents), WEIGHTED, groups=("region",))
    for statistic, exempt in (("share", ()), ("share_asked", ("tools", "staff", "weight"))):
        shown = got[(got["statistic"] == statistic) & (got["hidden"] == "") & ~got["question"].isin(exempt)]
        sums = shown[shown["question"] != "tools"].groupby(["question", "group", "level"])["value"].sum()
        np.testing.assert_allclose(sums, 1)


@FEW
@given(WAVES)
def test_intervals_hold_their_value_and_are_never_of_zero_width(respondents: list[dict[str, Any]]) -> None:
    got = estimated(table(respondents), WEIGHTED, groups=("region",))
    given_ = got[got["low"].notna()]
    assert (given_["low"] <= given_["value"]).all()
    assert (given_["value"] <= given_["high"]).all()
    assert (given_["low"] < given_["high"]).all()
    assert (got["low"].isna() == got["high"].isna()).all()
    assert (got["se"].dropna() > 0).all()
    shares = given_[given_["unit"] == "share"]
    assert shares["low"].ge(0).all()
    assert shares["high"].le(1).all()


@FEW
@given(WAVES)
def test_every_shown_share_is_its_weighted_numerator_of_its_weighted_base(respondents: list[dict[str, Any]]) -> None:
    got = estimated(table(respondents), WEIGHTED, groups=("region",))
    shares = got[(got["unit"] == "share") & got["value"].notna()]
    np.testing.assert_allclose(shares["value"], shares["weighted_n"] / shares["weighted_base"])
    assert (shares["n"] <= shares["base"]).all()
    assert (got["answered"].dropna() <= got["asked"].dropna()).all()
