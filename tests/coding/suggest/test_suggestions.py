"""Codes suggested from what people coded before, and from keywords; and how good that is."""

import subprocess
import sys
from typing import Any

import pandas as pd
import pytest

from recount.coding.answers import answer_hash
from recount.coding.lines import answers_of
from recount.coding.suggest.known import Known, known_answers
from recount.coding.suggest.quality import measure_suggestions
from recount.coding.suggest.suggestions import suggest_wave
from recount.study.codebook import Codebook
from tests.coding.hand_built import ROOT, clean_of

CODEBOOK = Codebook.declared_in(
    "codebook.yaml",
    {
        "version": "1",
        "questions": {
            "obstacles": [
                {"id": "funding", "label": "Funding", "definition": "f", "keywords": [r"budget\w*", "recursos"]},
                {"id": "staff", "label": "Staff", "definition": "s"},
                {"id": "law", "label": "Law", "definition": "l"},
            ]
        },
    },
)
MONEY = ["no budget for travel", "the budget is small", "falta de presupuesto", "budgets were cut", "经费不足"]
PEOPLE = ["nobody in the team", "our team is too small", "falta de personal", "the team left", "人手不够"]


def known(wave: str, **answers: list[str]) -> list[Known]:
    """Make coded answers: for each code the texts that have it; `none` stands for no code."""
    return [
        Known(wave, f"{wave}-{code}-{place}", text, frozenset({code} - {"none"}))
        for code, texts in answers.items()
        for place, text in enumerate(texts)
    ]


EARLIER = [*known("2018", funding=MONEY[:3], staff=PEOPLE[:3]), *known("2020", funding=MONEY[3:], staff=PEOPLE[3:])]


def suggested(*texts: str, **options: Any) -> list[dict[str, str]]:
    chosen = {"by": ["earlier waves", "keywords"], "minimum_score": 0.5, "earlier": {"obstacles": EARLIER}, **options}
    answers = {"obstacles": answers_of(clean_of(obstacles=list(texts)), "obstacles")}
    return suggest_wave(answers, codebook=CODEBOOK, **chosen).to_dict("records")


def measured(answers: list[Known], **options: Any) -> pd.DataFrame:
    chosen = {"by": ["earlier waves"], "minimum_score": 0.5, **options}
    return measure_suggestions({"obstacles": answers}, codebook=CODEBOOK, **chosen)


def row(table: pd.DataFrame, code: str, wave: str = "") -> dict[str, Any]:
    found = table[(table["code"] == code) & (table["wave"] == wave)].to_dict("records")
    assert len(found) == 1
    return {str(name): value for name, value in found[0].items()}


@pytest.mark.parametrize(("text", "code"), [("A small BUDGET", "funding"), ("经费太少", "funding"), ("人手", "staff")])
def test_an_answer_like_earlier_ones_gets_their_code_with_the_nearest_of_them(text: str, code: str) -> None:
    first = suggested(text, by=["earlier waves"])[0]
    assert (first["code"], first["by"], first["answer_sha256"]) == (code, "earlier waves", answer_hash(text))
    assert 0.5 <= float(first["score"]) <= 1
    assert f"-{code}-" in first["because"]
    assert f"({code})" in first["because"]


def test_the_nearest_answer_is_named_first_with_wave_respondent_and_codes() -> None:
    assert suggested("the team left!", by=["earlier waves"])[0]["because"].startswith("2020 2020-staff-0 (staff); ")


def test_keywords_say_which_words_matched_and_how_often_people_agreed_before() -> None:
    (found,) = suggested("Budgetary; sin recursos", by=["keywords"])
    assert (found["code"], found["because"]) == ("funding", "Budgetary; recursos")
    # Three of three earlier answers with a word that begins with budget have the code.
    assert found["score"] == "1.00"
    assert suggested("budget", by=["keywords"], earlier={})[0]["score"] == ""


def test_a_code_that_too_few_answers_have_is_never_suggested() -> None:
    earlier = [*EARLIER, *known("2020", law=["the law forbids it"])]
    codes = {each["code"] for each in suggested("the law forbids it", earlier={"obstacles": earlier}, minimum_score=0)}
    assert codes == {"funding", "staff"}


