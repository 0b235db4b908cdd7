from pathlib import Path

import pytest

from recount.errors import StudyError
from recount.study.figures import Figures
from recount.study.instrument import Instrument
from recount.study.references import check_files, check_references
from recount.study.settings import Settings
from recount.study.tables import Tables

SECTOR = {
    "id": "sector",
    "label": "Sector",
    "text": "Sector?",
    "type": "single",
    "categories": [{"id": "a", "label": "A"}],
    "waves": {"2020": {"column": "Q1"}},
}
INSTRUMENT = Instrument.model_validate({"title": "t", "questions": [SECTOR]})


def settings(**changes: object) -> Settings:
    wave = {"export": "data/raw/2020/export.csv", "design": "census"}
    return Settings.model_validate({"title": "t", "waves": {"2020": wave}, "paper": {"wave": "2020"}, **changes})


def test_declarations_that_name_only_what_is_declared_pass() -> None:
    figures = Figures.model_validate(
        {"figures": {"f": {"kind": "bars", "caption": "c", "items": [{"question": "sector"}]}}}
    )
    check_references(settings(estimates={"groups": ["sector"]}), INSTRUMENT, figures, Tables())
    with pytest.raises(StudyError) as caught:
        check_references(settings(estimates={"groups": ["sectr"]}), INSTRUMENT, figures, Tables())
    assert [each.key for each in caught.value.findings] == ["estimates.groups"]


def test_every_unknown_question_and_wave_is_told_with_its_file_and_key() -> None:
    figures = Figures.model_validate(
        {"figures": {"f": {"kind": "bars", "caption": "c", "wave": "2021", "items": [{"question": "secter"}]}}}
    )
    tables = Tables.model_validate({"tables": {"t": {"kind": "crosstab", "caption": "c", "groups": ["region"]}}})
    with pytest.raises(StudyError) as caught:
        check_references(settings(estimates={"groups": ["sectr"]}), INSTRUMENT, figures, tables)
    assert [(each.file, each.key, each.value) for each in caught.value.findings] == [
        ("config.yaml", "estimates.groups", "sectr"),
        ("report/figures.yaml", "figures.f.items.0.question", "secter"),
        ("report/figures.yaml", "figures.f.waves", "2021"),
        ("report/tables.yaml", "tables.t.groups", "region"),
    ]
    assert caught.value.findings[0].expected == "did you mean 'sector'?"


def test_a_table_by_a_group_that_is_not_estimated_is_told_before_its_columns_stay_empty() -> None:
    tables = Tables.model_validate({"tables": {"t": {"kind": "crosstab", "caption": "c", "groups": ["sector"]}}})
    check_references(settings(estimates={"groups": ["sector"]}), INSTRUMENT, Figures(), tables)
    with pytest.raises(StudyError) as caught:
        check_references(settings(), INSTRUMENT, Figures(), tables)
    assert [(each.key, each.value) for each in caught.value.findings] == [("tables.t.groups", "sector")]
    assert caught.value.findings[0].mend == "add sector to estimates.groups in config.yaml"


def test_every_file_that_is_not_there_is_told_with_the_key_that_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "instrument.yaml").touch()
    with pytest.raises(StudyError) as caught:
        check_files(settings())
    assert [each.file for each in caught.value.findings] == ["report/paper.md.j2", "data/raw/2020/export.csv"]
    assert "`waves.2020.export`" in caught.value.findings[1].mend
