"""Real surveys by others, read from the folder that RECOUNT_DATA names."""

import csv
from pathlib import Path
from typing import Any

import pytest

from recount.clean.clean import clean_wave
from recount.clean.replay import as_texts, replayed
from recount.clean.universe import asked
from recount.errors import AnswersError
from recount.study.settings import Cleaning, Roles
from tests.clean.conftest import Study

IDEAS = {
    "father": "Father or father figure(s)",
    "mother": "Mother or mother figure(s)",
    "family": "Other family members",
    "pop": "Pop culture",
    "friends": "Friends",
    "other": "Other (please specify)",
}
JOBS = {
    "full": "Employed, working full-time",
    "part": "Employed, working part-time",
    "looking": "Not employed, looking for work",
    "not_looking": "Not employed, NOT looking for work",
    "student": "Not employed, student",
    "retired": "Not employed-retired",
    "no_answer": "No answer",
}

MASCULINE = {
    "very": "Very masculine",
    "somewhat": "Somewhat masculine",
    "not_very": "Not very masculine",
    "not_at_all": "Not at all masculine",
    "no_answer": "No answer",
}


def single(name: str, column: str, labels: dict[str, str], **more: Any) -> Any:
    categories = [{"id": category, "label": label} for category, label in labels.items()]
    return {"id": name, "type": "single", "categories": categories, "waves": {"2020": {"column": column}}, **more}


def spread(name: str, stem: str, labels: dict[str, str], **more: Any) -> Any:
    categories = [{"id": category, "label": label} for category, label in labels.items()]
    columns = {category: f"{stem}_{number:04d}" for number, category in enumerate(labels, start=1)}
    return {"id": name, "type": "multi", "categories": categories, "waves": {"2020": {"columns": columns}}, **more}


def table_of(path: Path) -> Any:
    if not path.exists():
        pytest.skip(
            f"{path.parent.name}/{path.name} is not here: set RECOUNT_DATA to the folder of other people's surveys"
        )
    with path.open(encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    names = [name or f"column {place}" for place, name in enumerate(header, start=1)]
    return {name: [record[place] for record in records] for place, name in enumerate(names)}


def test_masculinity_keeps_all_men_and_asks_the_employed(study: Study, shared_data: Path) -> None:
    texts = table_of(shared_data / "masculinity" / "raw-responses.csv")
    better = {"money": "Men make more money", "serious": "Men are taken more seriously"}
    questions = (
        {"id": "who", "type": "id", "waves": {"2020": {"column": "column 1"}}},
        single(
            "masculine",
            "q0001",
            MASCULINE,
        ),
        spread("ideas", "q0004", IDEAS),
        single("job", "q0009", JOBS),
        spread("better", "q0010", better, universe={"job": ["full", "part"]}),
        {"id": "started", "type": "date", "waves": {"2020": {"column": "StartDate"}}},
        {"id": "weight", "type": "weight"},
    )
    instrument = study.instrument(*questions, missing=["NA"])
    used = {column for question in instrument.questions for column in question.columns_in("2020")}
    instrument = study.instrument(
        *questions, missing=["NA"], ignored={"2020": {name: "not in this test" for name in texts if name not in used}}
    )
    raw = study.export(texts)
    got = clean_wave(raw, instrument=instrument, wave="2020", cleaning=Cleaning(), roles=Roles())
    counts = got.clean["masculine"].value_counts()
    assert [counts[name] for name in MASCULINE] == [612, 826, 131, 32, 14]
    who = asked(got.clean, instrument, "2020")
    assert len(got.clean) == 1615
    assert who["better"].sum() == 880
    assert got.clean["better__money"].notna().sum() == 880
    assert got.clean["better__money"].sum() == 173
    assert got.clean["ideas__father"].sum() == 1109
    assert got.clean["ideas__father"].notna().all()
    assert got.clean["started"].min().isoformat() == "2018-05-10T00:00:00"
    assert got.changes["rule"].value_counts().to_dict() == {"date format": 1615, "missing text": 2 * 735}
    again = replayed(raw, got.changes, got.excluded, instrument=instrument, wave="2020")
    assert again.equals(as_texts(got.clean))


BROKEN = {
    "dependencies": "Incompatible dependencies",
    "expected": "Expected changes, such as the MonadFail proposal",
    "warnings": "New warnings",
    "bugs": "Compiler bugs",
    "unexpected": "Unexpected changes",
}
PUBLISHED = {2021: [212, 184, 74, 43, 39], 2022: [266, 185, 89, 66, 49]}


@pytest.mark.parametrize("year", [2021, 2022])
def test_haskells_records_in_a_cell_give_the_published_counts(study: Study, shared_data: Path, year: int) -> None:
    """Options with commas stand in quotes; write-ins are told until the instrument knows them as `other`."""
    texts = table_of(shared_data / "haskell" / f"{year}-state-of-haskell-survey-results.csv")
    raw = study.export({"s2q3": texts["s2q3"]})
    written: list[str] = []
    while True:
        question = single("broken", "s2q3", BROKEN | {"other": "Other"})
        question["categories"][-1]["values"] = written
        question |= {"type": "multi", "waves": {"2020": {"column": "s2q3", "separator": "csv"}}}
        try:
            got = study.clean(raw, question)
        except AnswersError as error:
            told = [finding.value for finding in error.findings if finding.value]
            assert not set(told) & {*written, *BROKEN.values()}
            written += dict.fromkeys(told)
        else:
            break
    assert [int(got.clean[f"broken__{name}"].sum()) for name in BROKEN] == PUBLISHED[year]
    assert got.clean["broken__other"].sum() > 0
    assert got.clean["broken__other"].isna().sum() == sum(not text.strip() for text in texts["s2q3"])
