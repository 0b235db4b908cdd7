"""Shares of mentions: a base and a unit of their own, and the errors that R's `svyratio` gives."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.errors import StudyError
from tests.estimate.attacker import Attacker, Questionnaire
from tests.estimate.design.schools import read, survey
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row, values

TICKS = {"wide": "sch.wide", "imp": "comp.imp", "won": "awards"}
DONE = {
    "id": "done",
    "type": "multi",
    "mentions": True,
    "categories": categories(*TICKS),
    "waves": {WAVE: {"columns": TICKS}},
}
SCHOOLS = (
    {"id": "stype", "type": "single", "categories": categories("E", "H", "M")},
    DONE,
    {"id": "district", "type": "number"},
    {"id": "fpc", "type": "number"},
)
WEIGHT = {"id": "weight", "type": "weight"}


def schools(name: str, *, weighted: bool = True, **options: Any) -> pd.DataFrame:
    table = read(name)
    ticks = {f"done__{tick}": pd.array(table[column] == "Yes", dtype="boolean") for tick, column in TICKS.items()}
    clean = make_clean(
        stype=table["stype"].tolist(),
        district=table["dnum"].astype(float).tolist(),
        fpc=table["fpc"].astype(float).tolist(),
        **ticks,
        **({"weight": table["pw"].tolist()} if weighted else {}),
    )
    return estimated(clean, make_instrument(*SCHOOLS, *([WEIGHT] if weighted else [])), groups=("stype",), **options)


@pytest.mark.parametrize(
    ("said", "options"),
    [
        ("apiclus1", {"name": "apiclus1", "sampling": {"clusters": "district", "fpc": "fpc"}}),
        ("apistrat", {"name": "apistrat", "sampling": {"strata": "stype", "fpc": "fpc"}}),
        ("weighted", {"name": "apistrat"}),
        ("simple", {"name": "apistrat", "weighted": False}),
    ],
)
def test_a_share_of_mentions_has_the_error_of_a_ratio(said: str, options: dict[str, Any]) -> None:
    got = schools(**options)
    share = row(got, "done/mention_share/imp")
    assert (share["value"], share["se"]) == pytest.approx(survey(f"{said} mentions"))
    level = row(got, "done/mention_share/imp/stype=H")
    value, se = survey(f"{said} mentions stype=H")
    # Not drawn together, each level is a sample of its own here, and a domain of the whole in R.
    close = 1e-9 if "sampling" in options else 0.02
    assert (level["value"], level["se"]) == (pytest.approx(value), pytest.approx(se, rel=close))


@pytest.mark.parametrize("interval", ["wilson", "logit"])
def test_its_interval_is_that_of_shares(interval: str) -> None:
    got = schools("apiclus1", sampling={"clusters": "district", "fpc": "fpc", "interval": interval})
    share = row(got, "done/mention_share/imp")
    assert (share["method"], share["df"]) == (f"{interval} design", 14)
    assert 0 < share["low"] < share["value"] < share["high"] < 1


SMALL = make_clean(
    tools__phone=pd.array([True, True, False, True, None], dtype="boolean"),
    tools__web=pd.array([True, False, False, True, None], dtype="boolean"),
    tools__none=pd.array([False, False, True, False, None], dtype="boolean"),
)
TOOLS = {
    "id": "tools",
    "type": "multi",
    "mentions": True,
    "categories": [*categories("phone", "web"), {"id": "none", "label": "None", "alone": True}],
    "waves": {WAVE: {"columns": {"phone": "p", "web": "w", "none": "n"}}},
}


def test_mentions_are_counted_and_what_means_none_is_none() -> None:
    got = estimated(SMALL, make_instrument(TOOLS))
    everything = row(got, "tools/mentions")
    assert (everything["value"], everything["unit"], everything["asked"]) == (5, "mentions", 5)
    assert values(got, "tools/mention_share") == {"phone": 3 / 5, "web": 2 / 5}
    phone = row(got, "tools/mention_share/phone")
    assert (phone["n"], phone["base"], phone["unit"]) == (3, 5, "share of mentions")
    assert row(got, "tools/share/phone")["base"] == 4


def test_where_nobody_mentions_anything_there_is_no_share() -> None:
    nobody = SMALL.assign(**{name: pd.array([False] * 4 + [None], dtype="boolean") for name in SMALL.columns[2:4]})
    got = estimated(nobody, make_instrument(TOOLS))
    assert row(got, "tools/mentions")["value"] == 0
    assert np.isnan(row(got, "tools/mention_share/phone")["value"])


def test_only_questions_with_several_answers_have_mentions() -> None:
    with pytest.raises(StudyError, match="mentions are of questions that allow several answers"):
        make_instrument({"id": "office", "type": "single", "categories": categories("yes"), "mentions": True})
    assert not (estimated(SMALL, make_instrument({**TOOLS, "mentions": False}))["statistic"] == "mentions").any()


def test_a_hidden_count_does_not_follow_from_the_mentions_besides() -> None:
    region = {"id": "region", "type": "single", "categories": categories("north", "south")}
    columns = {WAVE: {"columns": {"phone": "p", "web": "w"}}}
    tools = {**TOOLS, "categories": categories("phone", "web"), "waves": columns}
    instrument = make_instrument(region, tools)
    clean = make_clean(
        region=["north"] * 8 + ["south"] * 9,
        tools__phone=pd.array([True] * 7 + [False] + [True] * 5 + [False] * 4, dtype="boolean"),
        tools__web=pd.array([True] + [False] * 6 + [True] + [True] * 4 + [False] * 5, dtype="boolean"),
    )
    rules = {"groups": ("region",), "minimum_cell": 3, "protect": "respondents"}
    got = estimated(clean, instrument, **rules)
    hidden = row(got, "tools/mention_share/phone/region=north")
    assert (hidden["hidden"] != "", pd.isna(hidden["base"])) == (True, True)
    small = row(estimated(clean, instrument, groups=("region",)), "tools/count/web/region=north")
    assert not Attacker(got, Questionnaire(instrument)).determines(small.to_dict())
