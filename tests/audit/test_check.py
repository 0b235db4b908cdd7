"""Each way in which results/ can come to differ from the study is planted, and must be found, named and mended."""

import json
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recount.audit.check.found import Found
from recount.audit.check.told import as_json, text
from recount.cli import app
from recount.errors import AuditError, StudyError
from recount.ingest.seal import digest
from tests.audit.built import (
    RAW,
    WAVE,
    build,
    checked,
    edited,
    estimate,
    installs,
    lay,
    list_all,
    run,
    settings,
    stand_in,
)

ESTIMATES, CLEAN, FIGURE = "results/2020/estimates.csv", "results/2020/clean.csv", "results/figures/ages.svg"
MANIFEST, PAPER = "results/manifest.json", "results/paper/paper.md"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The study of tests/audit/built.py, built."""
    folder = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        lay(folder)
        stand_in(folder, patch)
        build()
    return folder


@pytest.fixture(autouse=True)
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to be spoilt; the current folder."""
    folder = Path(shutil.copytree(built, tmp_path / "study"))
    stand_in(folder, monkeypatch)
    return folder


def only() -> Found:
    """The one thing that is found."""
    found = checked()
    assert len(found) == 1, text(found, results=0)
    return found[0]


def told(found: Found) -> tuple[str, str, str]:
    return found.kind, found.file, found.problem


def test_nothing_is_found_after_a_build() -> None:
    assert checked() == []


def test_dates_do_not_matter() -> None:
    for file in (CLEAN, "data/instrument.yaml", "recount/intervals.py", "data/raw/2020/responses.csv"):
        os.utime(file)
    for file in (ESTIMATES, MANIFEST):
        os.utime(file, (0, 0))
    assert checked() == []


def test_a_result_edited_by_hand_is_found_under_any_date() -> None:
    Path(CLEAN).write_text("1,41\n", encoding="utf-8")
    os.utime(CLEAN, (0, 0))
    found = only()
    assert told(found) == ("edited", CLEAN, "this is not what clean_wave wrote")
    assert found.mend == f"snakemake --cores 4 --forcerun {CLEAN}"


def test_an_edited_manifest_is_found() -> None:
    edited(MANIFEST, '"title": "A survey"', '"title": "Another"')
    assert told(only()) == ("edited", MANIFEST, "this is not what write_manifest wrote")


def test_a_missing_result_is_found_with_the_job_that_makes_it() -> None:
    Path(ESTIMATES).unlink()
    found = only()
    assert told(found) == ("missing", ESTIMATES, "estimate_wave wrote this, and it is gone")
    assert found.mend == f"snakemake --cores 4 --forcerun {ESTIMATES}"


@pytest.mark.parametrize("record", ["clean_wave/2020", "write_manifest"])
def test_a_missing_record_is_found(record: str) -> None:
    Path(f"results/records/{record}.json").unlink()
    found = only()
    assert (found.kind, found.file) == ("missing", f"results/records/{record}.json")


def test_a_swapped_raw_file_is_found_with_all_that_rests_on_it() -> None:
    Path("data/raw/2020/responses.csv").write_text("respondent,age\n1,41\n", encoding="utf-8")
    os.utime("data/raw/2020/responses.csv", (0, 0))
    found = only()
    assert told(found) == ("raw file", "data/raw/2020/responses.csv", "this is not the export that was sealed")
    assert found.stale[0] == "results/2020/export"
    assert {ESTIMATES, FIGURE, PAPER, MANIFEST} < set(found.stale)
    assert "recount seal 2020" in found.mend


def test_a_raw_file_that_is_gone_or_was_never_sealed_is_found() -> None:
    Path("data/raw/SHA256SUMS").write_text("", encoding="utf-8")
    assert [found.problem for found in checked() if found.kind == "raw file"] == ["this export is not sealed"]
    Path("data/raw/2020/responses.csv").unlink()
    assert [found.problem for found in checked() if found.kind == "raw file"] == ["there is no such file"]


