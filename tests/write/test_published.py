"""Figures that were published before, beside the estimates: verdicts, bases, and the appendix of the paper."""

from typing import Any

import pandas as pd
import pytest

from recount.audit.published import published_text
from recount.display.formatter import Formatter
from recount.estimate.published_table import COLUMNS, published_table
from recount.estimate.reproduced import Compared, Outcome, compare_published
from recount.study.instrument import Instrument
from recount.study.published import PublishedFigures
from recount.study.settings import Display, Settings
from tests.write.conftest import Write

SIZE = {"id": "cities", "wave": "2020", "kind": "exact", "value": 47, "statistic": "respondents"}
OFFICE = {"id": "office", "wave": "2020", "kind": "rounded", "value": 86, "unit": "percent", "question": "office"}
OFFICE |= {"category": "yes", "statistic": "share"}


def declared(*figures: dict[str, Any]) -> PublishedFigures:
    whole = [{"statement": "said", "source": ["P"], "reference": "a report", **each} for each in figures]
    return PublishedFigures.declared_in("data/published.yaml", {"figures": whole})


@pytest.fixture
def unweighted(estimates: pd.DataFrame) -> pd.DataFrame:
    return estimates[estimates["question"] != "networks"]


@pytest.fixture
def compare(unweighted: pd.DataFrame, instrument: Instrument, settings: Settings) -> Any:
    def compared(*figures: dict[str, Any]) -> Compared:
        return compare_published(declared(*figures), unweighted, instrument=instrument, settings=settings)

    return compared


WORDS = {"kind": "words", "value": None}
RANK = {**WORDS, "question": "obstacles", "category": "funding"}


@pytest.mark.parametrize(
    ("change", "verdict", "why"),
    [
        ({}, "reproduced", ""),
        ({"value": 87}, "not reproduced", "another value"),
        ({"kind": "bound", "value": None, "above": 50}, "consistent", ""),
        ({"kind": "bound", "value": None, "above": 90}, "not reproduced", "outside the published bound"),
        ({"kind": "approximate", "tolerance": 5}, "consistent", ""),
        (WORDS, "not comparable", "no number was published, and the words are not read as one"),
        ({"question": "travel", "category": "maybe", "value": 0}, "reproduced", ""),
        ({"category": "yess"}, "not comparable", "the study has no category 'yess'; did you mean 'yes'?"),
        ({"wave": "2019"}, "not comparable", "the study has no wave '2019'; did you mean '2018'?"),
        ({"wave": "2018", "question": "travel"}, "not comparable", "not asked in this wave"),
        ({**RANK, "rank": 1}, "consistent", ""),
        ({**RANK, "rank": 2}, "not reproduced", "at another rank"),
    ],
)
def test_each_figure_has_its_verdict_and_why(compare: Any, change: dict[str, Any], verdict: str, why: str) -> None:
    outcome: Outcome = compare({**OFFICE, **change}).outcomes[-1]
    assert (outcome.verdict, outcome.why) == (verdict, why)


def test_bases_are_tried_up_to_the_published_number_of_respondents(compare: Any) -> None:
    (wave,) = compare(SIZE | {"value": 43}, OFFICE).waves
    assert (wave.up_to, wave.stated.id) == (43, "cities")
    (wave,) = compare(OFFICE).waves
    assert (wave.up_to, wave.stated) == (47, None)


def test_percentages_of_a_weighted_wave_are_not_tested_for_their_base(
    estimates: pd.DataFrame, instrument: Instrument, settings: Settings
) -> None:
    got = compare_published(declared(OFFICE), estimates, instrument=instrument, settings=settings)
    assert got.waves == ()


def test_the_table_has_a_row_a_figure(compare: Any) -> None:
    got = published_table(compare(SIZE, OFFICE), simulated=["2020"])
    assert tuple(got.columns) == COLUMNS
    assert got.loc[1, ["published", "n", "base", "verdict", "fits", "bases_together", "simulated"]].tolist() == [
        *("86", "36", "42", "reproduced", "false", "7;14;21..22;28..29;35..37;42..44", "true")
    ]


def test_the_terminal_says_which_percentage_cannot_be_of_all(compare: Any) -> None:
    got = published_text(compare(SIZE, OFFICE, {**OFFICE, "id": "b", "value": 85}), Formatter(Display()), simulated=[])
    assert got.startswith("not reproduced")
    assert "86% cannot be k of 47" not in " ".join(got.split()[:10])
    assert "86%     7, 14, 21-22, 28-29, 35-37, 42-44  86% cannot be k of 47" in got
    assert "all at once: none" in got


def test_the_paper_says_what_became_of_each_figure_and_every_number_of_it_is_traced(
    write: Write, unweighted: pd.DataFrame
) -> None:
    figures = declared(SIZE, OFFICE | {"statement": "more than <b>80 %</b> have one"})
    written = write("Text.", estimates=unweighted, published=figures)
    section = written.markdown.split("# Published figures")[1].split("# Every number")[0]
    assert "<b>" not in section.replace("\\<b\\>", "")
    numbers = written.numbers["numbers"]
    assert [(each["display"], each["formula"]) for each in numbers[:5]] == [
        ("47", "figures.cities.value of data/published.yaml"),
        ("47", "2020/-/respondents"),
        ("86%", "figures.office.value of data/published.yaml"),
        ("86%", "2020/office/share/yes"),
        ("36 of 42", "2020/office/share/yes"),
    ]
    displays = [each["display"] for each in numbers]
    assert {"40", "85.1%", "41", "87.2%"} <= set(displays)
    assert any("80 %" in each["text"] for each in written.numbers["allowed"])


def test_a_study_without_published_figures_has_no_such_appendix(write: Write) -> None:
    assert "Published figures" not in write("Text.").markdown
