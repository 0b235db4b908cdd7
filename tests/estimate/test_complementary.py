"""What is hidden for the respondents' sake cannot be had by subtraction; nothing else changes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from recount.study.instrument import Instrument
from tests.estimate.attacker import NUMBERS, Attacker, Questionnaire
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row

REGION = {"id": "region", "type": "single", "categories": categories("north", "south", "west")}
SIZE = {"id": "size", "type": "single", "categories": categories("small", "large")}
OFFICE = {"id": "office", "type": "single", "categories": categories("yes", "no", "unsure", missing=("unsure",))}
STAFF = {"id": "staff", "type": "single", "categories": categories("some", "none"), "universe": {"office": ["yes"]}}
TRUST = {"id": "trust", "type": "scale", "categories": categories("low", "mid", "high"), "net": ["high", "low"]}
AGE = {"id": "age", "type": "number"}
TOOLS = {
    "id": "tools",
    "type": "multi",
    "combinations": True,
    "mentions": True,
    "categories": categories("phone", "web"),
    "waves": {WAVE: {"columns": {"phone": "p", "web": "w"}}},
}
GROUPS = ("region", "size")


def protected(clean: pd.DataFrame, instrument: Instrument, minimum_base: int = 3, **options: Any) -> pd.DataFrame:
    return estimated(clean, instrument, minimum_base=minimum_base, protect="respondents", **options)


def by_region(**regions: tuple[str | None, ...]) -> pd.DataFrame:
    """Whether there is an office, region by region; those of no region are under `nowhere`."""
    pairs = [(region, each) for region, answers in regions.items() for each in answers]
    regional = [None if region == "nowhere" else region for region, _ in pairs]
    return make_clean(region=regional, office=[each for _, each in pairs])


def hidden_levels(estimates: pd.DataFrame, question: str, group: str = "region") -> list[str]:
    inside = (estimates["question"] == question) & (estimates["group"] == group) & (estimates["hidden"] != "")
    return list(dict.fromkeys(estimates.loc[inside, "level"]))


def too_small(clean: pd.DataFrame, instrument: Instrument, groups: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rows whose base is too small, but not nobody.

    Not those that follow from how many there are of each level, which is always shown: of a group's question the total
    and who gave no answer; what respondents of a level answered to the group's question and to those behind it.
    """
    got = estimated(clean, instrument, groups=groups, minimum_base=3)
    small = got[got["hidden"].str.startswith("base under") & (got["base"] > 0)]
    silent = (small["statistic"] == "nonresponse") | (small["category"] == "no answer")
    of_levels = small["question"].isin(groups) & (silent | (small["group"] == ""))
    behind = [name for group in groups for name in instrument.question(group).universe_in(WAVE)]
    kept = small[~of_levels & ~small["question"].isin(behind) & (small["question"] != small["group"])]
    return kept.to_dict("records")


YES, NO = ("yes",), ("no",)
CLEAN = by_region(north=YES * 2, south=YES * 3 + NO, west=YES * 3 + NO * 4)


def test_for_readers_a_hidden_count_is_the_total_less_the_levels_shown() -> None:
    got = estimated(CLEAN, make_instrument(REGION, OFFICE), groups=("region",), minimum_base=3)
    assert hidden_levels(got, "office") == ["north"]
    attacker = Attacker(got, Questionnaire(make_instrument(REGION, OFFICE)))
    assert attacker.determines(row(got, "office/share/yes/region=north").to_dict())


def test_for_respondents_the_next_smallest_level_is_hidden_too() -> None:
    instrument = make_instrument(REGION, OFFICE)
    got = protected(CLEAN, instrument, groups=("region",))
    assert hidden_levels(got, "office") == ["north", "south"]
    assert row(got, "office/share/yes/region=north")["hidden"] == "base under 3"
    assert row(got, "office/share/yes/region=south")["hidden"] == "protects base under 3"
    attacker = Attacker(got, Questionnaire(instrument))
    assert not attacker.determines(row(got, "office/share/yes/region=north").to_dict())


def test_of_a_hidden_level_only_its_size_is_shown() -> None:
    got = protected(CLEAN, make_instrument(REGION, OFFICE), groups=("region",))
    inside = got[(got["question"] == "office") & (got["level"] == "south")]
    numbers = inside.drop(columns=["asked"]).select_dtypes("number")
    assert numbers[inside["statistic"] != "asked"].isna().all(axis=None)
    assert (inside["asked"] == 4).all()
    assert row(got, "office/asked/region=south")["value"] == 4


def test_of_two_small_levels_each_protects_the_other() -> None:
    clean = by_region(north=YES * 2, south=NO, west=YES * 3)
    got = protected(clean, make_instrument(REGION, OFFICE), groups=("region",))
    assert hidden_levels(got, "office") == ["north", "south"]


def test_two_small_levels_that_are_too_few_together_need_a_third() -> None:
    clean = by_region(north=YES, south=NO, west=YES * 3)
    got = protected(clean, make_instrument(REGION, OFFICE), groups=("region",))
    assert hidden_levels(got, "office") == ["north", "south", "west"]


