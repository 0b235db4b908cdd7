"""Small drawn samples through the whole stage, against svy, and against sums written out by hand."""

from functools import cache
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.estimate.design.small import ANSWERS, GROUPS, SEEDS, sample
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row

QUESTIONS = (
    {"id": "stratum", "type": "text"},
    {"id": "cluster", "type": "text"},
    {"id": "weight", "type": "weight"},
    {"id": "group", "type": "single", "categories": categories(*GROUPS)},
    {"id": "answer", "type": "single", "categories": categories(*ANSWERS)},
    {"id": "score", "type": "number"},
)
INTERVALS = {"logit": "logit", "beta": "korn-graubard", "korn-graubard": "korn-graubard nchs", "wilson": "wilson"}
DRAWING = {"strata": "stratum", "clusters": "cluster", "lonely_psu": "certainty"}


@cache
def recorded() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parent / "design" / "svy.csv", keep_default_na=False)


def estimates_of(table: pd.DataFrame, **sampling: Any) -> pd.DataFrame:
    clean = make_clean(**{name: table[name].tolist() for name in table})
    groups = ("group",)
    return estimated(
        clean, make_instrument(*QUESTIONS), groups=groups, compared=groups, sampling={**DRAWING, **sampling}
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("theirs", "ours"), INTERVALS.items())
def test_shares_and_their_intervals_are_those_of_svy(seed: int, theirs: str, ours: str) -> None:
    got = estimates_of(sample(seed), interval=ours).set_index("key")
    exp = recorded()[lambda said: (said["seed"] == seed) & said["what"].str.startswith(f"{theirs} ")]
    assert len(exp) == 4 * len(ANSWERS) * (1 + len(GROUPS))
    for said in exp.to_dict("records"):
        column = {"est": "value", "se": "se", "lci": "low", "uci": "high"}[said["what"].split()[1]]
        answer, _, group = said["which"].partition("/")
        key = f"2020/answer/share/{answer}" + (f"/group={group}" if group else "")
        value = float(said["value"])
        if np.isnan(got.loc[key, "se"]) and column != "value":
            # Everyone in the group gave this answer, or nobody: an error of zero is none.
            assert got.loc[key, "value"] in (0, 1)
        else:
            assert got.loc[key, column] == pytest.approx(value, rel=1e-9), (key, column)


@pytest.mark.parametrize("seed", SEEDS)
def test_means_and_the_test_of_independence_are_those_of_svy(seed: int) -> None:
    got = estimates_of(sample(seed)).set_index("key")
    exp = recorded().query("seed == @seed").set_index(["what", "which"])["value"].astype(float)
    for group in ("", *GROUPS):
        mean = got.loc["2020/score/mean" + (f"/group={group}" if group else "")]
        for name, column in {"est": "value", "se": "se", "lci": "low", "uci": "high"}.items():
            assert mean[column] == pytest.approx(exp[f"mean {name}", group], rel=1e-9), (group, name)
    parts = {"statistic": "value", "df": "df_num", "df_below": "df_den", "p": "p_value"}
    for part, name in parts.items():
        value = got.loc[f"2020/answer/independence/rao_scott_second.{part}/group=*", "value"]
        assert value == pytest.approx(exp[f"rao_scott {name}", ""], rel=1e-8), part


RESPONDENTS = st.lists(
    st.fixed_dictionaries(
        {
            "stratum": st.sampled_from(["s", "t"]),
            "cluster": st.sampled_from(["1", "2", "3"]),
            "weight": st.sampled_from([0.5, 1.0, 2.25]),
            "group": st.sampled_from(GROUPS),
            "answer": st.sampled_from(ANSWERS),
            "score": st.sampled_from([1.0, 2.0, 5.0]),
        }
    ),
    min_size=6,
    max_size=24,
)


def error_by_hand(respondents: list[dict[str, Any]], influence: list[float]) -> float:
    """The standard error of a total of weighted influences, as a textbook sums it: with replacement, by stratum."""
    variance = 0.0
    for stratum in ("s", "t"):
        totals: dict[str, float] = {}
        for each, value in zip(respondents, influence, strict=True):
            if each["stratum"] == stratum:
                totals[each["cluster"]] = totals.get(each["cluster"], 0.0) + each["weight"] * value
        n = len(totals)
        if n > 1:
            middle = sum(totals.values()) / n
            variance += n / (n - 1) * sum((total - middle) ** 2 for total in totals.values())
    return sqrt(variance)


def share_by_hand(respondents: list[dict[str, Any]], group: str, answer: str) -> tuple[float, list[float]]:
    """A share in a group, and how it moves with each respondent."""
    whole = sum(each["weight"] for each in respondents if each["group"] == group)
    chose = sum(each["weight"] for each in respondents if (each["group"], each["answer"]) == (group, answer))
    share = chose / whole
    return share, [((each["answer"] == answer) - share) / whole * (each["group"] == group) for each in respondents]


@settings(max_examples=30, deadline=None)
@given(RESPONDENTS)
def test_shares_and_their_differences_have_the_errors_of_a_textbook(respondents: list[dict[str, Any]]) -> None:
    assume({each["group"] for each in respondents} == set(GROUPS))
    got = estimates_of(pd.DataFrame(respondents))
    for answer in ANSWERS:
        moves = {}
        for group in GROUPS:
            share, moves[group] = share_by_hand(respondents, group, answer)
            found, exp = row(got, f"answer/share/{answer}/group={group}"), error_by_hand(respondents, moves[group])
            assert found["value"] == pytest.approx(share)
            if found["df"] > 0 and exp > 1e-9 and 0 < share < 1:
                assert found["se"] == pytest.approx(exp, rel=1e-6)
            else:
                assert np.isnan(found["se"])
        apart = [one - other for one, other in zip(moves["f"], moves["m"], strict=True)]
        found, exp = row(got, f"answer/difference/{answer}/group=f:m"), error_by_hand(respondents, apart)
        if found["df"] > 0 and exp > 1e-7:
            assert found["se"] == pytest.approx(exp, rel=1e-6)


@settings(max_examples=15, deadline=None)
@given(RESPONDENTS)
def test_a_jackknife_written_out_gives_the_error_of_a_difference(respondents: list[dict[str, Any]]) -> None:
    # One cluster at a time is left out, and the others of its stratum stand for it (Wolter 2007, section 4.5).
    clusters = {(each["stratum"], each["cluster"]) for each in respondents}
    sizes = {stratum: sum(name == stratum for name, _ in clusters) for stratum in ("s", "t")}
    assume(min(size for size in sizes.values() if size) > 1)

    def difference(kept: list[dict[str, Any]]) -> float:
        first, second = (share_by_hand(kept, group, "a")[0] for group in GROUPS)
        return first - second

    found = []
    for stratum, cluster in sorted(clusters):
        n = sizes[stratum]
        kept = [
            {**each, "weight": each["weight"] * (n / (n - 1) if each["stratum"] == stratum else 1.0)}
            for each in respondents
            if (each["stratum"], each["cluster"]) != (stratum, cluster)
        ]
        assume({each["group"] for each in kept} == set(GROUPS))
        found.append(((n - 1) / n, difference(kept)))
    middle = sum(value for _, value in found) / len(found)
    exp = sqrt(sum(scale * (value - middle) ** 2 for scale, value in found))
    got = estimates_of(pd.DataFrame(respondents), replicates={"method": "JKn"}, lonely_psu="fail")
    se = row(got, "answer/difference/a/group=f:m")["se"]
    assert se == pytest.approx(exp, rel=1e-6) if exp > 1e-7 else np.isnan(se) or se < 1e-6
