"""`recount check` on the built-in study, as a person types it. What it finds is tested in tests/corruption."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]


def check(study: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "recount", "check", *arguments]
    done = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_build_leaves_nothing_to_find_but_that_responses_are_simulated(study: Path) -> None:
    code, printed = check(study)
    assert (code, "are what the last build wrote" in " ".join(printed.split())) == (0, True)
    assert "simulated: the responses are simulated in 2018, 2020, 2022" in printed
    assert check(study, "--strict")[0] == 1


def test_every_file_that_a_job_wrote_is_in_the_manifest(study: Path) -> None:
    manifest = json.loads((study / "results" / "manifest.json").read_text(encoding="utf-8"))
    records = [json.loads(path.read_text(encoding="utf-8")) for path in (study / "results/records").rglob("*.json")]
    written = {file for record in records for file in record["outputs"]} - {"results/manifest.json"}
    fetched = {file for file in manifest["study"] if file.startswith("results/")}
    assert written - fetched == set(manifest["results"])
    assert len(manifest["records"]) == len(records) - 1


def test_without_a_manifest_it_cannot_run(study: Path, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_bytes((study / "config.yaml").read_bytes())
    code, printed = check(tmp_path)
    assert (code, "next: snakemake --cores 4" in printed, "Traceback" in printed) == (2, True, False)