def test_those_of_no_level_protect_a_level_where_they_are_enough() -> None:
    instrument = make_instrument(REGION, OFFICE)
    few = protected(by_region(north=YES * 2, south=NO * 4, west=NO * 5), instrument, groups=("region",))
    assert hidden_levels(few, "office") == ["north", "south"]
    enough = by_region(north=YES * 2, south=NO * 4, west=NO * 5, nowhere=YES)
    assert hidden_levels(protected(enough, instrument, groups=("region",)), "office") == ["north"]


def test_those_of_no_level_are_themselves_protected() -> None:
    clean = by_region(north=YES * 4, south=NO * 3, west=NO * 5, nowhere=YES)
    got = protected(clean, make_instrument(REGION, OFFICE), groups=("region",))
    assert hidden_levels(got, "office") == ["south"]


def test_a_level_of_nobody_protects_nobody_and_needs_no_protection() -> None:
    instrument = make_instrument(REGION, OFFICE)
    got = protected(by_region(north=YES * 4, south=NO * 3), instrument, groups=("region",))
    assert row(got, "office/share/yes/region=north")["hidden"] == ""
    assert row(got, "office/share/yes/region=west")["base"] == 0


def test_a_share_of_those_asked_does_not_tell_a_hidden_share() -> None:
    clean = by_region(north=(*YES, *NO, "unsure", None), south=YES * 3, west=NO * 5)
    got = protected(clean, make_instrument(REGION, OFFICE), groups=("region",))
    hidden = row(got, "office/share_asked/yes/region=north")
    assert (hidden["hidden"], row(got, "office/nonresponse/region=north")["hidden"]) == ("protects base under 3",) * 2


def test_who_was_asked_a_follow_up_does_not_tell_the_hidden_answer_before() -> None:
    # Nobody in the north was asked how many there are in the office: so nobody there has one.
    clean = make_clean(
        region=["north"] * 2 + ["south"] * 4 + ["west"] * 5,
        office=["no"] * 2 + ["yes"] * 9,
        staff=[None] * 2 + ["some"] * 9,
    )
    got = protected(clean, make_instrument(REGION, OFFICE, STAFF), groups=("region",))
    assert hidden_levels(got, "office") == hidden_levels(got, "staff") == ["north", "south"]
    inside = got[(got["question"] == "staff") & got["level"].isin(["north", "south"])]
    assert inside.select_dtypes("number").isna().all(axis=None)


def test_a_crossing_of_two_groups_that_is_hidden_in_one_table_is_hidden_in_the_other() -> None:
    clean = make_clean(
        region=["north"] * 2 + ["south"] * 8 + ["west"] * 9,
        size=["small", "large"] + ["small", "large"] * 4 + ["small"] * 5 + ["large"] * 4,
    )
    got = protected(clean, make_instrument(REGION, SIZE), groups=GROUPS)
    assert hidden_levels(got, "size", "region") == ["north", "south"]
    assert hidden_levels(got, "region", "size") == ["small", "large"]
    assert row(got, "size/share/small/region=west")["hidden"] == ""


def test_most_questions_hide_the_same_levels() -> None:
    # In office the south is smaller than the west; in the wave it is not.
    clean = by_region(north=YES * 2, south=(*YES, *NO, *NO, None, None), west=YES * 4)
    got = protected(clean, make_instrument(REGION, OFFICE), groups=("region",))
    assert hidden_levels(got, "office") == ["north", "west"]


def test_a_question_that_too_few_answered_is_hidden_overall_and_in_its_levels() -> None:
    clean = by_region(north=(*YES, None, None, None), south=(None,) * 3, west=(*NO, None, None))
    instrument = make_instrument(REGION, OFFICE)
    got = protected(clean, instrument, groups=("region",))
    assert row(got, "office/answered")["hidden"] == "protects base under 3"
    attacker = Attacker(got, Questionnaire(instrument))
    assert not any(attacker.determines(each) for each in too_small(clean, instrument, ("region",)))


def test_a_wave_without_questions_groups_or_respondents_has_nothing_to_protect() -> None:
    nobody = make_clean(region=pd.Series([], dtype="str"), office=pd.Series([], dtype="str"))
    received = protected(nobody, make_instrument(REGION | {"waves": {}}))
    assert set(received["question"]) == {"-"}
    for groups in ((), ("region",)):
        got = protected(nobody, make_instrument(REGION, OFFICE), groups=groups)
        pd.testing.assert_frame_equal(
            got, estimated(nobody, make_instrument(REGION, OFFICE), groups=groups, minimum_base=3)
        )


FOLLOWED = make_instrument(REGION, SIZE, OFFICE, STAFF, TOOLS)
SURVEYS = {
    "follow-up and several choices": Questionnaire(FOLLOWED),
    "means and another base": Questionnaire(
        make_instrument(REGION, SIZE, OFFICE | {"base": "respondents"}, TRUST, AGE)
    ),
    "a group asked of some": Questionnaire(
        make_instrument(OFFICE, REGION, SIZE | {"universe": {"office": ["yes", "no"]}}, TRUST)
    ),
}


