"""The commands that build a study and ask after it, as one types them where one stands."""

import shlex
from pathlib import Path

import pytest

from recount.building import HOUSE, build, command, standing_in


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with data and no workflow, in which a command works."""
    folder = tmp_path / "my study"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_in_recounts_own_folder_the_command_is_the_short_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)
    assert build() == "snakemake --cores 4"
    with standing_in(Path()):
        assert build("--forcerun", "draw_figure") == "snakemake --cores 4 --forcerun draw_figure"


@pytest.mark.usefixtures("study")
def test_in_a_study_of_its_own_the_workflow_is_named() -> None:
    with standing_in(Path()):
        assert shlex.split(build())[3:] == ["--snakefile", str(HOUSE / "Snakefile")]


def test_what_is_near_is_named_as_it_is_seen_from_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE / "examples" / "minimal")
    with standing_in(Path()):
        assert build() == "snakemake --cores 4 --snakefile ../../Snakefile"


def test_whom_an_option_led_to_the_study_builds_it_from_where_he_stands(study: Path) -> None:
    with standing_in(HOUSE):
        assert shlex.split(build("x.csv"))[3:] == ["--directory", str(study), "x.csv"]
    with standing_in(study.parent):
        assert shlex.split(build())[3:] == ["--snakefile", str(HOUSE / "Snakefile"), "--directory", "my study"]


def test_a_job_does_not_know_where_its_reader_stands_and_names_both_in_full(study: Path) -> None:
    assert shlex.split(build())[3:] == ["--snakefile", str(HOUSE / "Snakefile"), "--directory", str(study)]


def test_a_study_with_a_workflow_of_its_own_is_built_by_that(study: Path) -> None:
    (study / "Snakefile").write_text("", encoding="utf-8")
    (study / "recount").mkdir()
    assert build() == "snakemake --cores 4"


def test_recounts_own_commands_name_a_study_that_lies_elsewhere(study: Path) -> None:
    assert shlex.split(command("seal", "2020")) == ["recount", "--directory", str(study), "seal", "2020"]
    with standing_in(study.parent):
        assert command("sign", "clean", "--by", "Ada L.") == "recount --directory 'my study' sign clean --by 'Ada L.'"
    with standing_in(study):
        assert command("claims", "--fragile") == "recount claims --fragile"


def test_recounts_own_commands_are_short_in_its_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)
    assert command("keep", "NAME") == "recount keep NAME"
