"""A wave from each platform: its export in codes, and the file that says what they mean."""

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from recount.fieldwork.adding import Comparison, compared
from recount.fieldwork.forms.io import read_questionnaire
from recount.fieldwork.io import add_wave
from recount.fieldwork.report import report
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export
from recount.study.instrument import Instrument, read_instrument
from tests.fieldwork.conftest import BEFORE, CONFIG, NOW, Change, Questionnaire, at, questionnaire
from tests.fieldwork.platforms import COLUMNS, coded, exported, fielded, stated
from tests.fieldwork.test_changes import (
    a_missing_option,
    a_new_option,
    a_new_question,
    a_rewording,
    another_order,
    found,
    proposed,
    told,
)

With = Callable[..., Comparison]


def before(platform: str, *, labels: bool) -> tuple[Questionnaire, Instrument]:
    """The questionnaire of the first wave, and the instrument that it left; with labels in the place of codes."""
    questions = questionnaire()
    for question in questions.values():
        question["waves"] = {BEFORE: question["waves"][NOW]}
        if labels:
            at_first = question["waves"][BEFORE]
            at_first["code"] = {each["id"]: each["label"] for each in question.get("categories", ())}
    coded(questions, BEFORE, platform)
    return questions, fielded(questions, BEFORE, platform)


@pytest.fixture
def added(tmp_path: Path) -> With:
    """Hold the next wave of a platform, with changes, against the first one."""

    def comparison(
        platform: str, *changes: Change, file: bool = True, same_columns: bool = False, labels: bool = False
    ) -> Comparison:
        asked, instrument = before(platform, labels=labels)
        first = read(exported(asked, BEFORE, platform, tmp_path / "first.csv"))
        questions = {
            name: {**each, "waves": {NOW: {**each["waves"][BEFORE], "code": dict(each["waves"][BEFORE]["code"])}}}
            for name, each in asked.items()
        }
        for question in questions.values():
            if labels:
                del question["waves"][NOW]["code"]
        for change in changes:
            change(questions)
        coded(questions, NOW, platform)
        raw = read(exported(questions, NOW, platform, tmp_path / "next.csv"))
        said = read_questionnaire(stated(questions, NOW, platform, tmp_path)) if file else None
        return compared(
            raw,
            instrument,
            NOW,
            waves=[BEFORE],
            before={BEFORE: first},
            questionnaire=said,
            same_columns=same_columns,
        )

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


def another_use(questions: Questionnaire) -> None:
    questions["uses"]["categories"].append({"id": "toilets", "label": "Toilets"})


def listed(comparison: Comparison) -> str:
    """The list as it is printed."""
    nothing = pa.table({"row": pa.array([], pa.int32())})
    raw = RawExport(cells=nothing, columns=(), format="limesurvey", encoding="utf-8", header=())
    return report(comparison, raw, accepted=frozenset())


PLATFORMS = list(COLUMNS)
WORDS_ALONE = ("ddi", "spss")


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
    if platform in WORDS_ALONE and change is another_base:
        pytest.skip("archives and data files tell who was asked in words, or not at all")
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
    assert found(everything) == expected - ({("base", "way")} if platform in WORDS_ALONE else set())
    assert " meant " in told(everything, "code", "visits")
    assert told(everything, "options", "uses") == 'not offered any more: "Computers"'
    assert everything.sure(0.0) == {"visitor"} | ({"way"} if platform in WORDS_ALONE else set())


# ------------------------------------------------------------------------------ codes, and no file to explain them


def test_codes_without_a_file_are_matched_by_name_and_each_waits_for_a_person(added: With) -> None:
    bare = added("lss", file=False)
    assert {kind for kind, _ in found(bare)} == {"not worded"}
    assert bare.sure(0.0) == {"visitor"}
    assert "the survey's structure (`.lss`)" in listed(bare)
    assert "- 6 questions, by a column's name and answers that fit alone: visits (`Q2`), hours (`Q3`)" in listed(bare)


def test_a_person_may_say_that_columns_ask_what_they_asked(added: With) -> None:
    trusted = added("lss", file=False, same_columns=True)
    assert found(trusted) == set()
    assert trusted.sure(0.9) == set(questionnaire())


def test_a_column_whose_answers_are_another_kind_is_never_taken_for_what_it_was(added: With) -> None:
    def another(questions: Questionnaire) -> None:
        a_new_question(questions)
        del questions["way"]
        at(questions, "parking")["column"] = "Q5"

    changed = added("lss", another, file=False, same_columns=True)
    assert {("name reused", "Q5"), ("dropped question", "way")} <= found(changed)


def test_codes_after_a_wave_of_labels_are_told_as_such_and_no_option_is_made_of_them(added: With) -> None:
    codes = added("lss", file=False, labels=True)
    assert told(codes, "options", "visits").startswith('codes that nothing explains: "A3", 36 answers')
    assert {kind for kind, _ in found(codes)} == {"not worded", "options"}
    assert all(each.categories == () for each in codes.proposals)


def test_with_the_file_codes_after_a_wave_of_labels_are_read(added: With) -> None:
    explained = added("lss", labels=True)
    assert found(explained) == set()
    values = (proposed(explained, "visits").fielding or {})["values"]
    assert values == {"A1": "weekly", "A2": "monthly", "A3": "rarely"}


def test_a_new_option_is_drafted_with_its_code(added: With) -> None:
    drafted = proposed(added("lss", a_new_option), "visits")
    assert drafted.categories == (
        {"id": "first_visit", "label": "This is my first visit", "proposed": "2024: 23 answers"},
    )
    assert (drafted.fielding or {})["values"]["A4"] == "first_visit"
    spread = proposed(added("lss", another_use), "uses")
    assert [each["label"] for each in spread.categories] == ["Toilets"]
    assert list((spread.fielding or {})["columns"].items())[-1] == ("toilets", "Q4[SQ005]")


def test_an_option_that_the_file_names_is_drafted_though_nobody_gave_it(added: With) -> None:
    def a_rare_option(questions: Questionnaire) -> None:
        questions["member"]["categories"].append({"id": "lost", "label": "I lost it"})
        del questions["member"]["waves"][NOW]["code"]

    stated_only = added("qsf", a_rare_option)
    unasked = proposed(stated_only, "member")
    assert [each["id"] for each in unasked.categories] == ["lost"]
    assert "lost" in (unasked.fielding or {})["values"].values()


@pytest.mark.parametrize("platform", PLATFORMS)
def test_a_wave_is_added_from_each_platforms_export_and_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    asked, instrument = before(platform, labels=False)
    study = tmp_path / "study"
    first = exported(asked, BEFORE, platform, study / "data/raw/2022/responses.csv")
    (study / "config.yaml").write_text(CONFIG, encoding="utf-8")
    content = json.loads(instrument.model_dump_json(exclude_defaults=True))
    (study / "data/instrument.yaml").write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    for question in asked.values():
        question["waves"] = {NOW: question["waves"][BEFORE]}
    a_new_option(asked)
    coded(asked, NOW, platform)
    export = exported(asked, NOW, platform, tmp_path / "next.csv")
    monkeypatch.chdir(study)
    made = add_wave(NOW, export=export, questionnaire=stated(asked, NOW, platform, tmp_path), accept=0.9)
    read_back = read_instrument("data/instrument.yaml")
    assert first.exists()
    assert [each.id for each in read_back.asked_in(NOW) if each.waves[NOW].proposed] == ["visits"]
    assert read_back.by_id["visits"].categories[-1].label == "This is my first visit"
    assert len(read_back.asked_in(NOW)) == len(read_back.questions)
    assert "2. Every answer can be read as proposed." in made.report
