"""`recount codes`, as a person types it: out of the built-in study, through another program, and back."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from typer.testing import CliRunner

from recount.clean.clean import clean_wave
from recount.clean.io import read_corrections, write_cleaned
from recount.cli import app
from recount.coding.io import read_codings
from recount.ingest.io import read_raw, write_raw
from recount.ingest.read import read_export
from recount.study.codebook import Codebook, read_codebook
from recount.study.instrument import read_instrument
from recount.study.settings import read_settings
from tests.coding.hand_built import ROOT

WAVE = "2020"
QUESTIONS = ["obstacles", "benefits", "help"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built-in study with one wave cleaned."""
    study = tmp_path_factory.mktemp("study")
    shutil.copy(ROOT / "config.yaml", study)
    shutil.copytree(ROOT / "data", study / "data")
    folder = study / "results" / WAVE
    folder.mkdir(parents=True)
    settings = read_settings(study / "config.yaml")
    wave = settings.waves[WAVE]
    write_raw(read_export(study / wave.export, name="responses.csv"), folder / "raw.parquet")
    cleaned = clean_wave(
        read_raw(folder / "raw.parquet"),
        instrument=read_instrument(study / settings.instrument),
        wave=WAVE,
        cleaning=settings.cleaning,
        roles=wave.columns,
        corrections=read_corrections(study / settings.corrections / f"{WAVE}.csv"),
    )
    names = {"clean": "clean.parquet", "table": "clean.csv", "changes": "changes.csv", "excluded": "excluded.csv"}
    write_cleaned(cleaned, SimpleNamespace(**{name: str(folder / file) for name, file in names.items()}))
    return study


@pytest.fixture
def study(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "study"
    shutil.copytree(built, folder)
    monkeypatch.chdir(folder)
    return folder


def recount(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["codes", *arguments])
    assert "Traceback" not in result.output
    return result.exit_code, result.output


def sets(codes: pd.Series) -> pd.Series:
    return codes.map(lambda cell: frozenset(cell.split(";")))


def files(study: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((study / "data/coding" / WAVE).iterdir())}


@pytest.mark.parametrize("form", ["qdpx", "xlsx"])
def test_a_coders_work_goes_out_and_comes_home_under_another_name(study: Path, form: str) -> None:
    code, printed = recount("export", WAVE, "--output", f"a.{form}", "--coder", "A")
    assert (code, printed.count("obstacles, benefits, help;")) == (0, 1)
    options = ("--user", "A") if form == "qdpx" else ()
    code, printed = recount("import", WAVE, f"a.{form}", "--coder", "ann", *options)
    assert (code, printed.count(" new)")) == (0, 3)
    codings, _ = read_codings(study / "data/coding", WAVE, QUESTIONS)
    for question in QUESTIONS:
        first, second = (codings[question][coder].set_index("respondent") for coder in ("A", "ann"))
        common = second.index
        assert len(common) > 30
        assert (sets(first.loc[common, "codes"]) == sets(second["codes"])).all()
        assert (first.loc[common, "answer_sha256"] == second["answer_sha256"]).all()


def test_coming_home_to_the_own_file_changes_nothing(study: Path) -> None:
    before = files(study)
    recount("export", WAVE, "--output", "a.qdpx", "--coder", "A")
    code, printed = recount("import", WAVE, "a.qdpx", "--coder", "A")
    assert (code, printed.count(" the same)")) == (0, 3)
    names = [name for name, content in files(study).items() if before[name] != content]
    assert names == []


def test_other_codes_than_in_the_coders_file_are_told_and_nothing_is_written(study: Path) -> None:
    before = files(study)
    recount("export", WAVE, "--output", "a.qdpx", "--coder", "B")
    code, printed = recount("import", WAVE, "a.qdpx", "--coder", "A", "--user", "B")
    assert code == 1
    assert "data/coding/2020/obstacles.A.csv, codes of respondent" in printed
    assert "--replace" in printed
    assert files(study) == before
    code, printed = recount("import", WAVE, "a.qdpx", "--coder", "A", "--user", "B", "--replace")
    assert code == 0
    assert "different" in printed
    assert files(study) != before


def test_an_export_takes_nobodys_place_and_shows_nobody_elses_codes(study: Path) -> None:
    assert recount("export", WAVE, "--output", "out/a.xlsx", "--question", "help")[0] == 0
    sheet = openpyxl.load_workbook(study / "out/a.xlsx")["help"]
    assert [cell.value for row in sheet.iter_rows(min_row=2, min_col=3, max_col=11) for cell in row if cell.value] == []
    code, printed = recount("export", WAVE, "--output", "out/a.xlsx")
    assert code == 1
    assert "somebody may have coded in it" in printed


def test_the_codebook_goes_out_and_comes_back(study: Path) -> None:
    assert recount("export", WAVE, "--output", "codes.qdc")[0] == 0
    code, printed = recount("codebook", "codes.qdc")
    assert code == 0
    (study / "codes.yaml").write_text(printed, encoding="utf-8")
    assert read_codebook("codes.yaml") == read_codebook("data/coding/codebook.yaml")
    assert isinstance(read_codebook("codes.yaml"), Codebook)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("export", WAVE, "--output", "a.doc"), "the name does not tell the form"),
        (("export", WAVE, "--output", "a.qdpx", "--question", "obstacle"), "did you mean 'obstacles'?"),
        (("export", WAVE, "--output", "a.qdpx", "--coder", "../A"), "this is no name for a coder"),
        (("export", "2018", "--output", "a.qdpx"), "/Snakefile results/2018/clean.parquet"),
        (("export", "2019", "--output", "a.qdpx"), "there is no such wave"),
        (("import", WAVE, "none.qdpx", "--coder", "A"), "the file cannot be read"),
        (("import", WAVE, "config.yaml", "--coder", "adjudication"), "this is no name for a coder"),
        (("codebook", "config.yaml"), "this is not XML"),
    ],
)
@pytest.mark.usefixtures("study")
def test_a_mistake_is_told_with_what_to_do(arguments: tuple[str, ...], message: str) -> None:
    code, printed = recount(*arguments)
    assert code == 1
    assert message in printed


