"""Levels of a group held against each other: R's values come out of the whole stage, and nothing hidden with them."""

from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, kruskal, mannwhitneyu

from recount.errors import StudyError
from recount.estimate.compared import STATISTICS
from recount.study.settings import Estimation
from tests.estimate.design.schools import read, survey
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row, values

SCHOOLS = (
    {"id": "stype", "type": "single", "categories": categories("E", "H", "M")},
    {"id": "imp", "type": "single", "categories": categories("No", "Yes")},
    {"id": "target", "type": "single", "categories": categories("No", "Yes")},
    {"id": "level", "type": "scale", "categories": categories("1", "2", "3")},
    {"id": "district", "type": "number"},
    {"id": "fpc", "type": "number"},
    {"id": "weight", "type": "weight"},
)
DRAWN = {
    "apiclus1": {"clusters": "district", "fpc": "fpc"},
    "apistrat": {"strata": "stype", "fpc": "fpc"},
}


@cache
def schools(name: str, *, jackknife: bool = False) -> pd.DataFrame:
    table = read(name)
    clean = make_clean(
        stype=table["stype"].tolist(),
        imp=table["comp.imp"].tolist(),
        target=table["sch.wide"].tolist(),
        level=pd.cut(table["api00"], [0, 550, 700, 1000], labels=["1", "2", "3"]).astype(str).tolist(),
        district=table["dnum"].astype(float).tolist(),
        fpc=table["fpc"].astype(float).tolist(),
        weight=table["pw"].tolist(),
    )
    sampling: dict[str, Any] = DRAWN[name] | ({"replicates": {"method": "JK1"}} if jackknife else {})
    groups = ("stype", "imp")
    return estimated(clean, make_instrument(*SCHOOLS), groups=groups, compared=groups, sampling=sampling)


def said(got: pd.DataFrame, question: str, test: str, by: str) -> list[float]:
    """The statistic, degrees of freedom and p of a test."""
    named = "ranks" if test in ("mann_whitney", "kruskal_wallis") else "independence"
    parts = ("statistic", "df", "df_below", "p")
    keys = [f"2020/{question}/{named}/{test}.{part}/{by}=*" for part in parts]
    return got.set_index("key")["value"].reindex(keys).dropna().tolist()


@pytest.mark.parametrize("name", ["apiclus1", "apistrat"])
@pytest.mark.parametrize(("group", "by"), [("imp", "comp.imp"), ("stype", "stype")])
def test_a_question_and_a_group_are_tested_as_r_tests_them(name: str, group: str, by: str) -> None:
    tests = {"F": "rao_scott_second", "Chisq": "rao_scott_first", "Wald": "wald", "adjWald": "wald_adjusted"}
    for theirs, ours in tests.items():
        assert said(schools(name), "level", ours, group) == pytest.approx(survey(f"{name} {theirs} {by}"), rel=1e-8)


@pytest.mark.parametrize("name", ["apiclus1", "apistrat"])
def test_ranks_are_compared_as_by_a_regression_on_them(name: str) -> None:
    assert said(schools(name), "level", "kruskal_wallis", "stype") == pytest.approx(survey(f"{name} ranks stype"))
    t, *rest = survey(f"{name} two ranks comp.imp")
    # R's takes the first level from the second.
    assert said(schools(name), "level", "mann_whitney", "imp") == pytest.approx([-t, *rest])


@pytest.mark.parametrize("name", ["apiclus1", "apistrat"])
def test_the_difference_of_two_levels_has_the_error_of_what_they_share(name: str) -> None:
    got, exp = row(schools(name), "target/difference/No/imp=No:Yes"), survey(f"{name} difference comp.imp")
    assert [got[each] for each in ("value", "se", "df")] == pytest.approx([-exp[0], *exp[1:3]])
    assert [got["low"], got["high"]] == pytest.approx([-exp[5], -exp[4]])
    assert (got["unit"], got["method"], got["base"]) == ("difference of shares", "t", len(read(name)))


def test_of_three_levels_two_are_the_contrast_of_svyby() -> None:
    got = row(schools("apiclus1"), "target/difference/No/stype=E:H")
    assert [got["value"], got["se"]] == pytest.approx(survey("apiclus1 contrast E:H"))
    estimate, df, _, *ends = survey("apiclus1 difference E:H")
    assert [got[each] for each in ("value", "df", "low", "high")] == pytest.approx([estimate, df, *ends])


def test_of_replicates_it_is_how_far_apart_they_put_it() -> None:
    got = schools("apiclus1", jackknife=True)
    assert row(got, "target/difference/No/stype=E:H")["se"] == pytest.approx(survey("apiclus1 JK1 contrast E:H")[0])
    assert said(got, "level", "rao_scott_second", "stype") == pytest.approx(survey("apiclus1 JK1 F stype"), rel=1e-6)


def test_levels_that_are_strata_have_no_row_of_their_difference() -> None:
    differences = schools("apistrat").query("statistic == 'difference'")
    assert set(differences["group"]) == {"imp"}


PAIRS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), min_size=8, max_size=60)
PLAIN = (
    {"id": "group", "type": "single", "categories": categories("a", "b")},
    {"id": "answer", "type": "scale", "categories": categories("x", "y", "z")},
)


