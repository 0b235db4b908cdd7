"""The command `recount`, as a person types it."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recount.cli import app
from recount.ingest.seal import digest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The built-in study without its code, as the current folder."""
    shutil.copy(ROOT / "config.yaml", tmp_path)
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def recount(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, arguments)
    return result.exit_code, result.output


def test_a_wave_can_be_rehearsed_at_any_size(study: Path) -> None:
    code, printed = recount("simulate", "2022", "--rows", "500", "--output", "rehearsal.csv")
    assert (code, printed.strip()) == (0, "rehearsal.csv")
    assert len((study / "rehearsal.csv").read_text(encoding="utf-8-sig").splitlines()) > 500


def test_installing_a_simulated_wave_gives_the_files_that_ship(study: Path) -> None:
    before = digest(study / "data" / "raw" / "2020" / "responses.csv")
    code, _ = recount("simulate", "2020", "--install")
    assert code == 0
    assert digest(study / "data" / "raw" / "2020" / "responses.csv") == before


def test_real_responses_are_never_overwritten_by_simulated_ones(study: Path) -> None:
    config = study / "config.yaml"
    config.write_text(config.read_text(encoding="utf-8").replace("simulated: true", "simulated: false"), "utf-8")
    before = digest(study / "data" / "raw" / "2020" / "responses.csv")
    code, printed = recount("simulate", "2020", "--install")
    assert code == 1
    assert "Traceback" not in printed
    assert digest(study / "data" / "raw" / "2020" / "responses.csv") == before


def test_sealing_an_unknown_wave_names_the_nearest(study: Path) -> None:
    code, printed = recount("seal", "2202")
    assert code == 1
    assert "did you mean '2022'" in printed
    assert (study / "data" / "raw" / "SHA256SUMS").exists()


def test_another_folders_study_can_be_named(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(study.parent)
    code, printed = recount("--directory", str(study), "seal", "2018")
    assert (code, "2018/responses.csv" in printed) == (0, True)
