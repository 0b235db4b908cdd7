"""Counts rounded at random: all that is shown follows, and no exact count can be had."""

from functools import cache
from itertools import combinations
from math import isclose
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import StudyError
from recount.estimate.intervals import wilson
from recount.estimate.relations import NO_LEVEL, Cell
from recount.estimate.rounding import Draw, told
from recount.study.settings import Estimation
from tests.estimate.attacker import Questionnaire
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row

REGION = {"id": "region", "type": "single", "categories": categories("north", "south")}
OFFICE = {"id": "office", "type": "single", "categories": categories("yes", "no")}
TRUST = {
    "id": "trust",
    "type": "scale",
    "categories": categories("low", "mid", "high"),
    "nets": {"some": ["mid", "high"]},
    "net": ["high", "low"],
}
TOOLS = {
    "id": "tools",
    "type": "multi",
    "combinations": True,
    "mentions": True,
    "categories": categories("phone", "web"),
    "waves": {WAVE: {"columns": {"phone": "p", "web": "w"}}},
}
AGE = {"id": "age", "type": "number"}
RULES: dict[str, Any] = {"groups": ("region",), "protect": "respondents", "round_to": 5, "seed": 7, "minimum_base": 1}


@pytest.mark.parametrize("base", [3, 5, 10])
def test_a_count_goes_to_a_multiple_next_to_it_and_its_bounds_are_all_that_would(base: int) -> None:
    draw = Draw(base, 1, WAVE)
    for number in range(40):
        threshold = draw.threshold("office", Cell("count", str(number)))
        shown = {n: draw.rounded(n, threshold) for n in range(4 * base)}
        for n, at in shown.items():
            assert (at % base, abs(at - n) < base) == (0, True)
            low, high = draw.bounds(at, threshold)
            if at < 3 * base:
                assert [each for each, other in shown.items() if other == at] == list(range(int(low), int(high) + 1))
        assert shown[0] == shown[1] == 0


def test_four_levels_of_4_at_most_that_make_16_at_least_are_told() -> None:
    levels = [Cell("answered", "", "region", each) for each in "abcd"]
    whole, rest = Cell("answered"), Cell("answered", "", "region", NO_LEVEL)
    equation = {whole: 1, **dict.fromkeys((*levels, rest), -1)}
    bounds = {whole: (16.0, 20.0), rest: (0.0, 0.0), **dict.fromkeys(levels, (0.0, 4.0))}
    assert set(levels) < set(told([equation], bounds))
    assert told([equation], bounds | {whole: (12.0, 15.0), rest: (0.0, 4.0)}) == []


def survey(size: int = 60, **options: Any) -> pd.DataFrame:
    random = np.random.default_rng(2)
    clean = make_clean(
        region=random.choice(["north", "south"], size).tolist(),
        office=random.choice(["yes", "no", None], size).tolist(),
        trust=random.choice(["low", "mid", "high"], size).tolist(),
        tools__phone=pd.array(random.random(size) < 0.5, dtype="boolean"),
        tools__web=pd.array(random.random(size) < 0.3, dtype="boolean"),
        age=random.integers(20, 60, size).astype(float).tolist(),
    )
    return estimated(clean, make_instrument(REGION, OFFICE, TRUST, TOOLS, AGE), **{**RULES, **options})


def test_every_count_is_a_multiple_next_to_the_exact_one_and_the_same_wherever_it_stands() -> None:
    got, exact = survey(), survey(round_to=None)
    for name in ("n", "base", "asked", "answered"):
        both = got[name].notna() & exact[name].notna() & ~got["statistic"].isin(["changed_cells", "contacted"])
        shown, n = (each.loc[both, name].astype(float) for each in (got, exact))
        assert (shown % 5 == 0).all()
        assert ((shown - n).abs() < 5).all()
    yes = row(got, "office/count/yes/region=north")["n"]
    assert {row(got, f"office/{each}/yes/region=north")["n"] for each in ("share", "share_asked")} == {yes}
    assert set(got["base"][got["key"].str.endswith("/asked")]) == {60}


def test_shares_means_and_nets_are_made_of_rounded_counts() -> None:
    got = survey()
    share = row(got, "trust/share/high/region=north")
    assert share["value"] == pytest.approx(min(share["n"] / share["base"], 1))
    assert [share["low"], share["high"]] == pytest.approx(
        [float(each) for each in wilson(share["value"], share["base"])]
    )
    counts = [row(got, f"trust/count/{each}/region=north")["value"] for each in ("low", "mid", "high")]
    assert row(got, "trust/mean/region=north")["value"] == pytest.approx(np.average([1, 2, 3], weights=counts))
    high, low = (row(got, f"trust/share/{each}")["value"] for each in ("high", "low"))
    assert row(got, "trust/net")["value"] == pytest.approx(high - low)
    phone, web, base = (row(got, f"tools/{each}")["n"] for each in ("count/phone", "count/web", "answered"))
    assert row(got, "tools/chosen_mean")["value"] == pytest.approx((phone + web) / base)


