"""A small study with one wave, and exports of a next wave in which something was changed on purpose."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from recount.fieldwork.adding import Comparison, compared
from recount.ingest.raw import RawExport
from recount.ingest.read import read_export
from recount.simulate.io import ENDINGS, write_export
from recount.simulate.simulate import simulate_wave
from recount.study.declared import yaml_of
from recount.study.instrument import Instrument
from recount.study.simulation import Form

BEFORE, NOW = "2022", "2024"

INSTRUMENT = """\
title: "Visitors of a library"
missing: ["n/a"]
questions:
  - id: visitor
    label: "Visitor"
    text: "Please enter the code on your invitation."
    type: id
    waves:
      "2022": {column: Q1}
  - id: visits
    label: "Visits"
    text: "How often do you come to the library?"
    type: single
    categories:
      - {id: weekly, label: "At least once a week"}
      - {id: monthly, label: "About once a month"}
      - {id: rarely, label: "Less often"}
    waves:
      "2022": {column: Q2}
  - id: hours
    label: "Opening hours"
    text: "How satisfied are you with the opening hours?"
    type: scale
    categories:
      - {id: low, label: "Dissatisfied", score: 1}
      - {id: middle, label: "Neither satisfied nor dissatisfied", score: 2}
      - {id: high, label: "Satisfied", score: 3}
    waves:
      "2022": {column: Q3}
  # The comma of the second option is on purpose.
  - id: uses
    label: "Uses"
    text: "What do you use in the library? Please tick all that apply."
    type: multi
    categories:
      - {id: books, label: "Books"}
      - {id: papers, label: "Newspapers, magazines"}
      - {id: computers, label: "Computers"}
      - {id: nothing, label: "None of these", alone: true}
    waves:
      "2022": {column: Q4, separator: ","}
  - id: way
    label: "Minutes"
    text: "How many minutes did it take you to come here today?"
    type: number
    range: [0, 600]
    waves:
      "2022": {column: Q5}
  - id: member
    label: "Library card"
    text: "Do you have a library card of your own?"
    type: single
    categories:
      - {id: yes, label: "Yes"}
      - {id: no, label: "No"}
    waves:
      "2022": {column: Q6}
  - id: wishes
    label: "Wishes"
    text: "What should the library change in the coming year?"
    type: text
    waves:
      "2022": {column: Q7}
"""

CONFIG = """\
title: "What visitors say"  # a comment
waves:
  "2022":
    export: data/raw/2022/responses.csv
    design: nonprobability

# What the paper is about.
paper: {wave: "2022"}
"""

Questionnaire = dict[str, dict[str, Any]]
Change = Callable[[Questionnaire], None]


def questionnaire() -> Questionnaire:
    """The questions by id, as the first wave asked them; their waves are those of the next one."""
    content = copy.deepcopy(yaml_of(INSTRUMENT, "instrument.yaml"))
    for question in content["questions"]:
        question["waves"] = {NOW: question["waves"][BEFORE]}
    return {question["id"]: question for question in content["questions"]}


def at(questions: Questionnaire, question: str) -> dict[str, Any]:
    """Where the next wave holds a question."""
    return questions[question]["waves"][NOW]  # type: ignore[no-any-return]


@pytest.fixture
def instrument() -> Instrument:
    return Instrument.declared_in("instrument.yaml", yaml_of(INSTRUMENT, "instrument.yaml"))


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The study with its first wave, as a folder in which the command stands."""
    folder = tmp_path / "study"
    (folder / "data/raw/2022").mkdir(parents=True)
    (folder / "data/instrument.yaml").write_text(INSTRUMENT, encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    written(folder / "data/raw/2022/responses.csv")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def fielded(tmp_path: Path) -> Callable[..., RawExport]:
    """Field the questionnaire once more, with changes, and read the export in the form of a platform."""

    def export(*changes: Change, form: Form = "qualtrics", wave: str = NOW, rows: int = 80) -> RawExport:
        file = written(tmp_path / f"{wave}{ENDINGS.get(form, '.csv')}", *changes, form=form, rows=rows)
        return read_export(file, name=file.name)

    return export


def written(file: Path, *changes: Change, form: Form = "qualtrics", rows: int = 80) -> Path:
    """Write such an export."""
    questions = questionnaire()
    for change in changes:
        change(questions)
    asked = Instrument.declared_in("next.yaml", {"title": "Next", "questions": list(questions.values())})
    write_export(simulate_wave(asked, None, NOW, size=rows, form=form), file)
    return file


@pytest.fixture(scope="session")
def before(tmp_path_factory: pytest.TempPathFactory) -> RawExport:
    """The export of the wave before."""
    file = written(tmp_path_factory.mktemp("before") / "before.csv")
    return read_export(file, name=file.name)


@pytest.fixture
def held(instrument: Instrument, before: RawExport, fielded: Callable[..., RawExport]) -> Callable[..., Comparison]:
    """Hold a changed next wave against the instrument, with the export of the wave before at hand."""

    def comparison(*changes: Change, form: Form = "qualtrics", rows: int = 80) -> Comparison:
        raw = fielded(*changes, form=form, rows=rows)
        return compared(raw, instrument, NOW, waves=[BEFORE], before={BEFORE: before})

    return comparison
