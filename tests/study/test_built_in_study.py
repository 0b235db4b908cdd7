"""The built-in study declares what it must, and its parts fit together."""

from pathlib import Path

import pytest

from recount.study.codebook import read_codebook
from recount.study.instrument import read_instrument
from recount.study.published import read_published
from recount.study.settings import Settings, read_settings

ROOT = Path(__file__).parents[2]
INSTRUMENT = read_instrument(ROOT / "data/instrument.yaml")
SETTINGS = read_settings(ROOT / "config.yaml")


def test_every_published_figure_has_its_question_category_and_wave() -> None:
    codebook = read_codebook(ROOT / "data/coding/codebook.yaml")
    for figure in read_published(ROOT / "data/published.yaml").figures:
        assert figure.wave in SETTINGS.waves
        if figure.question is None:
            continue
        question = INSTRUMENT.question(figure.question)
        assert figure.wave in question.waves
        codes = [code.id for code in codebook.questions[question.id]] if question.coded else []
        assert figure.category in [*codes, *question.nets, *(category.id for category in question.categories)], (
            figure.id
        )


def test_the_base_of_forty_two_is_declared_where_it_was_inferred() -> None:
    figures = read_published(ROOT / "data/published.yaml").figures
    assert [figure.value for figure in figures if figure.base == 42] == [86, 93, 40, 38]


def test_training_was_worded_anew_in_every_wave_and_is_no_trend() -> None:
    training = INSTRUMENT.question("training")
    assert len({training.text_in(wave) for wave in SETTINGS.waves}) == 3
    assert [wave for wave, fielding in training.waves.items() if fielding.comparable] == ["2020"]


def test_a_column_name_is_used_again_for_another_question() -> None:
    used = {
        wave: {column: question.id for question in INSTRUMENT.asked_in(wave) for column in question.columns_in(wave)}
        for wave in ("2020", "2022")
    }
    shared = used["2020"].keys() & used["2022"].keys()
    assert "Q15" in shared
    assert used["2020"]["Q15"] != used["2022"]["Q15"]


def test_every_open_ended_question_has_its_codes() -> None:
    codebook = read_codebook(ROOT / "data/coding/codebook.yaml")
    assert set(codebook.questions) == {question.id for question in INSTRUMENT.questions if question.coded}
    assert all(8 <= len(codes) <= 9 for codes in codebook.questions.values())
    assert all(code.example and code.use_when for codes in codebook.questions.values() for code in codes)


def test_all_waves_say_that_they_are_simulated() -> None:
    assert SETTINGS.simulated == ("2018", "2020", "2022")


def test_snakemake_reads_the_settings_as_we_do() -> None:
    configfile = pytest.importorskip("snakemake.common.configfile")
    assert Settings.declared_in("config.yaml", configfile.load_configfile(ROOT / "config.yaml")) == SETTINGS


def test_every_key_that_an_author_can_set_stands_in_config_yaml() -> None:
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    parts = (SETTINGS, SETTINGS.cleaning, SETTINGS.estimates, SETTINGS.coding, SETTINGS.display, SETTINGS.paper)
    assert [key for part in parts for key in type(part).model_fields if f"{key}:" not in text] == []
