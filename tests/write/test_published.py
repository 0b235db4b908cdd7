"""Figures that were published before, beside the estimates: verdicts, bases, and the appendix of the paper."""

import re
from typing import Any

import pandas as pd
import pytest

from recount.audit.published import published_text
from recount.display.formatter import Formatter
from recount.errors import EstimateError
from recount.estimate.granularity import bases
from recount.estimate.published_table import COLUMNS, published_table
from recount.estimate.reproduced import Compared, Outcome, compare_published
from recount.study.instrument import Instrument
from recount.study.published import PublishedFigures
from recount.study.settings import Display, Settings
from recount.write.paper import Written
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
    assert "\n1 not reproduced, 2 reproduced\n" in got
    assert "86%     7, 14, 21-22, 28-29, 35-37, 42-44\n" in got
    assert "86% cannot be k of 47: 40 of 47 is 85.1%, 41 of 47 is 87.2%" in got
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


def section(written: Written) -> str:
    """The appendix as a reader sees it, without what its numbers carry along."""
    found = written.markdown.split("# Published figures")[1].split("# Every number")[0]
    return re.sub(r"\[([^\]]*)\]\{#n-[^}]*\}", r"\1", found).replace("\N{NO-BREAK SPACE}", " ")


def test_the_appendix_lists_the_bases_that_fit_and_what_comes_nearest(write: Write, unweighted: pd.DataFrame) -> None:
    got = section(write("Text.", estimates=unweighted, published=declared(SIZE, OFFICE)))
    assert "| said | 86% | 86% | 36 of 42 | reproduced | 7, 14, 21, 22, 28, 29, 35 to 37, 42 to 44 |" in got
    assert "**2020.** 86% cannot be any number of 47 respondents: 40 are 85.1% and 41 are 87.2%." in got
    assert "Of all bases up to 47, only 7, 14, 21, 22, 28, 29, 35 to 37, 42 to 44 give 86%." in got


def test_the_one_base_that_fits_all_figures_of_a_wave_is_named(write: Write, unweighted: pd.DataFrame) -> None:
    others = [{**OFFICE, "id": f"other{value}", "value": value} for value in (93, 40, 38)]
    got = section(write("Text.", estimates=unweighted, published=declared(SIZE, OFFICE, *others)))
    assert "only 42 gives 86%, 93%, 40% and 38% together." in got
    got = section(
        write(
            "Text.",
            estimates=unweighted,
            published=declared(SIZE, OFFICE, *others[:1], others[0] | {"id": "c", "value": 1}),
        )
    )
    assert "none gives 86%, 93% and 1% together: they cannot all have the same base." in got


def test_many_bases_are_counted_and_not_listed(write: Write, unweighted: pd.DataFrame) -> None:
    figures = declared(SIZE | {"value": 1615}, OFFICE | {"value": 85.7, "decimals": 1})
    exp = f"{len(bases(85.7, 1615, decimals=1)):,}"
    got = section(write("Text.", estimates=unweighted, published=figures))
    assert f"| reproduced | {exp} of 1,615 |" in got
    assert f"Of all bases up to 1,615, {exp} give 85.7%." in got


def test_words_are_told_from_what_they_are_read_as(write: Write, unweighted: pd.DataFrame) -> None:
    figures = declared(
        {**OFFICE, **WORDS, "above": 37.5, "note": "read as: many"}, {**OFFICE, **RANK, "id": "b", "rank": 1}
    )
    got = section(write("Text.", estimates=unweighted, published=figures))
    assert "| said (read as: many) | read as over 37.5% | 85.7% | 36 of 42 | consistent |" in got
    assert "| said | read as place 1 | 71% | 30 of 42 | consistent |" in got


def test_a_weighted_share_stands_beside_its_base_alone(write: Write) -> None:
    networks = {**OFFICE, "question": "networks", "category": "one", "value": 31}
    assert "| 31% | 31% | 47 | reproduced |" in section(write("Text.", published=declared(networks)))


def test_a_mean_is_written_with_the_decimals_that_were_published(write: Write, unweighted: pd.DataFrame) -> None:
    staff = {"id": "staff", "wave": "2020", "kind": "exact", "value": 4.25, "decimals": 2, "question": "staff"}
    got = section(write("Text.", estimates=unweighted, published=declared(staff | {"statistic": "mean"})))
    assert "| said | 4.25 | 4.25 |  | reproduced |" in got


def test_a_wave_that_the_study_does_not_have_is_still_tested(write: Write, unweighted: pd.DataFrame) -> None:
    figures = declared(SIZE | {"wave": "2024"}, OFFICE | {"wave": "2024"})
    got = section(write("Text.", estimates=unweighted, published=figures))
    assert "not comparable: the study has no wave" in got
    assert "**2024.** 86% cannot be any number of 47 respondents" in got


def test_the_table_says_which_responses_are_simulated(write: Write, unweighted: pd.DataFrame) -> None:
    waves = {"2020": {"export": "b", "design": "census", "simulated": True}}
    figures = declared(SIZE, SIZE | {"id": "before", "wave": "2018"})
    waves |= {"2018": {"export": "a", "design": "census"}}
    got = section(write("Text.", estimates=unweighted, published=figures, settings={"waves": waves}))
    assert "no evidence" in got
    assert "**2020, simulated responses**" in got
    assert "**2018**" in got


def test_a_published_figure_can_be_quoted_and_claimed_with(write: Write, unweighted: pd.DataFrame) -> None:
    bound = {**OFFICE, "id": "most", "kind": "bound", "value": None, "above": 50}
    figures = declared(SIZE, OFFICE, bound, OFFICE | {"id": "words"} | WORDS | {"above": 50})
    template = """The published {{ published("office") }} of {{ published("cities") }}, over {{ published("most") }}:
{% claim share("office", "yes") | round(2) == published("office") %}as here{% endclaim %},
{% claim share("office", "yes") > published("most") %}and more{% endclaim %},
{% claim respondents() == published("cities") %}of as many{% endclaim %}."""
    written = write(template, estimates=unweighted, published=figures)
    got = [(each["display"], each["formula"]) for each in written.numbers["numbers"][:3]]
    assert got == [
        ("86%", "figures.office.value of data/published.yaml"),
        ("47", "figures.cities.value of data/published.yaml"),
        ("50%", "figures.most.above of data/published.yaml"),
    ]
    assert [each["holds"] for each in written.claims["claims"]] == [True, True, True]


@pytest.mark.parametrize(
    ("name", "message"),
    [("offce", "did you mean 'office'"), ("words", "no number was published of this")],
)
def test_what_was_not_published_as_a_number_cannot_be_quoted(write: Write, name: str, message: str) -> None:
    figures = declared(OFFICE, OFFICE | {"id": "words"} | WORDS | {"above": 50})
    with pytest.raises(EstimateError, match=message):
        write(f"{{{{ published('{name}') }}}}", published=figures)