def test_another_export_that_was_sealed_makes_stale_what_rests_on_the_first() -> None:
    file = Path("data/raw/2020/responses.csv")
    before = digest(file)
    file.write_text(RAW + "2,50\n", encoding="utf-8")
    edited("data/raw/SHA256SUMS", before, digest(file))
    found = only()
    assert (found.kind, found.file, found.key) == ("stale", "data/raw/SHA256SUMS", "2020")
    assert found.mend == "snakemake --cores 4 --forcerun results/2020/export"


def test_a_changed_input_makes_stale_what_was_made_of_it_and_all_after_it() -> None:
    Path("data/corrections/2020.csv").write_text("row,respondent\n3,1\n", encoding="utf-8")
    found = only()
    assert told(found) == ("stale", "data/corrections/2020.csv", "has changed since the build")
    assert found.stale == (CLEAN, ESTIMATES, FIGURE, MANIFEST, PAPER)
    assert found.mend == f"snakemake --cores 4 --forcerun {CLEAN}"


def test_an_input_that_is_gone_or_new_is_found() -> None:
    Path("data/corrections/2020.csv").rename("data/corrections/2021.csv")
    assert [(found.file, found.problem) for found in checked()] == [
        ("data/corrections/2020.csv", "is gone since the build"),
        ("data/corrections/2021.csv", "is new since the build"),
    ]


def test_a_changed_setting_is_named_with_both_values_and_what_it_makes_stale() -> None:
    edited("config.yaml", "paper:", "estimates: {minimum_base: 7}\npaper:")
    found = only()
    assert (found.kind, found.file, found.key) == ("stale", "config.yaml", "estimates.minimum_base")
    assert found.problem == "was 5 at the build, is 7 now"
    assert found.stale == (ESTIMATES, FIGURE, MANIFEST, PAPER)
    assert found.mend == f"snakemake --cores 4 --forcerun {ESTIMATES}"


def test_a_setting_written_another_way_changes_nothing() -> None:
    edited("config.yaml", "paper:", "# The default.\nestimates:\n  minimum_base: 5\npaper:")
    assert checked() == []


def test_a_changed_figure_makes_that_figure_stale() -> None:
    edited("report/figures.yaml", "kind: bars", "kind: dots")
    found = next(each for each in checked() if each.key)
    assert (found.key, found.problem) == ("ages.kind", "was bars at the build, is dots now")
    assert found.stale == (FIGURE, MANIFEST)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    return n\n\n\ndef exact", "    # Wilson (1927).\n    return n\n\n\ndef exact"),
        ("def wilson(n):\n", 'def wilson(n):\n    """Give n."""\n'),
        ("def wilson(n):\n", "def wilson(\n    n,\n):\n"),
    ],
)
def test_a_comment_a_docstring_and_layout_change_nothing(old: str, new: str) -> None:
    edited("recount/intervals.py", old, new)
    assert checked() == []


def test_a_changed_function_is_named_with_what_it_makes_stale() -> None:
    edited("recount/intervals.py", "def wilson(n):\n    return n", "def wilson(n):\n    return n + 1")
    found = only()
    assert told(found) == ("stale", "recount/intervals.py", "has changed since the build: wilson")
    assert found.stale[0] == ESTIMATES
    assert CLEAN not in found.stale
    assert found.mend == f"snakemake --cores 4 --forcerun {ESTIMATES}"


def test_an_added_and_a_deleted_function_are_named() -> None:
    edited("recount/intervals.py", "def exact", "def jeffreys")
    assert only().problem == "has changed since the build: exact, jeffreys, what stands outside of functions"


