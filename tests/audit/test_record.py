import json
import subprocess
import sys
from pathlib import Path

import pytest

from recount.audit.record import recorded
from recount.ingest.seal import digest
from tests.audit.built import FILES, WAVE, job, lay, run, stand_in

ROOT = Path(__file__).parents[2]
CLEAN, CODES = "results/2020/clean.csv", "results/2020/codes.csv"
CODE = ["recount/dates.py", "scripts/clean_wave.py", "envs/requirements.txt"]
RECORD = Path("results/records/clean_wave/2020.json")
RECORD_OF_CODES = Path("results/records/code_answers/2020.json")
INSTRUMENT = "data/instrument.yaml"


@pytest.fixture(autouse=True)
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study of tests/audit/built.py, of which nothing but the clean table is built."""
    lay(tmp_path)
    stand_in(tmp_path, monkeypatch)
    run("clean_wave", [INSTRUMENT], CLEAN, "a\n", wildcards=WAVE, settings={"cleaning": {"keep": "first"}}, other=1)
    return tmp_path


def test_a_record_says_what_was_read_and_written_by_which_settings() -> None:
    got = json.loads(RECORD.read_text(encoding="utf-8"))
    assert len(got.pop("software")) == 64
    assert got == {
        "rule": "clean_wave",
        "wildcards": {"wave": "2020"},
        "inputs": {file: digest(file) for file in (INSTRUMENT, *CODE)},
        "outputs": {CLEAN: digest(CLEAN)},
        "declared": {"settings": {"cleaning": {"keep": "first"}}},
    }


def test_the_same_job_elsewhere_gives_the_same_record(
    study: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = RECORD.read_bytes()
    folder = tmp_path_factory.mktemp("elsewhere")
    lay(folder)
    stand_in(folder, monkeypatch)
    run("clean_wave", [INSTRUMENT], CLEAN, "a\n", wildcards=WAVE, settings={"cleaning": {"keep": "first"}})
    assert RECORD.read_bytes() == before
    assert study.name.encode() not in before


def test_a_copy_from_an_object_store_is_gone_after_the_run_and_not_on_record() -> None:
    copy = ".snakemake/storage/s3/responses/2020.csv"
    Path(copy).parent.mkdir(parents=True)
    Path(copy).write_text("a\n", encoding="utf-8")
    run("clean_wave", [INSTRUMENT, copy], CLEAN, "a\n", wildcards=WAVE)
    assert list(json.loads(RECORD.read_text(encoding="utf-8"))["inputs"]) == sorted([INSTRUMENT, *CODE])


def test_what_was_edited_by_hand_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    Path(CLEAN).write_text("b\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        run("code_answers", [CLEAN, INSTRUMENT], CODES, wildcards=WAVE)
    assert not Path(CODES).exists()
    told = capsys.readouterr().err
    assert f"{CLEAN}: edited by hand: this is not what clean_wave wrote" in told
    assert f"next: snakemake --cores 4 --forcerun {CLEAN}" in told
    assert Path("results/logs/code_answers.log").read_text(encoding="utf-8") == told


def test_what_a_rule_wrote_is_read_also_when_only_its_date_changed() -> None:
    Path(CLEAN).touch()
    run("code_answers", [CLEAN], CODES, wildcards=WAVE)
    assert Path(CODES).read_text(encoding="utf-8") == "a\n"


def test_what_people_write_may_change() -> None:
    Path(INSTRUMENT).write_text("title: Another\n", encoding="utf-8")
    run("code_answers", [INSTRUMENT], CODES, wildcards=WAVE)
    assert json.loads(RECORD_OF_CODES.read_text(encoding="utf-8"))["inputs"][INSTRUMENT] == digest(INSTRUMENT)
    assert json.loads(RECORD.read_text(encoding="utf-8"))["inputs"][INSTRUMENT] != digest(INSTRUMENT)


def test_the_record_of_a_rule_that_was_renamed_does_not_stand_in_the_way() -> None:
    run("tidy_wave", [INSTRUMENT], CLEAN, "new\n", wildcards=WAVE)
    run("code_answers", [CLEAN], CODES, wildcards=WAVE)
    assert Path(CODES).read_text(encoding="utf-8") == "new\n"


def test_a_record_that_another_job_is_writing_is_passed_over() -> None:
    Path("results/records/other.json").write_text('{"rule": ', encoding="utf-8")
    run("code_answers", [CLEAN], CODES, wildcards=WAVE)
    assert json.loads(RECORD_OF_CODES.read_text(encoding="utf-8"))["inputs"][CLEAN] == digest(CLEAN)


def test_a_job_that_fails_leaves_no_record(study: Path) -> None:
    told = job("code_answers", [CLEAN], {"codes": CODES})
    with pytest.raises(ZeroDivisionError), recorded(told):
        _ = 1 / 0
    assert not (study / told.output.record).exists()


def test_a_record_depends_on_the_software_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    before = json.loads(RECORD.read_text(encoding="utf-8"))["software"]
    monkeypatch.setattr("recount.audit.software.installed", lambda: {"numpy": "10"})
    run("clean_wave", [INSTRUMENT], CLEAN, "a\n", wildcards=WAVE)
    assert json.loads(RECORD.read_text(encoding="utf-8"))["software"] != before
    assert "numpy" in FILES["envs/requirements.txt"]


def test_recording_imports_nothing_heavy() -> None:
    heavy = "{'pandas', 'numpy', 'pyarrow', 'matplotlib'}"
    code = f"import sys; import recount.audit.record; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
