from typing import Any

import pytest

from recount.errors import StudyError
from recount.ingest.raw import Column
from tests.clean.conftest import Study

WORDS = {"id": "words", "type": "text"}


def findings(study: Study, raw: Any, *questions: Any, **more: Any) -> Any:
    with pytest.raises(StudyError) as stop:
        study.clean(raw, *questions, **more)
    return stop.value.findings


def test_columns_are_found_but_for_their_blanks(study: Study) -> None:
    got = study.clean(
        {"What\u00a0do  you\nthink?": ["x"]}, {**WORDS, "waves": {"2020": {"column": "What do you think?"}}}
    )
    assert got.clean["words"].tolist() == ["x"]


def test_a_column_that_the_export_lacks_is_told_with_its_nearest(study: Study) -> None:
    found = findings(study, {"word": ["x"]}, WORDS, ignored={"2020": {"word": "no"}})
    assert [(each.file, each.key, each.value, each.expected) for each in found] == [
        ("data/instrument.yaml", "words.waves.2020.column", "words", "did you mean 'word'?")
    ]


def test_all_columns_that_nobody_declared_are_told_with_the_line_to_add(study: Study) -> None:
    column = Column("q9", ("q9", "How many?"), label="How many?")
    raw = study.export({"words": ["x", "y"], "q9": ["3", "4"], 'a "b"': ["", None]}, about={"q9": column})
    first, second = findings(study, raw, WORDS)
    assert (first.file, first.key, first.problem) == ("export.csv", "q9", "nobody declared this column")
    assert "worded \"How many?\", it holds '3', '4'" in first.expected
    assert 'ignored: {"2020": {"q9": REASON}}' in first.mend
    assert "it is empty" in second.expected
    assert r'{"a \"b\"": REASON}' in second.mend


def test_ignored_columns_need_no_question(study: Study) -> None:
    got = study.clean({"words": ["x"], "old\u00a0one": ["y"]}, WORDS, ignored={"2020": {"old one": "not analysed"}})
    assert list(got.clean) == ["respondent", "row", "words"]


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("qualtrics", ["IPAddress", "LocationLatitude", "Duration (in seconds)", "UserLanguage", "Q_RecaptchaScore"]),
        ("surveymonkey", ["Collector ID", "IP Address", "Email Address", "First Name", "Custom Data 1"]),
        ("limesurvey", ["id", "lastpage", "startlanguage", "seed", "interviewtime", "groupTime12", "q1Time"]),
        ("limesurvey", ["Response ID", "Last page", "Start language", "Seed"]),
        ("qualtrics-legacy", ["ResponseID", "ResponseSet", "Name"]),
    ],
)
def test_the_platforms_own_columns_need_no_declaration(study: Study, kind: str, names: list[str]) -> None:
    texts = {name: ["1"] for name in [*names, "words"]}
    assert len(study.clean(study.export(texts, format=kind), WORDS).clean) == 1
    assert len(findings(study, study.export(texts, format="csv"), WORDS)) == len(names)


def test_a_localised_platform_column_is_known_by_its_import_id(study: Study) -> None:
    column = Column("IP-Adresse", ("IP-Adresse", "IP-Adresse", '{"ImportId":"ipAddress"}'))
    raw = study.export({"IP-Adresse": ["1"], "words": ["x"]}, about={"IP-Adresse": column}, format="qualtrics")
    assert len(study.clean(raw, WORDS).clean) == 1


def test_a_role_that_the_settings_misname_is_told(study: Study) -> None:
    (found,) = findings(study, {"words": ["x"]}, WORDS, roles={"duration": "took"})
    assert (found.file, found.key) == ("config.yaml", "waves.2020.columns.duration")


def test_ids_that_give_two_columns_one_name_are_told(study: Study) -> None:
    many = {
        "id": "a",
        "type": "multi",
        "categories": [{"id": "b", "label": "B"}],
        "waves": {"2020": {"columns": {"b": "x"}}},
    }
    texts = {"x": ["1"], "a__b": ["x"], "row_": ["x"]}
    same = {"id": "row", "type": "text", "waves": {"2020": {"column": "row_"}}}
    found = findings(study, texts, many, {"id": "a__b", "type": "text"}, same)
    assert [each.value for each in found] == ["row", "a__b"]


def test_a_wave_that_no_question_names_is_told(study: Study) -> None:
    found = findings(study, {"words": ["x"]}, {**WORDS, "waves": {"2018": {"column": "words"}}})
    assert found[0].problem == "no question was asked in the wave '2020'"


@pytest.mark.parametrize(
    ("name", "text", "role"),
    [
        ("Status", "0", "status"),
        ("Finished", "True", "finished"),
        ("Duration (in seconds)", "70", "duration"),
        ("Start Date", "x", "started"),
        ("interviewtime", "12.5", "duration"),
        ("Response Type", "survey preview", "status"),
    ],
)
def test_an_undeclared_column_of_a_platform_is_first_told_as_a_role(
    study: Study, name: str, text: str, role: str
) -> None:
    first, second = findings(study, {"words": ["x", "y"], "q9": ["8", "1"], name: [text, "z"]}, WORDS)
    assert first.key == name
    assert first.mend.startswith(f'add to config.yaml: waves: {{"2020": {{columns: {{{role}: "{name}"}}}}}}; else ')
    assert 'ignored: {"2020": ' in first.mend
    assert (second.key, "config.yaml" in second.mend) == ("q9", False)
    assert len(study.clean({"words": ["x"], name: ["1"]}, WORDS, roles={role: name}).excluded) == (role == "status")


def test_a_role_that_is_named_already_is_not_suggested_again(study: Study) -> None:
    (found,) = findings(study, {"words": ["x"], "state": ["0"], "Status": ["0"]}, WORDS, roles={"status": "state"})
    assert "config.yaml" not in found.mend


def test_all_roles_of_a_platform_can_be_pasted_at_once(study: Study) -> None:
    found = findings(study, {"words": ["x"], "Finished": ["1"], "Status": ["0"]}, WORDS)
    line = 'waves: {"2020": {columns: {finished: "Finished", status: "Status"}}}'
    assert [line in each.mend for each in found] == [True, True]
