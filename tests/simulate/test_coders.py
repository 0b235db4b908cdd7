from pathlib import Path

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.code import code_wave
from recount.coding.io import read_codings
from recount.simulate.io import write_table
from recount.simulate.simulate import Simulated, simulate_wave
from recount.study.codebook import read_codebook
from recount.study.instrument import Instrument
from recount.study.simulation import Design


def _codes(simulated: Simulated, question: str) -> set[tuple[str, str]]:
    """All pairs of respondent and code that are true."""
    names = simulated.answers.code_names[question]
    rows, columns = simulated.answers.codes[question].nonzero()
    return {(simulated.members.names[row], names[column]) for row, column in zip(rows, columns, strict=True)}


@pytest.mark.parametrize("wave", ["2018", "2020", "2022"])
@pytest.mark.parametrize("seed", [1, 2])
def test_agreement_and_adjudication_lead_to_the_true_codes(
    wave: str, seed: int, instrument: Instrument, design: Design
) -> None:
    simulated = simulate_wave(instrument, design, wave, seed=seed)
    for question in simulated.answers.codes:
        coded = dict(simulated.codings[f"{question}.A"][["respondent", "codes"]].to_numpy().tolist())
        if question not in design.wave(wave).single_coded:
            other = dict(simulated.codings[f"{question}.B"][["respondent", "codes"]].to_numpy().tolist())
            decided = dict(simulated.codings[f"{question}.adjudication"][["respondent", "codes"]].to_numpy().tolist())
            assert decided.keys() == {respondent for respondent in coded if coded[respondent] != other[respondent]}
            coded |= decided
        got = {(respondent, code) for respondent, codes in coded.items() for code in codes.split(";")}
        assert got == _codes(simulated, question)


def test_the_coders_differ_but_not_much(instrument: Instrument, design: Design) -> None:
    codings = simulate_wave(instrument, design, "2020").codings
    for question in ("obstacles", "benefits", "help"):
        differ = len(codings[f"{question}.adjudication"]) / len(codings[f"{question}.A"])
        assert 0.05 < differ < 0.5


def test_nobody_codes_twice_what_the_design_has_coded_once(instrument: Instrument, design: Design) -> None:
    codings = simulate_wave(instrument, design, "2022").codings
    assert [name for name in codings if name.startswith("help")] == ["help.A"]


def test_the_hash_is_that_of_the_coding_stage(instrument: Instrument, design: Design) -> None:
    coding = simulate_wave(instrument, design, "2022").codings["obstacles.A"]
    assert coding["answer_sha256"].tolist() == [answer_hash(answer) for answer in coding["answer"]]


def test_every_code_of_the_design_is_in_the_codebook(root: Path, design: Design) -> None:
    codebook = read_codebook(root / "data/coding/codebook.yaml")
    for wave in design.waves.values():
        for question in ("obstacles", "benefits", "help"):
            known = {code.id for code in codebook.questions[question]} | {"none"}
            assert set(wave.answers[question].counts if question in wave.answers else {}) <= known


def test_the_coding_stage_leaves_nothing_uncoded(
    root: Path, instrument: Instrument, design: Design, tmp_path: Path
) -> None:
    simulated = simulate_wave(instrument, design, "2020", seed=8)
    for name, coding in simulated.codings.items():
        write_table(coding, tmp_path / "2020" / f"{name}.csv")
    codings, adjudications = read_codings(tmp_path, "2020", ["obstacles", "benefits", "help"])
    coded = code_wave(
        _clean(simulated),
        instrument=instrument,
        wave="2020",
        codebook=read_codebook(root / "data/coding/codebook.yaml"),
        codings=codings,
        adjudications=adjudications,
    )
    assert len(coded.uncoded) == 0
    for question in ("obstacles", "benefits", "help"):
        rows = coded.codes[coded.codes["question"] == question]
        assert set(zip(rows["respondent"], rows["code"], strict=True)) == _codes(simulated, question)


def _clean(simulated: Simulated) -> pd.DataFrame:
    texts = {name: pd.Series(texts, dtype="str").replace("", None) for name, texts in simulated.answers.texts.items()}
    return pd.DataFrame({"respondent": pd.Series(simulated.members.names, dtype="str"), **texts})
