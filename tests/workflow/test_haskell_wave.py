"""2022 added to the State of Haskell of 2021, by the commands that the example's README gives."""

import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from recount.clean.clean import clean_wave
from recount.clean.match import plain
from recount.cli import app
from recount.ingest.read import read_export
from recount.study.instrument import Instrument, Question, read_instrument
from recount.study.settings import read_settings
from tests.workflow.studies import ROOT, shared_data
from tests.workflow.test_haskell import COLUMN, DAYS, EXTENSIONS, category_keys, published

pytestmark = [pytest.mark.workflow, pytest.mark.xdist_group("haskell")]

INSTRUMENT = "data/instrument.yaml"


@dataclass(frozen=True)
class Walk:
    """What was printed when the wave was added, the instrument once it was accepted, and the one at the end."""

    told: str
    accepted: Instrument
    mended: Instrument
    study: Path


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The README's commands, one after the other, in a copy of the example with its raw files."""
    study = tmp_path_factory.mktemp("walk") / "study"
    shutil.copytree(ROOT / "examples/haskell", study, ignore=shutil.ignore_patterns("results", ".snakemake", "raw"))
    for year in ("2021", "2022"):
        name = f"{year}-state-of-haskell-survey-results.csv"
        if not (shared_data() / "haskell" / name).exists():
            pytest.skip("the raw files are not here: RECOUNT_DATA must name the folder of haskell/")
        (study / "data/raw" / year).mkdir(parents=True)
        shutil.copy(shared_data() / "haskell" / name, study / "data/raw" / year)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(study)
        printed = {command: (ran(command), read_instrument(INSTRUMENT)) for command in commands()}
    told = next(text for command, (text, _) in printed.items() if "wave add" in command)
    accepted = next(made for command, (_, made) in printed.items() if "wave accept" in command)
    return Walk(told, accepted, list(printed.values())[-1][1], study)


def commands() -> list[str]:
    blocks = re.findall(
        r"```sh\n(.*?)```", (ROOT / "examples/haskell/README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    return [line for block in blocks for line in block.splitlines()]


def ran(command: str) -> str:
    """Run a line of the README as a person would, and give what it prints."""
    program, *arguments = shlex.split(command)
    if program != "recount":
        return subprocess.run([program, *arguments], check=True, capture_output=True, text=True).stdout
    got = CliRunner().invoke(app, arguments)
    assert got.exit_code == 0, got.output
    return got.stdout


def example() -> Instrument:
    return read_instrument(ROOT / "examples/haskell" / INSTRUMENT)


def options(question: Question, wave: str) -> set[str]:
    return {plain(category.label) for category in question.offered_in(wave)}


def test_the_list_is_that_of_the_readme(walk: Walk) -> None:
    page = (ROOT / "examples/haskell/README.md").read_text(encoding="utf-8")
    shown = page.split("```\n- `languages`")[1].split("```")[0]
    assert "- `languages`" + shown.rstrip() in walk.told
    assert '"Elixir" 11, "Common Lisp" 9' in walk.told
    assert walk.told.count("| accepted |") == 177
    assert walk.told.count("| proposed |") == 8


def test_each_question_gets_the_line_that_people_wrote_for_it(walk: Walk) -> None:
    apart = {"offered", "proposed"}
    wrong = {
        question.id
        for question in example().asked_in("2022")
        if walk.accepted.by_id[question.id].waves["2022"].model_dump(exclude=apart)
        != question.waves["2022"].model_dump(exclude=apart)
    }
    assert wrong == set()
    assert walk.accepted.ignored == example().ignored


def test_all_but_fourteen_questions_of_185_have_the_options_of_both_waves(walk: Walk) -> None:
    asked = example().asked_in("2022")
    same = [
        question.id
        for question in asked
        if all(options(walk.accepted.by_id[question.id], wave) == options(question, wave) for wave in question.waves)
    ]
    assert (len(asked), len(same)) == (185, 171)


@pytest.fixture(scope="module")
def clean(walk: Walk) -> dict[str, pd.DataFrame]:
    """The responses of both waves, as the study that the commands made reads them."""
    settings = read_settings(walk.study / "config.yaml")
    made = {}
    for wave, declared in settings.waves.items():
        raw = read_export(walk.study / declared.export, name=declared.export)
        cleaned = clean_wave(raw, instrument=walk.mended, wave=wave, cleaning=settings.cleaning, roles=declared.columns)
        made[wave] = cleaned.clean
    return made


def counted(walk: Walk, clean: dict[str, pd.DataFrame]) -> Iterator[tuple[str, str, int, int]]:
    """Each published count beside the one that comes out."""
    keys = {(wave, column, plain(label)): found for (wave, column, label), found in category_keys(walk.mended).items()}
    for cell in published():
        wave, option = cell["wave"], cell["option"]
        if cell["question_id"] == DAYS:
            continue
        if cell["question_id"] == EXTENSIONS:
            question, category = f"ext_{option}", "on"
        else:
            question, category = keys[wave, cell["raw_column"] or COLUMN[cell["question_id"]], plain(option)]
        table = clean[wave]
        several = f"{question}__{category}"
        count = table[several].sum() if several in table else (table[question] == category).sum()
        yield wave, several, int(count), int(cell["published_count"])


def test_every_published_count_of_both_years_comes_out(walk: Walk, clean: dict[str, pd.DataFrame]) -> None:
    cells = list(counted(walk, clean))
    assert len(cells) == 660 - 15 + 697 - 15
    assert [cell for cell in cells if cell[2] != cell[3]] == []
