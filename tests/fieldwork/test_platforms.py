"""A wave from each platform: its export in codes, and the file that says what they mean."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recount.fieldwork.adding import Comparison, compared
from recount.fieldwork.forms.io import read_questionnaire
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export
from recount.study.instrument import Instrument
from tests.fieldwork.conftest import BEFORE, NOW, Change, Questionnaire, at, questionnaire
from tests.fieldwork.platforms import COLUMNS, coded, exported, fielded, stated
from tests.fieldwork.test_changes import (
    a_missing_option,
    a_new_option,
    a_new_question,
    a_rewording,
    another_order,
    found,
    told,
)

With = Callable[..., Comparison]


def before(platform: str) -> tuple[Questionnaire, Instrument]:
    """The questionnaire of the first wave, and the instrument that it left."""
    questions = questionnaire()
    for question in questions.values():
        question["waves"] = {BEFORE: question["waves"][NOW]}
    coded(questions, BEFORE, platform)
    return questions, fielded(questions, BEFORE, platform)


@pytest.fixture
def added(tmp_path: Path) -> With:
    """Hold the next wave of a platform, with changes, against the first one."""

    def comparison(platform: str, *changes: Change, file: bool = True) -> Comparison:
        asked, instrument = before(platform)
        first = read(exported(asked, BEFORE, platform, tmp_path / "first.csv"))
        questions = {
            name: {**each, "waves": {NOW: {**each["waves"][BEFORE], "code": dict(each["waves"][BEFORE]["code"])}}}
            for name, each in asked.items()
        }
        for change in changes:
            change(questions)
        coded(questions, NOW, platform)
        raw = read(exported(questions, NOW, platform, tmp_path / "next.csv"))
        said = read_questionnaire(stated(questions, NOW, platform, tmp_path)) if file else None
        return compared(raw, instrument, NOW, waves=[BEFORE], before={BEFORE: first}, questionnaire=said)

    return comparison


def read(file: Path) -> RawExport:
    return read_export(file, name=file.name)


def other_codes(questions: Questionnaire) -> None:
    """What the first two options were called is now each other's code."""
    code = at(questions, "visits")["code"]
    code["weekly"], code["monthly"] = code["monthly"], code["weekly"]


def options_turned_round(questions: Questionnaire) -> None:
    questions["hours"]["categories"].reverse()


def another_base(questions: Questionnaire) -> None:
    questions["way"]["universe"] = {"visits": ["weekly", "monthly"]}


def one_becomes_several(questions: Questionnaire) -> None:
    questions["member"] |= {"type": "multi"}
    questions["member"]["categories"] = [
        {"id": "yes", "label": "Yes"},
        {"id": "no", "label": "No"},
        {"id": "child", "label": "My child has one"},
    ]


def an_option_less(questions: Questionnaire) -> None:
    del questions["uses"]["categories"][2]
    at(questions, "uses")["code"].pop("computers", None)


def a_name_that_another_question_takes(questions: Questionnaire) -> None:
    del questions["wishes"]
    a_new_question(questions)
    at(questions, "parking")["column"] = "Q7"


PLATFORMS = list(COLUMNS)


@pytest.mark.parametrize("platform", PLATFORMS)
def test_the_same_questionnaire_is_matched_throughout_and_changes_nothing(added: With, platform: str) -> None:
    same = added(platform)
    assert found(same) == set()
    assert {each.pair.question.id for each in same.proposals} == set(questionnaire())
    assert (same.begun, same.ignored) == ((), {})
    assert min(each.pair.score for each in same.proposals) >= 0.9


CASES: list[tuple[Change, set[tuple[str, str]]]] = [
    (other_codes, {("code", "visits")}),
    (options_turned_round, {("order of options", "hours")}),
    (another_base, {("base", "way")}),
    (one_becomes_several, {("type", "member")}),
    (a_missing_option, {("options", "visits")}),
]


@pytest.mark.parametrize("platform", PLATFORMS)
@pytest.mark.parametrize(("change", "expected"), CASES, ids=lambda case: getattr(case, "__name__", ""))
def test_what_only_the_platforms_file_tells_is_found_and_nothing_else(
    added: With, platform: str, change: Change, expected: set[tuple[str, str]]
) -> None:
    if platform == "ddi" and change is another_base:
        pytest.skip("a codebook tells who was asked in words alone")
    assert found(added(platform, change)) == expected


@pytest.mark.parametrize("platform", PLATFORMS)
def test_every_kind_of_change_at_once_is_found_and_named(added: With, platform: str) -> None:
    everything = added(
        platform,
        a_rewording,
        a_new_option,
        other_codes,
        options_turned_round,
        an_option_less,
        another_base,
        one_becomes_several,
        a_name_that_another_question_takes,
        another_order,
    )
    expected = {
        ("name reused", "Q7"),
        ("code", "visits"),
        ("type", "member"),
        ("reworded", "hours"),
        ("options", "visits"),
        ("options", "uses"),
        ("order of options", "hours"),
        ("base", "way"),
        ("new question", "Q7"),
        ("dropped question", "wishes"),
        ("order of questions", "visits"),
    }
    assert found(everything) == expected - ({("base", "way")} if platform == "ddi" else set())
    assert "Neither" not in told(everything, "options", "uses")
    assert everything.sure(0.0) == {"visitor"} | ({"way"} if platform == "ddi" else set())
