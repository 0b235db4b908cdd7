"""The published figures come out of the simulated exports, whatever the seed, once they are read and cleaned."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from recount.clean.clean import Cleaned, clean_wave
from recount.clean.io import read_corrections
from recount.ingest.read import read_export
from recount.simulate.io import write_export, write_table
from recount.simulate.simulate import Simulated, simulate_wave
from recount.study.instrument import Instrument, read_instrument
from recount.study.published import Published, read_published
from recount.study.settings import read_settings
from recount.study.simulation import Design, read_design

Played = Callable[[str, int], tuple[Simulated, Cleaned]]

ROOT = Path(__file__).parents[2]
WAVES = ("2018", "2020", "2022")
SEEDS = (20210217, 1, 2, 3)
FIGURES = read_published(ROOT / "data/published.yaml").figures


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Simulate, write, read and clean a wave; once for each seed."""
    instrument = read_instrument(ROOT / "data/instrument.yaml")
    design = read_design(ROOT / "data/simulation.yaml")
    settings = read_settings(ROOT / "config.yaml")

    @cache
    def play(wave: str, seed: int) -> tuple[Simulated, Cleaned]:
        folder = tmp_path_factory.mktemp(f"wave-{wave}-{seed}")
        simulated = simulate_wave(instrument, design, wave, seed=seed)
        write_export(simulated, folder / "responses.csv")
        write_table(simulated.corrections, folder / "corrections.csv")
        declared = settings.waves[wave]
        raw = read_export(folder / "responses.csv", name="responses.csv", format=declared.format)
        cleaned = clean_wave(
            raw,
            instrument=instrument,
            wave=wave,
            cleaning=settings.cleaning,
            roles=declared.columns,
            corrections=read_corrections(folder / "corrections.csv"),
        )
        return simulated, cleaned

    return play


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.id)
def test_a_published_figure_comes_out_on_its_base(figure: Published, seed: int, played: Played) -> None:
    simulated, cleaned = played(figure.wave, seed)
    if figure.question is None:
        assert figure.agrees(len(cleaned.clean))
        return
    shares, base = _shares(figure, simulated, cleaned.clean)
    others = [share for category, share in shares.items() if category != figure.category]
    assert figure.agrees(shares[figure.category], others) is True
    assert figure.base in (None, base)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("wave", WAVES)
def test_cleaning_gives_back_what_the_respondents_meant(
    wave: str, seed: int, played: Played, instrument: Instrument
) -> None:
    simulated, cleaned = played(wave, seed)
    clean = cleaned.clean.set_index("respondent").loc[list(simulated.members.names)]
    assert len(clean) == len(cleaned.clean)
    answers = simulated.answers
    for question, chosen in answers.chosen.items():
        exp = np.array([*(each.id for each in instrument.by_id[question].categories), None], dtype=object)[chosen]
        got = clean[question].astype(object).where(clean[question].notna(), None)
        assert got.tolist() == exp.tolist(), question
    for question, numbers in answers.numbers.items():
        np.testing.assert_array_equal(clean[question].to_numpy(dtype=float), numbers, err_msg=question)
    for question, texts in answers.texts.items():
        assert clean[question].fillna("").tolist() == [text.strip() for text in texts], question
    for question, ticks in answers.ticks.items():
        offered = [category.id for category in instrument.by_id[question].offered_in(wave)]
        for place, category in enumerate(instrument.by_id[question].categories):
            got = clean[f"{question}__{category.id}"]
            if category.id in offered:
                answered = ticks.any(axis=1)
                assert got.isna().tolist() == (~answered).tolist(), question
                assert got[answered].tolist() == ticks[answered, place].tolist(), question


@pytest.mark.parametrize("wave", WAVES)
def test_every_response_that_must_not_count_is_excluded_for_its_reason(
    wave: str, played: Played, design: Design
) -> None:
    _, cleaned = played(wave, 1)
    extra = design.wave(wave).extra
    exp = {
        "test": extra.tests,
        "preview": extra.previews,
        "duplicate": extra.duplicates,
        "partial": extra.partials,
        "speeder": extra.speeders,
        "no id": extra.without_id,
        "withdrawn": extra.withdrawn.count,
    }
    got = cleaned.excluded["reason"].value_counts().to_dict()
    assert got == {reason: count for reason, count in exp.items() if count}


def test_the_mess_of_fieldwork_shows_in_the_log_of_changes(played: Played) -> None:
    rules = {rule for wave in WAVES for rule in played(wave, 1)[1].changes["rule"]}
    assert rules >= {
        "missing text",
        "spelling",
        "date format",
        "blanks",
        "outside universe",
        "correction",
        "number format",
    }


def _shares(figure: Published, simulated: Simulated, clean: pd.DataFrame) -> tuple[dict[str, float], int]:
    """Shares of those who gave a valid answer, counted here anew."""
    question = read_instrument(ROOT / "data/instrument.yaml").by_id[figure.question or ""]
    if question.coded:
        codes = simulated.answers.codes[question.id]
        names = simulated.answers.code_names[question.id]
        base = int(clean[question.id].notna().sum())
        return {name: codes[:, place].sum() / base for place, name in enumerate(names)}, base
    if question.type == "multi":
        columns = {each.id: clean[f"{question.id}__{each.id}"].dropna() for each in question.offered_in(figure.wave)}
        base = len(columns["alone"])
        return {name: column.sum() / base for name, column in columns.items()}, base
    valid = clean[question.id][clean[question.id].isin([category.id for category in question.valid])]
    shares = valid.value_counts(normalize=True).to_dict()
    nets = {name: sum(shares[member] for member in members) for name, members in question.nets.items()}
    return shares | nets, len(valid)