def test_a_changed_rule_is_named_and_a_comment_in_the_rules_changes_nothing() -> None:
    edited("rules/write.smk", "# a file", "# another")
    assert checked() == []
    edited("rules/write.smk", "rule write_paper:\n    input: 'x'", "rule write_paper:\n    input: 'z'")
    found = only()
    assert told(found) == ("stale", "rules/write.smk", "has changed since the build: rule write_paper")
    assert found.stale == (MANIFEST,)


def test_a_file_that_no_rule_makes_is_left_over() -> None:
    Path("results/figures/old.svg").write_text("", encoding="utf-8")
    Path("results/logs/any.log").write_text("", encoding="utf-8")
    found = only()
    assert told(found) == ("left over", "results/figures/old.svg", "no rule makes this")
    assert found.mend == "rm results/figures/old.svg"


def test_what_a_removed_figure_left_is_left_over() -> None:
    Path("report/figures.yaml").write_text("figures: {}\n", encoding="utf-8")
    found = [each for each in checked() if each.kind == "left over"]
    assert [told(each) for each in found] == [
        ("left over", FIGURE, "no rule makes this any more; draw_figure did; it left 1 more")
    ]
    assert found[0].mend == f"rm {FIGURE} results/records/draw_figure/ages.json"


def test_what_a_removed_wave_left_is_left_over() -> None:
    edited("config.yaml", '"2020": {', '"2021": {')
    edited("config.yaml", 'wave: "2020"', 'wave: "2021"')
    left = {found.file for found in checked() if found.kind == "left over"}
    assert {"results/2020/export", CLEAN, ESTIMATES} <= left
    assert PAPER not in left


def test_what_a_deleted_rule_left_is_left_over_before_and_after_the_next_build() -> None:
    edited("rules/draw.smk", "rule draw_figure", "rule paint_figure")
    assert FIGURE in {found.file for found in checked() if found.kind == "left over"}
    record = Path("results/records/draw_figure/ages.json")
    kept = record.read_text(encoding="utf-8")
    record.unlink()
    Path(FIGURE).rename("figure")
    list_all()
    Path("figure").rename(FIGURE)
    record.write_text(kept, encoding="utf-8")
    assert FIGURE in {found.file for found in checked() if found.kind == "left over"}


def test_what_a_renamed_rule_wrote_again_is_neither_edited_nor_left_over() -> None:
    edited("rules/draw.smk", "rule draw_figure", "rule paint_figure")
    figures = {"ages": json.loads(Path("results/records/draw_figure/ages.json").read_text("utf-8"))}
    declared = figures["ages"]["declared"]["figures"]
    run("paint_figure", [ESTIMATES], FIGURE, "new", wildcards={"figure": "ages"}, figures=declared)
    list_all()
    Path("results/records/draw_figure/ages.json").unlink()
    list_all()
    assert checked() == []


def test_after_a_part_was_built_again_the_rest_is_stale_and_the_part_is_not() -> None:
    edited("config.yaml", "paper:", "estimates: {minimum_base: 7}\npaper:")
    estimate()
    found = {each.file: each for each in checked()}
    assert set(found) == {MANIFEST, "config.yaml"}
    assert found["config.yaml"].stale == found[MANIFEST].stale == (MANIFEST,)
    list_all()
    assert checked() == []


def test_what_was_not_made_again_of_a_part_that_was_is_stale() -> None:
    run("clean_wave", ["results/2020/export"], CLEAN, "other\n", wildcards=WAVE, settings=settings("cleaning"))
    found = next(each for each in checked() if each.file == CLEAN)
    assert found.problem == "clean_wave wrote it anew, and not yet what is made of it"
    assert found.stale == (ESTIMATES, FIGURE, MANIFEST, PAPER)


def test_a_wave_that_is_new_and_partly_built_is_not_left_over() -> None:
    edited("config.yaml", '  "2020"', '  "2021": {export: data/raw/2020/responses.csv, design: census}\n  "2020"')
    run("clean_wave", ["data/instrument.yaml"], "results/2021/clean.csv", "x", wildcards={"wave": "2021"})
    assert [found for found in checked() if found.kind == "left over"] == []