def plain(pairs: list[tuple[str, str]], **options: Any) -> pd.DataFrame:
    columns = {"group": [each for each, _ in pairs], "answer": [each for _, each in pairs]}
    groups = ("group",)
    return estimated(make_clean(**columns), make_instrument(*PLAIN), groups=groups, compared=groups, **options)


@settings(max_examples=25, deadline=None)
@given(PAIRS)
def test_drawn_one_by_one_the_tests_are_the_classical_ones(pairs: list[tuple[str, str]]) -> None:
    got = plain(pairs)
    table = pd.crosstab(*(list(each) for each in zip(*pairs, strict=True)))
    places = {"x": 1, "y": 2, "z": 3}
    first, second = ([places[answer] for each, answer in pairs if each == group] for group in "ab")
    if 1 in table.shape:
        assert np.isnan(row(got, "answer/independence/pearson.p/group=*")["value"])
        return
    exp = chi2_contingency(table, correction=False)
    if exp.expected_freq.min() >= 5:
        assert said(got, "answer", "pearson", "group") == pytest.approx([exp.statistic, exp.dof, exp.pvalue])
    else:
        assert said(got, "answer", "pearson", "group")[1:] == []
    if table.shape == (2, 2):
        assert said(got, "answer", "fisher", "group") == pytest.approx([fisher_exact(table).pvalue])
    assert said(got, "answer", "mann_whitney", "group")[0] == mannwhitneyu(first, second).statistic


def test_more_than_two_levels_are_compared_by_kruskal_and_wallis() -> None:
    random = np.random.default_rng(1)
    answers, groups = random.integers(1, 4, 60), random.integers(0, 3, 60)
    clean = make_clean(group=["abc"[each] for each in groups], answer=["xyz"[each - 1] for each in answers])
    instrument = make_instrument({**PLAIN[0], "categories": categories("a", "b", "c")}, PLAIN[1])
    got = estimated(clean, instrument, groups=("group",), compared=("group",))
    exp = kruskal(*(answers[groups == each] for each in range(3)))
    assert said(got, "answer", "kruskal_wallis", "group") == pytest.approx([exp.statistic, 2, exp.pvalue])


@pytest.mark.parametrize("sampling", [None, {"strata": "place", "lonely_psu": "certainty"}, {"clusters": "place"}])
def test_where_nobody_answered_or_all_are_of_one_level_there_is_nothing_to_test(
    sampling: dict[str, Any] | None,
) -> None:
    instrument = make_instrument(*PLAIN, {"id": "place", "type": "number"})
    answered = make_clean(group=["a"] * 6, answer=["x", "y"] * 3, place=[1.0, 2.0] * 3)
    for clean in (answered, answered.assign(answer=None), answered.assign(group=None)):
        got = estimated(clean, instrument, groups=("group",), compared=("group",), sampling=sampling)
        tests = got[got["statistic"].isin(["independence", "ranks"]) & (got["unit"] == "p-value")]
        assert (len(tests) > 1, tests["value"].isna().all()) == (True, True)


@pytest.mark.parametrize("design", ["census", "nonprobability"])
def test_where_nobody_was_drawn_nothing_is_tested(design: str) -> None:
    got = plain([("a", "x"), ("b", "y")] * 10, design=design)
    assert got[got["statistic"].isin(STATISTICS)].empty


def test_only_groups_that_config_names_are_compared() -> None:
    assert plain([("a", "x"), ("b", "y")] * 10).query("statistic == 'ranks'")["group"].unique().tolist() == ["group"]
    with pytest.raises(StudyError, match="compared names region, by which nothing is estimated"):
        Estimation.declared_in("config.yaml", {"compared": ["region"]})


def test_what_a_hidden_share_follows_from_is_hidden_with_it() -> None:
    # Of level b three answered: with the difference and the share of a, theirs would be known.
    clean = make_clean(
        group=["a"] * 20 + ["b"] * 3 + ["c"] * 20,
        answer=["x", "y"] * 10 + ["x", "x", "y"] + ["y", "z"] * 10,
        cluster=[float(number % 7) for number in range(43)],
    )
    instrument = make_instrument(
        {**PLAIN[0], "categories": categories("a", "b", "c")}, PLAIN[1], {"id": "cluster", "type": "number"}
    )
    options: dict[str, Any] = {"groups": ("group",), "compared": ("group",), "sampling": {"clusters": "cluster"}}
    got = estimated(clean, instrument, minimum_base=5, **options)
    assert values(got, "answer/difference").keys() == {
        f"{answer}/group={pair}" for answer in "xyz" for pair in ("a:b", "a:c", "b:c")
    }
    hidden = row(got, "answer/difference/x/group=a:b")
    assert (hidden["hidden"], hidden[["value", "low", "high", "se", "base"]].isna().all()) == ("base under 5", True)
    assert row(got, "answer/difference/x/group=a:c")["value"] == pytest.approx(0.5)
    # A test of all levels is of nobody in particular, unless respondents are protected.
    assert row(got, "answer/independence/rao_scott_second.p/group=*")["hidden"] == ""
    protected = estimated(clean, instrument, minimum_base=5, protect="respondents", **options)
    assert row(protected, "answer/independence/rao_scott_second.p/group=*")["hidden"] != ""