@pytest.mark.parametrize("earlier", [{}, {"obstacles": []}, {"obstacles": known("2018", none=["x", "y"])}])
def test_where_nothing_was_coded_before_nothing_is_learned(earlier: dict[str, list[Known]]) -> None:
    assert suggested("no budget", by=["earlier waves"], earlier=earlier) == []


def test_signs_alone_are_an_answer_too() -> None:
    earlier = known("2018", funding=["$$", "$"], staff=["?", "??"])
    assert suggested("$$$", by=["earlier waves"], earlier={"obstacles": earlier})[0]["code"] == "funding"


def test_the_same_suggestions_come_every_time_in_the_order_of_answers() -> None:
    texts = ["no team", "no budget", "team and budget"]
    assert suggested(*texts) == suggested(*texts)
    respondents = [each["respondent"] for each in suggested(*texts)]
    assert respondents == sorted(respondents)


def test_what_a_program_decided_teaches_nothing() -> None:
    clean = clean_of(obstacles=["a", "b", "c", "d"])
    codes = pd.DataFrame(
        [
            ("R0", "obstacles", "funding", "agreement"),
            ("R0", "obstacles", "law", "agreement"),
            ("R1", "obstacles", "funding", "rule"),
            ("R2", "obstacles", "none", "single coder"),
            ("R3", "wishes", "money", "agreement"),
        ],
        columns=["respondent", "question", "code", "decided_by"],
        dtype="str",
    )
    assert known_answers(clean, codes, question="obstacles", wave="2020") == [
        Known("2020", "R0", "a", frozenset({"funding", "law"})),
        Known("2020", "R2", "c", frozenset()),
    ]


def test_a_wave_is_measured_by_what_the_others_teach() -> None:
    # In 2020 people called budgets a matter of staff: what 2018 teaches is wrong there, and the other way round.
    table = measured([*known("2018", funding=MONEY, staff=PEOPLE), *known("2020", funding=PEOPLE, staff=MONEY)])
    assert row(table, "", "2020") == {
        "question": "obstacles",
        "code": "",
        "by": "earlier waves",
        "wave": "2020",
        "trained_on": "other waves",
        "n": 10,
        "given": 10,
        "suggested": 10,
        "right": 0,
        "precision": "0.0000",
        "recall": "0.0000",
    }
    alike = measured([*known("2018", funding=MONEY, staff=PEOPLE), *known("2020", funding=MONEY, staff=PEOPLE)])
    assert row(alike, "funding")["precision"] == row(alike, "funding")["recall"] == "1.0000"
    assert row(alike, "law")["recall"] == row(alike, "law")["precision"] == ""


def test_one_wave_alone_is_measured_within_itself_and_not_by_what_it_taught() -> None:
    texts = [answer_hash(str(n))[:12] for n in range(40)]
    table = measured(known("2018", funding=texts[:20], staff=texts[20:]))
    assert set(table["trained_on"]) == {"the same wave"}
    assert set(table["wave"]) == {"2018"}
    # Words that stand in one answer alone teach nothing of another; memory of the answer itself would give 1.
    assert float(row(table, "", "2018")["precision"]) < 0.9


def test_keywords_are_measured_as_they_are_and_only_where_there_are_any() -> None:
    answers = known("2018", funding=["budget", "fees"], staff=["budget talks"], none=["nothing"])
    table = measured(answers, by=["keywords"])
    found = row(table, "funding", "2018")
    assert [found[name] for name in ("n", "given", "suggested", "right")] == [4, 2, 2, 1]
    assert (found["precision"], found["recall"], found["trained_on"]) == ("0.5000", "0.5000", "")
    assert set(table["code"]) == {"funding", ""}


def test_keywords_alone_import_nothing_heavy() -> None:
    code = (
        "import sys; from recount.coding.suggest.suggestions import keyword_codes, suggest_wave;"
        "print('sklearn' in sys.modules or 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
