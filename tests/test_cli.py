"""The command `recount`, as a person types it."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from recount.cli import app
from recount.estimate.rows import COLUMNS
from recount.ingest.seal import digest
from recount.study.declared import read_yaml

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
    assert printed.splitlines()[-1].startswith("next: snakemake --cores 4")
    assert printed.splitlines()[-1].endswith(f"--directory {study.name}")


def test_before_a_build_nothing_can_be_unused_and_the_command_to_build_is_told(study: Path) -> None:
    code, printed = recount("unused")
    assert code == 1
    assert not (study / "results").exists()
    assert "results/estimates.csv: the paper has not been built" in printed
    assert "next: snakemake --cores 4" in printed


CLAIM = {
    "id": "c-1",
    "phrase": "most",
    "sentence": "Most travel.",
    "tests": [],
    "holds": True,
    "status": "holds",
    "margin": {"respondents": 4, "comparisons": []},
    "file": "report/paper.md.j2",
    "line": 7,
    "declared_at": "",
}


def test_claims_are_listed_and_one_that_is_not_true_is_no_success(study: Path) -> None:
    folder = study / "results" / "paper"
    assert recount("claims")[0] == 1  # nothing is built
    folder.mkdir(parents=True)
    for status, exp in (("holds", 0), ("fragile", 0), ("fails", 1)):
        claim = {**CLAIM, "status": status, "holds": status != "fails"}
        (folder / "claims.json").write_text(json.dumps({"simulated": [], "claims": [claim]}), encoding="utf-8")
        code, printed = recount("claims")
        assert (code, f"{status}: 'most' (c-1; report/paper.md.j2, line 7)" in printed) == (exp, True)
        only, fragile = recount("claims", "--fragile")
        assert (only, "'most'" in fragile) == (exp, status == "fragile")


OFFICE = "2020,office,share,yes,,,{value},,,,{n},{base},{n},{base},47,{base},,,,share,wilson,"


@pytest.fixture
def estimated(study: Path) -> Path:
    """A study with an estimate, made by hand, of one figure that was published."""
    (study / "results").mkdir()
    declared = read_yaml(study / "data" / "published.yaml")["figures"]
    chosen = [each for each in declared if each["id"] in ("cities_2020", "office_2020")]
    (study / "data" / "published.yaml").write_text(yaml.safe_dump({"figures": chosen}), encoding="utf-8")
    return study / "results" / "estimates.csv"


def _write_estimates(file: Path, n: int, base: int) -> None:
    keys = ("2020/-/respondents", "2020/office/share/yes")
    rows = ["2020,-,respondents,,,,47,,,,47,60,47,60,,,,,,respondents,,", OFFICE.format(value=n / base, n=n, base=base)]
    lines = [",".join(COLUMNS), *(f"{key},{row}" for key, row in zip(keys, rows, strict=True))]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.mark.parametrize(("n", "exp", "said"), [(36, 0, "2 reproduced"), (35, 1, "1 not reproduced, 1 reproduced")])
def test_published_figures_that_are_not_reproduced_fail(estimated: Path, n: int, exp: int, said: str) -> None:
    _write_estimates(estimated, n, 42)
    code, printed = recount("published")
    assert (code, said in printed) == (exp, True)
    assert "86% cannot be k of 47: 40 of 47 is 85.1%, 41 of 47 is 87.2%" in printed
    assert "simulated" in printed


@pytest.mark.usefixtures("study")
def test_without_estimates_the_published_figures_wait_for_a_build() -> None:
    code, printed = recount("published")
    assert (code, "snakemake --cores 4" in printed) == (1, True)


def test_a_study_without_published_figures_is_told_so(study: Path) -> None:
    (study / "data" / "published.yaml").unlink()
    code, printed = recount("published")
    assert (code, "the study declares no published figures" in printed) == (1, True)
