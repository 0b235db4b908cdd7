"""`recount check` on the built study: each fault is planted, found, named, and taken back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.workflow.studies import snakemake

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("study")]

PAPER = "results/paper/paper.html"


@pytest.fixture(scope="module")
def copy(study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built study with its results, to be spoilt and mended."""
    return Path(shutil.copytree(study, tmp_path_factory.mktemp("check") / "copy", symlinks=True))


def check(study: Path, *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "recount", "check", *arguments]
    done = subprocess.run(command, cwd=study, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def found(study: Path) -> list[dict[str, Any]]:
    """What is found, in the words that machines read."""
    code, printed = check(study, "--json")
    assert code == 1, printed
    return json.loads(printed)["findings"]


def only(study: Path) -> dict[str, Any]:
    findings = found(study)
    assert len(findings) == 1, findings
    return findings[0]


@contextmanager
def spoilt(file: Path, old: str = "", new: str = "") -> Iterator[None]:
    """Replace a text in a file, under its old date, and take that back in the end."""
    before, state = file.read_bytes(), file.stat()
    assert old.encode() in before
    file.write_bytes(before.replace(old.encode(), new.encode(), 1) if old else before + new.encode())
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))
    try:
        yield
    finally:
        file.write_bytes(before)
        os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


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


def test_an_edited_result_is_found(copy: Path) -> None:
    with spoilt(copy / "results/2020/clean.csv", new="x"):
        finding = only(copy)
    assert (finding["kind"], finding["file"]) == ("edited", "results/2020/clean.csv")
    assert finding["next"] == "snakemake --cores 4 --forcerun results/2020/clean.csv"


def test_a_missing_result_is_found(copy: Path) -> None:
    (copy / PAPER).rename(copy / "paper.html")
    finding = only(copy)
    (copy / "paper.html").rename(copy / PAPER)
    assert (finding["kind"], finding["file"], finding["next"]) == (
        "missing",
        PAPER,
        f"snakemake --cores 4 --forcerun {PAPER}",
    )


def test_a_file_that_no_rule_makes_is_found(copy: Path) -> None:
    file = copy / "results/figures/old.svg"
    file.write_text("", encoding="utf-8")
    finding = only(copy)
    file.unlink()
    assert (finding["kind"], finding["next"]) == ("left over", "rm results/figures/old.svg")


def test_what_a_deleted_figure_left_is_found(copy: Path) -> None:
    figures = (copy / "report/figures.yaml").read_text(encoding="utf-8")
    name = next(line for line in figures.splitlines() if line.startswith("  ") and line.endswith(":")).strip()
    with spoilt(copy / "report/figures.yaml", f"  {name}\n", f"  other-{name}\n"):
        left = [finding for finding in found(copy) if finding["kind"] == "left over"]
    assert len(left) == 1
    assert f"results/figures/{name.strip(':')}.svg" in left[0]["next"]


def test_a_document_that_is_no_longer_asked_for_is_found(copy: Path) -> None:
    with spoilt(copy / "config.yaml", "docx, tex, xml]", "docx, xml]"):
        left = [finding for finding in found(copy) if finding["kind"] == "left over"]
    assert [each["next"] for each in left] == ["rm results/paper/paper.tex results/records/write_document/tex.json"]


def test_a_raw_file_swapped_under_its_old_date_is_found(copy: Path) -> None:
    with spoilt(copy / "data/raw/2018/responses.csv", "Europe", "Africa and Middle East"):
        finding = only(copy)
    assert (finding["kind"], finding["file"]) == ("raw file", "data/raw/2018/responses.csv")
    assert "recount seal 2018" in finding["next"]
    assert {"results/2018/export", PAPER} < set(finding["stale"])
    assert "results/2020/export" not in finding["stale"]


def test_a_comment_in_a_module_is_no_finding(copy: Path) -> None:
    with spoilt(copy / "recount/estimate/intervals.py", new="\n# A comment.\n"):
        assert check(copy)[0] == 0


def test_a_changed_function_is_named_with_what_it_makes_stale(copy: Path) -> None:
    with spoilt(copy / "recount/estimate/intervals.py", "def wilson(", "def wilson_score("):
        finding = next(each for each in found(copy) if each["file"] == "recount/estimate/intervals.py")
    assert "wilson, wilson_score" in finding["problem"]
    assert {"results/2018/estimates.csv", "results/estimates.csv", PAPER} < set(finding["stale"])
    assert "results/2018/clean.csv" not in finding["stale"]
    assert finding["next"].endswith("--forcerun estimate_wave")


def test_a_changed_setting_is_named_with_what_it_makes_stale(copy: Path) -> None:
    with spoilt(copy / "config.yaml", "minimum_base: 5", "minimum_base: 7"):
        finding = only(copy)
    assert (finding["key"], finding["problem"]) == ("estimates.minimum_base", "was 5 at the build, is 7 now")
    assert {"results/2022/estimates.csv", PAPER} < set(finding["stale"])
    assert "results/2022/codes.csv" not in finding["stale"]


def test_changed_corrections_make_their_wave_stale(copy: Path) -> None:
    with spoilt(copy / "data/corrections/2020.csv", new="\n"):
        finding = only(copy)
    assert (finding["kind"], finding["file"]) == ("stale", "data/corrections/2020.csv")
    assert "results/2020/clean.csv" in finding["stale"]
    assert "results/2018/clean.csv" not in finding["stale"]


def test_a_lock_that_pins_other_software_is_found(copy: Path) -> None:
    with spoilt(copy / "envs/requirements.txt", "pydantic==", "pydantic==9.9.9."):
        findings = found(copy)
    assert {finding["kind"] for finding in findings} == {"environment"}
    assert "make setup" in {finding["next"] for finding in findings}


def test_without_a_manifest_it_cannot_run(copy: Path) -> None:
    (copy / "results/manifest.json").rename(copy / "manifest.json")
    code, printed = check(copy)
    (copy / "manifest.json").rename(copy / "results/manifest.json")
    assert (code, "next: snakemake --cores 4" in printed, "Traceback" in printed) == (2, True, False)


def test_what_was_edited_by_hand_does_not_reach_the_paper_and_is_mended_by_the_command_that_is_told(
    copy: Path,
) -> None:
    edited = copy / "results/2018/excluded.csv"
    before = edited.read_bytes()
    edited.write_bytes(before + b"\n")
    run = snakemake(copy, "results/2018/codes.csv", snakefile=copy / "Snakefile")
    assert run.returncode == 1
    assert "results/2018/excluded.csv: edited by hand: this is not what clean_wave wrote" in run.stderr
    assert "Traceback" not in run.stderr
    command = only_command(run.stderr)
    assert command[:3] == ["snakemake", "--cores", "4"]
    mended = snakemake(copy, "results/2018/codes.csv", *command[3:], snakefile=copy / "Snakefile")
    assert mended.returncode == 0, mended.stderr[-4000:]
    assert edited.read_bytes() == before
    assert check(copy)[0] == 0


def only_command(printed: str) -> list[str]:
    """The command that a message tells to run next."""
    return next(line.partition("next: ")[2].split() for line in printed.splitlines() if "next: snakemake" in line)