def test_a_second_coder_gets_a_sheet_without_codes_and_no_sheet_is_written_over(study: Path) -> None:
    result = CliRunner().invoke(app, ["double-code", WAVE, "--coder", "E", "--question", "obstacles"])
    assert (result.exit_code, result.output) == (0, "data/coding/2020/obstacles.E.csv: 43 of 43 answers\n")
    sheet = read_codings(study / "data/coding", WAVE, QUESTIONS)[0]["obstacles"]["E"]
    assert len(sheet) == 43
    assert set(sheet["codes"]) == {""}
    again = CliRunner().invoke(app, ["double-code", WAVE, "--coder", "E"])
    assert again.exit_code == 1
    assert "this coder has a sheet already" in again.output


def change_funding(study: Path) -> None:
    """Keep the codebook, and give `funding` another meaning in version 2."""
    assert CliRunner().invoke(app, ["codebook", "--keep"]).exit_code == 0
    book = study / "data/coding/codebook.yaml"
    text = book.read_text(encoding="utf-8")
    changed = text.replace('version: "1"', 'version: "2"').replace(
        "The city lacks money or", "The city has no money or"
    )
    book.write_text(changed, encoding="utf-8")
    listed = CliRunner().invoke(app, ["codebook"]).output
    assert "meaning  obstacles.funding  definition: The city lacks money or" in listed


def obstacles_of(study: Path, coder: str) -> pd.DataFrame:
    return read_codings(study / "data/coding", WAVE, QUESTIONS)[0]["obstacles"][coder].set_index("respondent")


@pytest.mark.parametrize("form", ["xlsx", "qdpx"])
def test_a_code_that_changed_its_meaning_is_not_made_valid_by_going_out_and_coming_home(study: Path, form: str) -> None:
    before = files(study)
    change_funding(study)
    recount("export", WAVE, "--output", f"a.{form}", "--coder", "A", "--question", "obstacles")
    assert recount("import", WAVE, f"a.{form}", "--coder", "A")[0] == 0
    assert files(study) == before


def test_codes_that_are_given_elsewhere_are_of_the_version_that_went_out(study: Path) -> None:
    recount("export", WAVE, "--output", "old.xlsx", "--question", "obstacles")
    change_funding(study)
    recount("export", WAVE, "--output", "new.xlsx", "--question", "obstacles")
    for name, version in (("old", "1"), ("new", "2")):
        book = openpyxl.load_workbook(study / f"{name}.xlsx")
        assert book["obstacles"]["C1"].value == "funding"
        book["obstacles"]["C2"] = "x"
        book.save(study / f"{name}.xlsx")
        assert recount("import", WAVE, f"{name}.xlsx", "--coder", "E")[0] == 0
        lines = obstacles_of(study, "E")
        assert (lines["codes"].tolist(), lines["codebook_version"].tolist()) == (["funding"], [version])
