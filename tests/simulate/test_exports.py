"""What is written is read again as it was meant."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from recount.errors import SimulationError
from recount.ingest.read import read_export
from recount.simulate.io import install_simulated, write_export, write_simulated
from recount.simulate.simulate import simulate_wave
from recount.study.instrument import Instrument
from recount.study.settings import Settings
from recount.study.simulation import Design

FORMATS = {"qualtrics": 3, "surveymonkey": 2, "limesurvey": 1, "csv": 1, "tsv": 1}


@pytest.mark.parametrize("wave", ["2018", "2020", "2022"])
def test_the_files_of_the_study_are_those_that_the_design_gives(
    wave: str, root: Path, settings: Settings, tmp_path: Path
) -> None:
    _study(root, tmp_path)
    written = install_simulated(tmp_path, wave)
    assert written[0] == tmp_path / settings.waves[wave].export
    for file in written:
        assert file.read_bytes() == (root / file.relative_to(tmp_path)).read_bytes(), file.name
    coding = {file.name for file in (root / "data/coding" / wave).iterdir()}
    assert coding == {file.name for file in written if file.parent.name == wave and file.name != "responses.csv"}


@pytest.mark.parametrize("form", FORMATS)
def test_every_cell_is_read_as_it_was_written(form: str, small: Instrument, tmp_path: Path) -> None:
    simulated = simulate_wave(small, None, "1", size=30, form=form)
    write_export(simulated, tmp_path / "responses.csv")
    raw = read_export(tmp_path / "responses.csv", name="responses.csv", format=form)
    assert len(raw.header) == FORMATS[form]
    for column, texts in simulated.cells.items():
        assert [text or "" for text in raw.cells[column].to_pylist()] == texts.tolist(), column


@pytest.mark.parametrize(
    ("wave", "form", "encoding"),
    [("2018", "surveymonkey", "cp1252"), ("2020", "qualtrics", "utf-8-sig"), ("2022", "limesurvey", "utf-8-sig")],
)
def test_the_form_of_each_wave_is_recognised(
    wave: str, form: str, encoding: str, root: Path, settings: Settings
) -> None:
    raw = read_export(root / settings.waves[wave].export, name="responses.csv")
    assert (raw.format, raw.encoding) == (form, encoding)


def test_a_heading_has_the_non_breaking_space_of_the_design(root: Path) -> None:
    assert b"Number of\xa0staff" in (root / "data/raw/2018/responses.csv").read_bytes()


def test_options_that_hold_the_separator_are_joined_all_the_same(root: Path) -> None:
    assert "Climate and environment,Resilience" in (
        text := (root / "data/raw/2020/responses.csv").read_text("utf-8-sig")
    )
    assert ',"Peace, security and migration' in text or ',Peace, security and migration"' in text


def test_hostile_answers_are_in_the_files_of_the_study(root: Path) -> None:
    text = "".join((root / f"data/raw/{wave}/responses.csv").read_text("utf-8-sig") for wave in ("2020", "2022"))
    for hostile in ("=SUM(A1:A9)", "<script>", "50% & rising $", "{{ good }}", "\\textbf{annex}"):
        assert hostile in text


def test_an_answer_that_the_encoding_lacks_is_told(small: Instrument, tmp_path: Path) -> None:
    content = {
        "waves": {
            "1": {"respondents": 5, "encoding": "ascii", "slips": [{"question": "hours", "text": "dé", "means": "9"}]}
        }
    }
    simulated = simulate_wave(small, Design.declared_in("simulation.yaml", content), "1")
    with pytest.raises(SimulationError, match="ascii has no such character"):
        write_export(simulated, tmp_path / "responses.csv")
    assert not (tmp_path / "responses.csv").exists()


def test_an_spss_file_holds_the_cells(small: Instrument, tmp_path: Path) -> None:
    simulated = simulate_wave(small, None, "1", size=12, form="spss")
    write_export(simulated, tmp_path / "responses.sav")
    raw = read_export(tmp_path / "responses.sav", name="responses.sav", format="spss")
    assert raw.cells["job"].to_pylist() == simulated.cells["job"].tolist()


def test_without_an_output_the_wave_goes_to_the_results(root: Path, tmp_path: Path) -> None:
    _study(root, tmp_path)
    export = write_simulated(tmp_path, "2022", rows=80)
    assert export == tmp_path / "results/simulated/2022/responses.csv"
    assert (export.parent / "corrections.csv").exists()


def test_an_output_with_an_ending_is_the_export_alone(root: Path, tmp_path: Path) -> None:
    _study(root, tmp_path)
    export = write_simulated(tmp_path, "2020", form="tsv", output=tmp_path / "rehearsal.tsv")
    assert export.read_text(encoding="utf-8").startswith("Q1\tRecordedDate\tQ2\t")
    assert {file.name for file in tmp_path.iterdir()} == {"config.yaml", "data", "rehearsal.tsv"}


def test_an_unknown_form_is_told_with_the_nearest(root: Path, tmp_path: Path) -> None:
    _study(root, tmp_path)
    with pytest.raises(SimulationError, match="did you mean 'qualtrics'"):
        write_simulated(tmp_path, "2020", form="qualtric")


@pytest.mark.parametrize("how", ["install", "output"])
def test_a_real_export_is_never_overwritten(how: str, root: Path, tmp_path: Path) -> None:
    _study(root, tmp_path)
    config = tmp_path / "config.yaml"
    config.write_text(
        config.read_text(encoding="utf-8").replace("simulated: true", "simulated: false"), encoding="utf-8"
    )
    ways = {
        "install": lambda: install_simulated(tmp_path, "2020"),
        "output": lambda: write_simulated(tmp_path, "2020", output=tmp_path / "data/raw/2020/responses.csv"),
    }
    with pytest.raises(SimulationError, match="this wave is not simulated"):
        ways[how]()
    assert not (tmp_path / "data/raw").exists()


def test_chunks_do_not_show(small: Instrument, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    simulated = simulate_wave(small, None, "1", size=25)
    write_export(simulated, tmp_path / "whole.csv")
    monkeypatch.setattr("recount.simulate.io.CHUNK", 7)
    write_export(simulated, tmp_path / "chunks.csv")
    assert (tmp_path / "whole.csv").read_bytes() == (tmp_path / "chunks.csv").read_bytes()
    assert np.array([len(texts) for texts in simulated.cells.values()]).max() == 25


def _study(root: Path, folder: Path) -> None:
    """A study with our declarations and without any responses."""
    (folder / "data").mkdir()
    shutil.copy(root / "config.yaml", folder)
    for name in ("instrument.yaml", "simulation.yaml", "simulation-answers.yaml"):
        shutil.copy(root / "data" / name, folder / "data")
