"""Every mistake in a declaration is told with its file, key, value and the nearest key."""

from pathlib import Path
from typing import Any

import pytest

from recount.errors import Finding, StudyError
from recount.study.codebook import read_codebook
from recount.study.declared import read_yaml
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.settings import Settings, read_settings
from recount.study.tables import Tables

WAVE = {"export": "a.csv", "design": "census"}
SETTINGS: dict[str, Any] = {"title": "T", "waves": {"2018": WAVE}, "paper": {"wave": "2018"}}
QUESTION: dict[str, Any] = {"id": "q", "label": "Q", "text": "Q?", "type": "text"}


def _findings(model: type[Any], content: object) -> tuple[Finding, ...]:
    with pytest.raises(StudyError) as error:
        model.declared_in("study.yaml", content)
    return error.value.findings


def _yaml(folder: Path, text: str) -> Path:
    file = folder / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("model", "content", "key", "expected"),
    [
        (Settings, SETTINGS | {"titel": "x"}, "titel", "did you mean 'title' or"),
        (
            Settings,
            SETTINGS | {"waves": {"2018": WAVE | {"exprot": "x"}}},
            "waves.2018.exprot",
            "did you mean 'export'",
        ),
        (Settings, SETTINGS | {"cleaning": {"minimum_answerd": 1}}, "cleaning.minimum_answerd", "'minimum_answered'"),
        (Settings, SETTINGS | {"cleaning": {"tests": {"statuss": []}}}, "cleaning.tests.statuss", "'status'"),
        (Settings, SETTINGS | {"paper": {"wave": "2018", "clams": "stop"}}, "paper.clams", "'claims'"),
        (Instrument, {"title": "T", "questions": [QUESTION | {"lable": "x"}]}, "questions.0.lable", "'label'"),
        (
            Instrument,
            {"title": "T", "questions": [QUESTION | {"waves": {"1": {"colum": "x", "column": "y"}}}]},
            "questions.0.waves.1.colum",
            "'column'",
        ),
        (Figures, {"figures": {"f": {"kind": "dots", "caption": "c", "itmes": []}}}, "figures.f.itmes", "'items'"),
        (Tables, {"tables": {"t": {"kind": "items", "caption": "c", "notes": "x"}}}, "tables.t.notes", "'note'"),
    ],
)
def test_an_unknown_key_is_told_with_the_nearest(model: type[Any], content: object, key: str, expected: str) -> None:
    (finding,) = _findings(model, content)
    assert (finding.file, finding.key) == ("study.yaml", key)
    assert expected in finding.expected


def test_a_wrong_value_is_told_with_its_key_and_value() -> None:
    (finding,) = _findings(Settings, SETTINGS | {"waves": {"2018": WAVE | {"design": "sample"}}})
    assert (finding.key, finding.value) == ("waves.2018.design", "sample")
    assert "'census', 'probability' or 'nonprobability'" in finding.problem


def test_all_mistakes_are_told_at_once() -> None:
    content = {"titel": "x", "waves": {"2018": {"design": "census"}}, "paper": {"wave": "2018"}}
    assert [finding.key for finding in _findings(Settings, content)] == ["title", "waves.2018.export", "titel"]


def test_the_message_names_file_key_value_and_what_was_expected() -> None:
    (finding,) = _findings(Settings, SETTINGS | {"short_titl": "x"})
    assert str(finding).splitlines() == [
        "study.yaml, short_titl: 'x': this key is not known",
        "    expected: did you mean 'short_title' or 'title'?",
    ]


def test_a_paper_about_an_unknown_wave_is_told_with_the_nearest() -> None:
    (finding,) = _findings(Settings, SETTINGS | {"paper": {"wave": "2081"}})
    assert "paper.wave is '2081': did you mean '2018'?" in finding.problem


def test_a_bare_year_is_the_name_of_a_wave() -> None:
    assert list(Settings.declared_in("config.yaml", SETTINGS | {"waves": {2018: WAVE}}).waves) == ["2018"]


def test_yes_and_no_and_dates_stay_as_they_were_typed(tmp_path: Path) -> None:
    file = _yaml(tmp_path, "categories: [yes, no, on, off]\nfirst: 2018-03-05\nsimulated: true\nn: 12\n")
    exp = {"categories": ["yes", "no", "on", "off"], "first": "2018-03-05", "simulated": True, "n": 12}
    assert read_yaml(file) == exp


def test_a_key_that_stands_twice_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="'office' stands twice") as error:
        read_yaml(_yaml(tmp_path, "office: 1\nstaff: 2\noffice: 3\n"))
    assert error.value.findings[0].row == 3


def test_text_that_is_no_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="this is not YAML") as error:
        read_yaml(_yaml(tmp_path, "title: x\nwaves: [1, 2\n"))
    assert error.value.findings[0].row == 3


def test_a_file_that_is_not_there_is_told_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"nothing\.yaml: there is no such file"):
        read_settings(tmp_path / "nothing.yaml")


def test_a_parent_code_that_does_not_exist_is_told(tmp_path: Path) -> None:
    text = "version: '1'\nquestions: {q: [{id: a, label: A, definition: d, parent: z}]}\n"
    with pytest.raises(StudyError, match=r"q\.a: there is no parent 'z'"):
        read_codebook(_yaml(tmp_path, text))


def test_two_codes_of_one_id_are_told(tmp_path: Path) -> None:
    text = "version: '1'\nquestions: {q: [{id: a, label: A, definition: d}, {id: a, label: B, definition: d}]}\n"
    with pytest.raises(StudyError, match="two codes have the same id"):
        read_codebook(_yaml(tmp_path, text))


def test_what_should_be_a_list_is_told_what_it_holds() -> None:
    (finding,) = _findings(Instrument, {"title": "T", "questions": [QUESTION | {"categories": {"a": "A"}}]})
    assert (finding.key, finding.expected) == ("questions.0.categories", "a list of categories, each with id, label")
    (finding,) = _findings(Instrument, {"title": "T", "questions": [QUESTION | {"missing": "n/a"}]})
    assert finding.expected == "a list, such as [a, b]"