def _answer(*choices: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([*choices, *choices, None])


RESPONDENT = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["north", "south", "south", "west", "west", "west", None]),
        "size": _answer("small", "large", "large"),
        "office": _answer("yes", "no", "unsure"),
        "staff": _answer("some", "none"),
        "trust": _answer("low", "mid", "high"),
        "age": _answer(*NUMBERS),
        "tools": st.none() | st.tuples(st.booleans(), st.booleans()),
    }
)


def table(respondents: list[dict[str, Any]], instrument: Instrument) -> pd.DataFrame:
    given_ = pd.DataFrame(respondents, dtype=object)
    for question in instrument.questions:
        if question.universe:
            given_.loc[~given_["office"].isin(question.universe["office"]), question.id] = None
    ticks = [each or (None, None) for each in given_.pop("tools")]
    tools = {f"tools__{name}": [each[place] for each in ticks] for place, name in enumerate(("phone", "web"))}
    boolean = {name: pd.array(column, dtype="boolean") for name, column in tools.items()}
    columns = {name: given_[name].tolist() for name in given_ if name != "age"}
    return make_clean(**columns, **boolean, age=given_["age"].astype(float).tolist())


@pytest.mark.parametrize("survey", SURVEYS)
@settings(max_examples=10, phases=(Phase.generate,))
@given(respondents=st.lists(RESPONDENT, min_size=1, max_size=24))
def test_no_estimate_on_a_small_base_is_determined_by_all_that_is_shown(
    survey: str, respondents: list[dict[str, Any]]
) -> None:
    instrument = SURVEYS[survey].instrument
    clean = table(respondents, instrument)
    attacker = Attacker(protected(clean, instrument, groups=GROUPS), SURVEYS[survey])
    assert [each["key"] for each in too_small(clean, instrument, GROUPS) if attacker.determines(each)] == []


@pytest.mark.parametrize("survey", SURVEYS)
@settings(max_examples=4, phases=(Phase.generate,))
@given(
    respondents=st.lists(RESPONDENT, min_size=12, max_size=40),
    rules=st.sampled_from([{}, {"show_zeros": False}, {"p_percent": 20}]),
)
def test_no_small_cell_or_dominated_mean_is_determined_by_all_that_is_shown(
    survey: str, respondents: list[dict[str, Any]], rules: dict[str, Any]
) -> None:
    instrument = SURVEYS[survey].instrument
    clean, rules = table(respondents, instrument), {"groups": GROUPS, "minimum_cell": 2, **rules}
    attacker = Attacker(protected(clean, instrument, **rules), SURVEYS[survey])
    got = estimated(clean, instrument, minimum_base=3, **rules)
    inside = got["hidden"].str.startswith(("cell under", "dominance")) & (got["base"] > 0)
    # Who is of a level was asked the group's question, and so gave one of the answers behind it.
    behind = [name for group in GROUPS for name in instrument.question(group).universe_in(WAVE)]
    secret = got[inside & ~got["question"].isin((*GROUPS, *behind))]
    assert [each["key"] for each in secret.to_dict("records") if attacker.determines(each)] == []


@settings(max_examples=15)
@given(respondents=st.lists(RESPONDENT, min_size=1, max_size=24))
def test_what_is_shown_is_as_it_was_and_what_was_hidden_stays_hidden(respondents: list[dict[str, Any]]) -> None:
    clean = table(respondents, FOLLOWED)
    got = protected(clean, FOLLOWED, groups=GROUPS)
    before = estimated(clean, FOLLOWED, groups=GROUPS, minimum_base=3)
    assert (got["hidden"][before["hidden"] != ""] == before["hidden"][before["hidden"] != ""]).all()
    shown = got["hidden"] == ""
    known = [name for name in got if name not in ("asked", "answered")]
    pd.testing.assert_frame_equal(got.loc[shown, known], before.loc[shown, known])
    for name in ("asked", "answered"):
        np.testing.assert_array_equal(got[name].dropna(), before.loc[got[name].notna(), name])
    assert got.loc[got["hidden"] != "", "value"].isna().all()


@settings(max_examples=15)
@given(respondents=st.lists(RESPONDENT, min_size=1, max_size=24))
def test_the_rest_of_a_group_is_nobody_or_as_many_as_the_minimum_base(respondents: list[dict[str, Any]]) -> None:
    clean = table(respondents, FOLLOWED)
    got = protected(clean, FOLLOWED, groups=GROUPS)
    for (question, _), rows in got[got["statistic"] == "share"].groupby(["question", "category"]):
        total = rows["base"].iloc[0]
        for group, levels in rows[rows["group"] != ""].groupby("group"):
            rest = total - levels["base"].sum()  # a base that is hidden counts as nothing
            assert question == group or pd.isna(total) or rest == 0 or rest >= 3
