from pathlib import Path

import numpy as np
import pytest

from recount.errors import SimulationError
from recount.simulate.io import write_export
from recount.simulate.simulate import simulate_wave
from recount.study.instrument import Instrument, read_instrument
from recount.study.simulation import Design

WAVES = ("2018", "2020", "2022")


@pytest.mark.parametrize("wave", WAVES)
def test_the_same_seed_gives_the_same_bytes(wave: str, instrument: Instrument, design: Design, tmp_path: Path) -> None:
    for name in ("first.csv", "second.csv"):
        write_export(simulate_wave(instrument, design, wave, seed=11), tmp_path / name)
    assert (tmp_path / "first.csv").read_bytes() == (tmp_path / "second.csv").read_bytes()


def test_another_seed_gives_other_responses(instrument: Instrument, design: Design) -> None:
    first, second = (simulate_wave(instrument, design, "2020", seed=seed) for seed in (1, 2))
    assert first.members.names.tolist() != second.members.names.tolist()


def test_as_many_cities_return_as_the_design_says_and_keep_their_region(instrument: Instrument, design: Design) -> None:
    before, after = (simulate_wave(instrument, design, wave) for wave in ("2018", "2020"))
    regions = [dict(zip(each.members.names, each.answers.chosen["region"], strict=True)) for each in (before, after)]
    returned = regions[0].keys() & regions[1].keys()
    assert len(returned) == 18
    assert all(regions[0][city] == regions[1][city] for city in returned)


def test_every_count_of_the_design_comes_out(instrument: Instrument, design: Design) -> None:
    for wave in WAVES:
        answers = simulate_wave(instrument, design, wave, seed=5).answers
        for name, declared in design.wave(wave).answers.items():
            question = instrument.by_id[name]
            if name in answers.codes:
                got = dict(zip(answers.code_names[name], answers.codes[name].sum(axis=0), strict=True))
            elif question.type == "multi":
                got = {each.id: answers.ticks[name][:, place].sum() for place, each in enumerate(question.categories)}
                got = {category: count for category, count in got.items() if category in declared.counts}
            elif question.closed:
                got = {each.id: (answers.chosen[name] == place).sum() for place, each in enumerate(question.categories)}
                got = {category: count for category, count in got.items() if category in declared.counts}
            else:
                continue
            assert got == declared.counts, (wave, name)
            assert (answers.asked[name] & ~answers.answered(name)).sum() == declared.no_answer, (wave, name)


def test_nobody_answers_a_question_that_was_not_asked(instrument: Instrument, design: Design) -> None:
    answers = simulate_wave(instrument, design, "2022", seed=4).answers
    strategy = [category.id for category in instrument.by_id["strategy"].categories]
    has_strategy = answers.chosen["strategy"] == strategy.index("yes")
    assert not answers.answered("strategy_form")[~has_strategy].any()
    assert answers.answered("strategy_form").sum() == has_strategy.sum() - 1


def test_answers_go_together_where_the_design_says_so(instrument: Instrument, design: Design) -> None:
    answers = simulate_wave(instrument, design, "2020", seed=1, size=5000).answers
    both = answers.answered("office") & answers.answered("strategy")
    office = answers.chosen["office"][both] == 0
    strategy = answers.chosen["strategy"][both] == 0
    assert np.corrcoef(office, strategy)[0, 1] > 0.2


def test_at_another_size_the_shares_stay(instrument: Instrument, design: Design) -> None:
    answers = simulate_wave(instrument, design, "2020", size=4700).answers
    assert (answers.chosen["office"] == 0).sum() == pytest.approx(3600, abs=2)
    assert answers.ticks["networks"][:, 0].sum() == pytest.approx(3300, abs=20)
    assert answers.codes["obstacles"][:, 0].sum() == pytest.approx(2500, abs=20)


