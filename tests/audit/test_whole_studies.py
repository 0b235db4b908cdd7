"""Whole studies against published values: a stratified and a clustered sample, raked weights, a census."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.draw.figure import draw_figure
from recount.errors import RecountError, TemplateError
from recount.study.figures import Figures
from tests.audit.whole import WAVE, Whole
from tests.estimate.design.schools import published, read, survey


def question(name: str, kind: str, column: str, *ids: str) -> dict[str, Any]:
    categories = {"categories": [{"id": each, "label": each} for each in ids]} if ids else {}
    return {
        "id": name,
        "label": name,
        "text": name,
        "type": kind,
        "waves": {WAVE: {"column": column}},
        **categories,
    }


QUESTIONS = [
    question("school", "id", "cds"),
    question("stype", "single", "stype", "E", "H", "M"),
    question("target", "single", "sch.wide", "No", "Yes"),
    question("imp", "single", "comp.imp", "No", "Yes"),
    question("level", "scale", "level", "1", "2", "3"),
    question("api", "number", "api00"),
    question("district", "number", "dnum"),
    question("fpc", "number", "fpc"),
    question("weight", "weight", "pw"),
]
MARGINS = {"stype": {"E": 4421, "H": 755, "M": 1018}, "target": {"No": 1072, "Yes": 5122}}


def study(folder: Path, name: str, **declared: Any) -> Whole:
    """Write a sample of schools as an export, and carry it through."""
    table = read(name).astype({"api00": "float64"})
    table["level"] = pd.cut(table["api00"], [0, 550, 700, 1000], labels=["1", "2", "3"])
    weighted = declared.pop("weighted", True)
    asked = [each for each in QUESTIONS if weighted or each["type"] != "weight"]
    table[[each["waves"][WAVE]["column"] for each in asked]].to_csv(folder / "responses.csv", index=False)
    return Whole(folder, asked, **declared)


@pytest.fixture(scope="module")
def strata(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return study(
        tmp_path_factory.mktemp("strata"),
        "apistrat",
        design="probability",
        sampling={"strata": "stype", "fpc": "fpc"},
        estimates={"groups": ["stype", "imp"], "compared": ["stype", "imp"]},
    )


@pytest.fixture(scope="module")
def raked(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return study(
        tmp_path_factory.mktemp("raked"),
        "apiclus1",
        design="probability",
        sampling={"clusters": "district", "fpc": "fpc", "raking": {"margins": MARGINS}},
        estimates={"groups": ["stype"], "compared": ["stype"]},
    )


@pytest.fixture(scope="module")
def census(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return study(
        tmp_path_factory.mktemp("census"),
        "apistrat",
        weighted=False,
        design="census",
        frame=200,
        estimates={"groups": ["stype"], "compared": ["stype"]},
    )


def test_of_a_stratified_sample_the_paper_prints_the_published_mean_and_interval(strata: Whole) -> None:
    exp = published("dstrat")
    mean = strata.row("api/mean")
    assert (mean["value"], mean["se"]) == pytest.approx((exp["mean_api00"], exp["se"]))
    low, high = exp["ci95_t197"]
    assert strata.text("{{ mean('api') }} {{ mean('api') | interval }}") == f"662.3 | {low:.1f} to {high:.1f}"


def test_it_prints_the_tests_that_r_makes_and_counts_all_again_in_sql(strata: Whole) -> None:
    f, above, below, _ = survey("apistrat F comp.imp")
    exp = f"{above:.2f} | {below:.2f} | {f:.2f} | p = 0.17"
    assert strata.text("{{ independence('level', by='imp') }}") == exp
    t, df, p = survey("apistrat two ranks comp.imp")
    assert strata.text("{{ ranks('level', by='imp') }}") == f"{df:g} | −{t:.2f} | p = {p:.3f}"
    difference, se, *_ = survey("apistrat difference comp.imp")
    assert strata.row("target/difference/No/imp=No:Yes")["se"] == pytest.approx(se)
    text = "{{ difference('target', 'No', group='imp', levels=('No', 'Yes')) }}"
    assert strata.text(text) == f"{-100 * difference:.0f} percentage points"
    assert strata.apart() == {}


def test_raked_weights_meet_their_margins_and_give_the_published_error(raked: Whole) -> None:
    exp = published("rake_dclus1")
    mean = raked.row("api/mean")
    assert (round(mean["value"], 2), round(mean["se"], 3)) == (exp["mean_api00"], exp["se_lin"])
    for question_of, totals in MARGINS.items():
        for category, total in totals.items():
            share = raked.row(f"{question_of}/share/{category}")
            assert share["value"] == pytest.approx(total / 6194), category
    assert raked.text("{{ margin('stype', 'H') }} {{ share('stype', 'H') }}") == "12% | 12%"
    # Every difference of two types has an error of its own, and that of a margin by itself none.
    assert raked.row("target/difference/No/stype=E:H")["se"] > 0
    assert np.isnan(raked.row("stype/share/E")["se"])


def test_of_a_census_nothing_was_left_to_chance(census: Whole) -> None:
    assert census.estimates[["low", "high", "se", "df"]].isna().all(axis=None)
    assert not census.estimates["statistic"].isin(["difference", "independence", "ranks"]).any()
    assert census.row("target/share/No")["value"] == (read("apistrat")["sch.wide"] == "No").mean()
    assert census.apart() == {}


@pytest.mark.parametrize(
    "template",
    [
        "{{ share('target', 'No') }} (confidence interval)",
        "{{ share('target', 'No') }}, with a sampling error",
        "{{ share('target', 'No') | interval }}",
        "{{ independence('target', by='stype') }}",
        "{{ ranks('level', by='stype') }}",
        "{{ p_value('target', 'No', group='stype', levels=('E', 'H')) }}",
    ],
)
def test_of_a_census_the_paper_cannot_speak_of_chance(census: Whole, template: str) -> None:
    with pytest.raises(RecountError) as caught:
        census.written(template)
    assert isinstance(caught.value, TemplateError) or "no interval" in str(caught.value)


@pytest.fixture(scope="module")
def rounded(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return study(
        tmp_path_factory.mktemp("rounded"),
        "apistrat",
        weighted=False,
        design="probability",
        estimates={"groups": ["stype"], "compared": ["stype"], "protect": "respondents", "round_to": 5, "seed": 7},
    )


def test_where_counts_are_rounded_the_paper_prints_no_exact_one(rounded: Whole) -> None:
    table = read("apistrat")
    exact = int((table["sch.wide"] == "No").sum())
    template = (
        "{{ share('target', 'No') | of_base }} {{ share('target', 'No') }} {{ share('target', 'No') | interval }}"
    )
    written = rounded.written(template)
    n, base = (written.numbers["estimates"][f"{WAVE}/target/share/No"][name] for name in ("n", "base"))
    assert (n % 5, base % 5, abs(n - exact) < 5, base) == (0, 0, True, 200)
    assert written.numbers["numbers"][0]["display"] == f"{n:g} of {base:g}"
    assert f"{exact} of" not in written.markdown
    assert written.numbers["numbers"][1]["value"] == n / base


@pytest.mark.parametrize(
    "template", ["{{ mean('api') }}", "{{ independence('target', by='stype') }}", "{{ mean('level') | interval }}"]
)
def test_what_exact_counts_would_tell_is_refused(rounded: Whole, template: str) -> None:
    with pytest.raises(RecountError, match=r"hidden|no interval"):
        rounded.written(template)


def test_rounded_counts_are_recounted(rounded: Whole) -> None:
    assert rounded.apart() == {}


FIGURES = {
    "bars": {"kind": "bars", "caption": "C", "items": [{"question": "stype"}]},
    "diverging": {"kind": "diverging", "caption": "C", "items": [{"question": "level"}]},
    "dots": {"kind": "dots", "caption": "C", "items": [{"question": "target", "category": "Yes"}]},
    "flow": {"kind": "flow", "caption": "C"},
}


@pytest.mark.parametrize("kind", FIGURES)
def test_a_figure_draws_no_exact_count(rounded: Whole, kind: str) -> None:
    figures = Figures.declared_in("figures.yaml", {"figures": {kind: FIGURES[kind]}}).figures
    drawn = draw_figure(
        kind,
        figures[kind],
        estimates=rounded.estimates,
        instrument=rounded.instrument,
        codebook=None,
        settings=rounded.settings,
    )
    counts = drawn.source[["n", "base", "asked", "answered"]].astype(float)
    assert not drawn.source.empty
    assert (counts.isna() | (counts % 5 == 0)).all(axis=None)
    assert drawn.source[["se"]].isna().all(axis=None)


def test_ledger_and_claims_hold_no_exact_count(rounded: Whole) -> None:
    text = (
        "{{ respondents() }} {{ share('level', '3', group='stype', level='H') }} {{ median('level') }} "
        "{% claim share('target', 'Yes') > 0.5 %}Most{% endclaim %} {{ base('target') }} {{ count('imp', 'No') }}"
    )
    written = rounded.written(text)
    rows = written.numbers["estimates"].values()
    counts = [row[name] for row in rows for name in ("n", "base", "asked", "answered") if row[name] is not None]
    assert len(counts) > 12
    assert all(count % 5 == 0 for count in counts)
    assert written.claims["claims"][0]["holds"]
