"""A real survey's open-ended question, with the codes that its authors published."""

import csv
from collections import Counter

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.code import Coded, code_wave
from recount.study.codebook import Codebook
from recount.study.instrument import Instrument
from tests.coding.hand_built import shared_data

QUESTION = "hinderances"
COLUMN = 4
# As published with the data: how many answers have each code, and how many have so many codes.
CODES = {
    "development": 425,
    "setup": 148,
    "disseminate": 146,
    "reuse": 136,
    "version": 116,
    "collab": 63,
    "language": 58,
    "robust": 51,
    "integrations": 43,
    "external": 35,
    "nothing": 33,
}
PER_ANSWER = {0: 94, 1: 308, 2: 220, 3: 88, 4: 31, 5: 14, 6: 8}


def rows_of(name: str, delimiter: str) -> list[list[str]]:
    with (shared_data() / "jupyter2015" / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))[1:]


@pytest.fixture(scope="module")
def of_jupyter() -> Coded:
    answers = [row[COLUMN].strip() for row in rows_of("20160115235816-SurveyExport.csv", ",")]
    clean = pd.DataFrame({"respondent": [f"row-{n + 2}" for n in range(len(answers))], QUESTION: answers}, dtype="str")
    clean[QUESTION] = clean[QUESTION].mask(clean[QUESTION] == "")
    themes = [(int(row[0]), row[1].replace(",", ";") or "none") for row in rows_of(f"{QUESTION}_themes.csv", ";")]
    by_rule = pd.DataFrame(
        [(f"row-{n + 2}", answer_hash(answers[n]), answers[n], codes) for n, codes in themes],
        columns=["respondent", "answer_sha256", "answer", "codes"],
        dtype="str",
    )
    asked = {"id": QUESTION, "label": "", "text": "", "type": "text", "coded": True, "waves": {"2015": {"column": "x"}}}
    listed = [{"id": code, "label": code, "definition": code} for code in CODES]
    return code_wave(
        clean,
        instrument=Instrument.declared_in("instrument.yaml", {"title": "Jupyter", "questions": [asked]}),
        wave="2015",
        codebook=Codebook.declared_in("codebook.yaml", {"version": "1", "questions": {QUESTION: listed}}),
        codings={QUESTION: {"rule": by_rule}},
        adjudications={},
    )


def test_every_code_was_given_as_often_as_published(of_jupyter: Coded) -> None:
    assert Counter(of_jupyter.codes["code"]) == {**CODES, "none": PER_ANSWER[0]}


def test_answers_have_as_many_codes_as_published(of_jupyter: Coded) -> None:
    codes = of_jupyter.codes
    per_answer = (codes["code"] != "none").groupby(codes["respondent"]).sum()
    assert Counter(per_answer) == PER_ANSWER
    assert len(per_answer) == 763


def test_the_authors_keywords_decided_all_and_every_line_found_its_answer(of_jupyter: Coded) -> None:
    assert set(of_jupyter.codes["decided_by"]) == {"rule"}
    assert of_jupyter.unused == ()


def test_the_one_answer_that_was_taken_for_a_missing_value_still_needs_a_person(of_jupyter: Coded) -> None:
    # The authors read the export with a reader that takes "N/A" for nothing, so it has no line in their file.
    assert of_jupyter.uncoded[["answer", "problem"]].to_numpy().tolist() == [["N/A", "not coded"]]
