"""Whole studies, proved another way: every number recounted in SQL, every clean cell replayed, disagreements told."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from recount.audit.disagreements import differing
from recount.audit.recounted import recounted
from recount.estimate.io import read_estimates
from recount.ingest.io import read_raw
from recount.study.instrument import read_instrument
from recount.study.settings import read_settings
from tests.workflow.studies import ROOT

pytestmark = pytest.mark.workflow


def recount(study: Path, *arguments: str) -> tuple[int, str]:
    """Type the command in a study's folder, on the library of this checkout."""
    command = [sys.executable, "-m", "recount", "--directory", str(study), *arguments]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return run.returncode, run.stdout + run.stderr


@pytest.fixture
def copy(study: Path, tmp_path: Path) -> Path:
    """The built study with its results, to be spoilt."""
    return Path(shutil.copytree(study, tmp_path / "copy", symlinks=True))


@pytest.mark.xdist_group("masculinity")
def test_all_published_cells_of_the_masculinity_survey_are_recounted(masculinity: Path) -> None:
    settings = read_settings(masculinity / "config.yaml")
    table = read_estimates(masculinity / "results" / "estimates.csv")
    table = table[table["statistic"] == "share"]
    rows = table.astype(object).where(table.notna(), None).to_dict("records")
    found = recounted(
        rows,
        instrument=read_instrument(masculinity / settings.instrument),
        settings=settings,
        columns={"2018": read_raw(masculinity / "results" / "2018" / "raw.parquet").columns},
        results=str(masculinity / "results"),
    )
    assert {row["key"]: differing(row, found[row["key"]]) for row in rows if differing(row, found[row["key"]])} == {}
    assert sum(not row["hidden"] for row in rows) >= 1820


@pytest.mark.xdist_group("study")
def test_the_built_in_study_is_proved(study: Path) -> None:
    code, printed = recount(study, "verify", "--no-rebuild")
    assert code == 0, printed
    lines = {
        line.split()[0]: line.split()[-1] for line in printed.splitlines() if line.startswith(("replay ", "recount "))
    }
    assert lines == {"replay": "proved", "recount": "proved"}
    assert "not recounted: agreement is measured on what each coder said" in printed


@pytest.mark.xdist_group("study")
def test_an_edited_estimate_is_told_with_both_values_its_sentence_and_its_sql(copy: Path) -> None:
    file = copy / "results" / "paper" / "numbers.json"
    ledger = json.loads(file.read_text(encoding="utf-8"))
    ledger["estimates"]["2020/office/share/yes"]["value"] = 0.9
    file.write_text(json.dumps(ledger), encoding="utf-8")
    code, printed = recount(copy, "verify", "--no-rebuild")
    assert code == 1
    assert "2020/office/share/yes: 'value 0.9': SQL counts otherwise in " in printed
    assert "    expected: value 0.857142857143\n" in printed
    assert "\n-- 2020/office/share/yes\n" in printed


@pytest.mark.xdist_group("study")
def test_the_sql_of_one_number_runs_by_itself_in_the_studys_folder(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, printed = recount(study, "verify", "--sql", "2020/office/share/yes")
    monkeypatch.chdir(study)
    assert (code, duckdb.sql(printed).fetchall()) == (0, [(36, 42, 36 / 42)])


@pytest.mark.xdist_group("study")
def test_the_documentation_shows_the_sql_as_it_is(study: Path) -> None:
    _, printed = recount(study, "verify", "--sql", "2020/office/share/yes")
    shown = (ROOT / "docs" / "verify.md").read_text(encoding="utf-8").split("```sql\n")[1].split("```")[0]
    assert shown.strip() == printed.strip()


@pytest.mark.xdist_group("study")
def test_an_unknown_key_is_told_with_the_nearest(study: Path) -> None:
    code, printed = recount(study, "verify", "--sql", "2020/ofice/share/yes")
    assert code == 2
    assert "2020/office/share/yes" in printed