@pytest.mark.parametrize("size", [1, 2, 7, 400])
def test_an_instrument_without_a_design_gets_answers_of_every_kind(small: Instrument, size: int) -> None:
    answers = simulate_wave(small, None, "1", seed=3, size=size).answers
    assert set(answers.asked) == {"job", "hours", "ways", "mood", "why", "weight"}
    assert not np.isin(answers.answered("hours"), [True])[answers.chosen["job"] != 0].any()
    hours = answers.numbers["hours"][answers.answered("hours")]
    assert ((hours >= 1) & (hours <= 60)).all()
    alone = answers.ticks["ways"][:, 2]
    assert not answers.ticks["ways"][alone][:, :2].any()
    assert (answers.numbers["weight"] > 0).all()


def test_without_a_design_answers_are_about_equally_frequent(small: Instrument) -> None:
    chosen = simulate_wave(small, None, "1", size=4000).answers.chosen["job"]
    assert np.mean(chosen[chosen >= 0] == 0) == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("form", ["csv", "tsv", "qualtrics", "surveymonkey", "limesurvey"])
def test_a_real_survey_can_be_rehearsed_in_every_form(root: Path, form: str) -> None:
    instrument = read_instrument(root / "examples/masculinity/data/instrument.yaml")
    simulated = simulate_wave(instrument, None, "2018", size=50, form=form)
    named = {column for question in instrument.asked_in("2018") for column in question.columns_in("2018")}
    assert named <= set(simulated.cells)
    assert {len(texts) for texts in simulated.cells.values()} == {50}


def test_a_count_that_does_not_add_up_is_told_with_its_key(small: Instrument) -> None:
    design = Design.declared_in(
        "simulation.yaml", {"waves": {"1": {"respondents": 10, "answers": {"job": {"counts": {"yes": 3, "no": 6}}}}}}
    )
    with pytest.raises(SimulationError, match=r"waves\.1\.answers\.job.*\n?.*sum to 9, but 10 are asked"):
        simulate_wave(small, design, "1")


def test_all_counts_that_do_not_add_up_are_told_at_once(small: Instrument) -> None:
    answers = {"job": {"counts": {"yes": 1, "no": 1}}, "ways": {"counts": {"bus": 1, "foot": 1, "none": 1}}}
    design = Design.declared_in("simulation.yaml", {"waves": {"1": {"respondents": 10, "answers": answers}}})
    with pytest.raises(SimulationError) as error:
        simulate_wave(small, design, "1")
    assert [finding.key for finding in error.value.findings] == ["waves.1.answers.job", "waves.1.answers.ways.counts"]


def test_an_unknown_question_or_category_is_told_with_the_nearest(small: Instrument) -> None:
    answers = {"jobs": {"counts": {}}, "job": {"counts": {"yess": 10}}}
    design = Design.declared_in("simulation.yaml", {"waves": {"1": {"respondents": 10, "answers": answers}}})
    with pytest.raises(SimulationError) as error:
        simulate_wave(small, design, "1")
    got = [(finding.value, finding.expected) for finding in error.value.findings]
    assert got == [("jobs", "did you mean 'job'?"), ("yess", "did you mean 'yes'?")]


def test_an_unknown_wave_is_told_with_those_there_are(small: Instrument) -> None:
    with pytest.raises(SimulationError, match=r"waves\.2021.*\n.*one of 1"):
        simulate_wave(small, None, "2021")


def test_a_slip_that_nobody_could_make_is_told(small: Instrument) -> None:
    wave = {"respondents": 5, "slips": [{"question": "job", "outside": "Yes"}]}
    design = Design.declared_in("simulation.yaml", {"waves": {"1": wave}})
    with pytest.raises(SimulationError, match=r"waves\.1\.slips\.0.*1 are to slip so, 0 could"):
        simulate_wave(small, design, "1")


def test_a_panel_that_is_too_small_is_told(small: Instrument) -> None:
    content = {"panel": {"prefix": "P", "size": 4}, "waves": {"1": {"respondents": 5}}}
    with pytest.raises(SimulationError, match="the panel has 4 units to give, 5 are wanted"):
        simulate_wave(small, Design.declared_in("simulation.yaml", content), "1")