def test_whatever_else_is_made_of_exact_counts_is_gone() -> None:
    got = survey(compared=("region",), sampling={"strata": "region"})
    assert got[["se", "df", "deff", "effective_n"]].isna().all(axis=None)
    assert got["low"].isna().all()  # no interval is of rounded share and base alone
    for key in ("age/mean", "age/sd", "tools/combination/phone", "office/independence/rao_scott_second.p/region=*"):
        assert (row(got, key)["hidden"], pd.isna(row(got, key)["value"])) == ("rounding", True)
    assert row(got, "age/median")["hidden"] == ""


def test_two_builds_round_alike_and_another_seed_otherwise() -> None:
    pd.testing.assert_frame_equal(survey(), survey())
    assert not survey()["n"].equals(survey(seed=2)["n"])


def test_weighted_shares_are_of_rounded_counts_and_average_weights() -> None:
    weight = {"id": "weight", "type": "weight"}
    clean = make_clean(
        region=["north"] * 12 + ["south"] * 18,
        office=["yes"] * 7 + ["no"] * 5 + ["yes"] * 8 + ["no"] * 10,
        weight=[1.234] * 12 + [0.871] * 18,
    )
    got = estimated(clean, make_instrument(REGION, OFFICE, weight), **RULES)
    north = row(got, "office/share/yes/region=north")
    assert (north["weighted_n"], north["weighted_base"]) == (pytest.approx(1.2 * north["n"]), 1.2 * north["base"])
    assert north["value"] == pytest.approx(min(north["n"] / north["base"], 1))
    assert pd.isna(north["low"])


def test_of_weights_and_indices_nothing_exact_is_left() -> None:
    weight = {"id": "weight", "type": "weight"}
    margins = {"margins": {"region": {"north": 0.5, "south": 0.5}}}
    clean = make_clean(region=["north"] * 12 + ["south"] * 19, weight=[1.0] * 31)
    got = estimated(clean, make_instrument(REGION, weight), **RULES, sampling={"raking": margins})
    about = got[got["question"] == "-"]
    exact = about[["n", "base", "asked", "answered"]].astype(float)
    assert not exact.isin([12, 19, 31]).any(axis=None)
    assert row(got, "-/margin_target/region.north")["value"] == 0.5
    assert row(got, "-/margin_before/region.north")["hidden"] == row(got, "-/kish_n")["hidden"] == "rounding"


def test_rounding_is_for_respondents() -> None:
    with pytest.raises(StudyError, match="set protect: respondents"):
        Estimation.declared_in("config.yaml", {"round_to": 5, "seed": 7})
    with pytest.raises(StudyError, match="round_to needs a seed"):
        Estimation.declared_in("config.yaml", {"round_to": 5, "protect": "respondents"})


@cache
def conceivable(kinds: int, size: int) -> np.ndarray:
    """All tables of so many respondents: how many there are of each kind, a table a column."""
    bars = np.array(list(combinations(range(size + kinds - 1), kinds - 1)))
    edges = np.hstack([np.full((len(bars), 1), -1), bars, np.full((len(bars), 1), size + kinds - 1)])
    return (np.diff(edges, axis=1) - 1).T


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(st.sampled_from(["north", "south"]), st.sampled_from(["yes", "no", None])), min_size=7, max_size=11
    )
)
def test_all_tables_that_fit_what_is_shown_leave_every_count_open(respondents: list[tuple[str, str | None]]) -> None:
    """An attacker who tries every table of respondents that there could be, and knows what rounding does."""
    base = 3
    instrument = make_instrument(REGION, OFFICE)
    questionnaire = Questionnaire(instrument)
    columns = {"region": [each for each, _ in respondents], "office": [each for _, each in respondents]}
    got = estimated(make_clean(**columns), instrument, **{**RULES, "round_to": base})
    about = got[got["question"] != "-"].to_dict("records")
    sums, shown = [], []
    for each in about:
        for name, of in (("n", questionnaire.numerator), ("base", questionnaire.base)):
            if not pd.isna(each[name]) and (total := of(each)) is not None and each["unit"] in ("share", "respondents"):
                sums.append(total)
                shown.append(float(each[name]))
    matrix, seen = np.array(sums), np.array(shown)[:, None]
    found = []
    for size in range(max(1, int(seen.max()) - base + 1), int(seen.max()) + base):
        tables = conceivable(len(questionnaire.kinds), size)
        fits = (np.abs(matrix @ tables - seen) < base).all(axis=0)
        found.append((matrix @ tables)[:, fits])
    counts = np.hstack(found)
    own = [each["question"] == each["group"] for each in about for name in ("n", "base") if not pd.isna(each[name])]
    varying = counts.min(axis=1) < counts.max(axis=1)
    # In its own level everybody gave the group's answer, and nobody another.
    assert all(varies or is_own for varies, is_own in zip(varying, own, strict=True))
    assert isclose(len(own), len(varying))