def test_software_that_is_not_what_the_lock_pins_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    installs(monkeypatch, numpy="9.9.8", python="3.11.0")
    built, environment = checked()
    assert (built.kind, built.file) == (environment.kind, environment.file) == ("environment", "envs/requirements.txt")
    assert built.problem == "this was built with numpy 9.9.9 (now 9.9.8)"
    assert {CLEAN, PAPER} < set(built.stale)
    assert environment.problem == "what is installed is not what the lock pins: numpy 9.9.8 (pinned: 9.9.9)"
    assert environment.mend == "make setup"


def test_a_lock_that_pins_another_version_is_found() -> None:
    edited("envs/requirements.txt", "9.9.9", "9.9.10")
    assert {found.kind for found in checked()} == {"environment"}
    assert "numpy 9.9.9 (pinned: 9.9.10)" in text(checked(), results=9).replace("\n        ", " ")


def test_simulated_responses_are_told_and_are_no_finding() -> None:
    edited("config.yaml", "design: census", "design: census, simulated: true")
    list_all()
    found = [each for each in checked() if each.kind != "stale"]
    assert [(each.kind, each.file) for each in found] == [("simulated", "config.yaml")]
    assert text(found, results=9).endswith("these\nsettings and this environment.")


def test_without_a_build_nothing_can_be_checked() -> None:
    Path(MANIFEST).unlink()
    with pytest.raises(AuditError, match="nothing tells what was built"):
        checked()


@pytest.mark.parametrize("file", [MANIFEST, "results/records/clean_wave/2020.json"])
def test_a_manifest_or_record_that_cannot_be_read_is_told(file: str) -> None:
    for content in ("{", "{}"):
        Path(file).write_text(content, encoding="utf-8")
        with pytest.raises(AuditError, match="cannot be read"):
            checked()


def test_findings_are_sorted_by_file_and_fit_a_terminal() -> None:
    edited("recount/dates.py", "return text", "return text[:4]")
    edited("recount/intervals.py", "def wilson(n):\n    return n", "def wilson(n):\n    return n + 1")
    Path(PAPER).write_text("edited", encoding="utf-8")
    lines = text(checked(), results=6).splitlines()
    heads = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert heads[:3] == ["recount/dates.py", "recount/intervals.py", PAPER]
    assert [line for line in lines if len(line) > 80 and "next:" not in line] == []
    assert lines[-1] == "3 findings; 5 of 6 results are not what this study gives now."


def test_machines_are_told_the_same() -> None:
    Path(CLEAN).write_text("edited", encoding="utf-8")
    got = json.loads(as_json(checked(), results=6))
    assert (got["clean"], got["results"], got["stale"], got["notices"]) == (False, 6, [CLEAN], [])
    assert list(got["findings"][0]) == ["kind", "file", "key", "problem", "value", "expected", "stale", "next"]


def command(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", *arguments])
    return result.exit_code, result.output


def test_the_exit_code_says_clean_findings_or_could_not_run() -> None:
    assert command()[0] == 0
    Path(CLEAN).write_text("edited", encoding="utf-8")
    assert command()[0] == 1
    assert json.loads(command("--json")[1])["findings"][0]["file"] == CLEAN
    Path("config.yaml").write_text("title: [", encoding="utf-8")
    code, printed = command()
    assert (code, "Traceback" in printed, "config.yaml" in printed) == (2, False, True)


def test_simulated_responses_count_where_one_asks_for_strictness() -> None:
    edited("config.yaml", "design: census", "design: census, simulated: true")
    build()
    assert (command()[0], command("--strict")[0]) == (0, 1)


def test_settings_that_cannot_be_read_are_told() -> None:
    edited("config.yaml", "title", "titel")
    with pytest.raises(StudyError, match="titel"):
        checked()
