"""From the numbers of the built papers back to the raw files."""

import json
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import pytest

from recount.audit.io import Results
from recount.audit.members import members
from recount.estimate.io import read_estimates
from recount.study.settings import read_settings
from tests.workflow.studies import ROOT, shared_data

pytestmark = pytest.mark.workflow

in_study = pytest.mark.xdist_group("study")


def ledger(study: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((study / "results/paper/numbers.json").read_text(encoding="utf-8"))
    return content


def broken(schema: dict[str, Any], content: dict[str, Any]) -> list[str]:
    """Where the content does not keep to the schema."""
    return [each.json_path for each in jsonschema.Draft202012Validator(schema).iter_errors(content)]


def counted_otherwise(study: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """Find the rows of every estimate, printed or not; `members` raises where they are not as many as it counts."""
    monkeypatch.chdir(study)
    results = Results(read_settings())
    keys = read_estimates("results/estimates.csv")["key"]
    return sum(bool(members(each, results.tables(each.wave))) for each in map(results.estimates.find, keys))


@in_study
def test_the_ledger_keeps_to_its_schema(study: Path) -> None:
    schema = json.loads((ROOT / "docs/numbers.schema.json").read_text(encoding="utf-8"))
    assert broken(schema, ledger(study)) == []


def test_the_ledger_of_a_weighted_survey_keeps_to_its_schema(masculinity: Path) -> None:
    schema = json.loads((ROOT / "docs/numbers.schema.json").read_text(encoding="utf-8"))
    assert broken(schema, ledger(masculinity)) == []


@in_study
def test_every_estimate_of_the_study_counts_the_rows_that_are_found(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counted_otherwise(study, monkeypatch) > 14_000


def test_every_estimate_of_a_weighted_survey_counts_the_rows_that_are_found(
    masculinity: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert counted_otherwise(masculinity, monkeypatch) > 8_000


@in_study
def test_the_rows_behind_the_published_86_percent_are_those_of_the_clean_table(study: Path) -> None:
    clean = pd.read_csv(study / "results/2020/clean.csv", keep_default_na=False)
    rows = ledger(study)["estimates"]["2020/office/share/yes"]["provenance"]["rows"]
    for part, chosen in (("numerator", ["yes"]), ("base", ["yes", "no"])):
        numbers = clean.loc[clean["office"].isin(chosen), "row"]
        assert rows[part] == {
            "n": len(numbers),
            "sha256": sha256("".join(f"{row}\n" for row in sorted(numbers)).encode()).hexdigest(),
        }


@in_study
def test_each_wave_of_the_ledger_names_its_raw_file_and_seal(study: Path) -> None:
    for wave in ledger(study)["waves"].values():
        assert wave["sha256"] == sha256((study / wave["export"]).read_bytes()).hexdigest()


def test_a_fetched_export_is_named_with_its_seal(masculinity: Path) -> None:
    (wave,) = ledger(masculinity)["waves"].values()
    raw = shared_data() / "masculinity" / "raw-responses.csv"
    assert wave["sha256"] == sha256(raw.read_bytes()).hexdigest()


@in_study
def test_recount_trace_leads_from_a_number_to_its_raw_cells(study: Path) -> None:
    command = [sys.executable, "-m", "recount", "--directory", str(study), "trace", "2020/office/share/yes", "--rows"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "36 of 42" in run.stdout
    assert "raw file  data/raw/2020/responses.csv" in run.stdout
    assert run.stdout.count("\tnumerator\tQ4\t") == 36
