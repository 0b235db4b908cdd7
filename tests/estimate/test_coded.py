import csv
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from recount.errors import EstimateError
from recount.study.codebook import Codebook
from recount.study.parents import with_parents
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row, shared_data, values

WHY = {"id": "why", "type": "text", "coded": True}
ANSWERS = ["too little money", "no time, no money", "xyz", "no staff", "?", "", None]


def codebook(*codes: str, question: str = "why") -> Codebook:
    listed = [{"id": code, "label": code, "definition": code} for code in codes]
    return Codebook.declared_in("codebook.yaml", {"version": "1", "questions": {question: listed}})


def codes_of(*given: tuple[str, str, str], question: str = "why") -> pd.DataFrame:
    frame = pd.DataFrame(given, columns=["respondent", "code", "decided_by"])
    return frame.assign(question=question, codebook_version="1")


CODES = codes_of(
    ("R0", "money", "agreement"),
    ("R1", "money", "adjudication"),
    ("R1", "time", "adjudication"),
    ("R2", "none", "single coder"),
    ("R99", "money", "agreement"),  # left out by the cleaning
)
UNCODED = pd.DataFrame(
    {
        "respondent": ["R3", "R4"],
        "question": "why",
        "answer_sha256": "",
        "answer": "",
        "problem": ["not coded", "disagreement not adjudicated"],
    }
)
AGREEMENT = pd.DataFrame(
    {
        "question": "why",
        "code": ["", "", "money"],
        "statistic": ["percent", "alpha", "kappa"],
        "value": [0.75, np.nan, 0.5],
        "se": [np.nan, np.nan, 0.2],
        "low": [np.nan, np.nan, 0.1],
        "high": [np.nan, np.nan, 0.9],
        "n": [3, 3, 3],
    }
)
CODING = {
    "codes": CODES,
    "uncoded": UNCODED,
    "agreement": AGREEMENT,
    "codebook": codebook("staff", "money", "time"),
}


def test_shares_of_codes_are_of_kept_respondents_with_a_final_code() -> None:
    got = estimated(make_clean(why=ANSWERS), make_instrument(WHY), **CODING)
    exp = {"staff": 0, "money": 2 / 3, "time": 1 / 3, "none": 1 / 3}
    assert list(values(got, "why/share").items()) == list(exp.items())
    share = row(got, "why/share/money")
    assert (share["n"], share["base"], share["asked"], share["answered"]) == (2, 3, 7, 5)


def test_how_far_the_coding_is_comes_with_it() -> None:
    got = estimated(make_clean(why=ANSWERS), make_instrument(WHY), **CODING)
    counts = {name: row(got, f"why/{name}")["value"] for name in ("double_coded", "adjudicated", "uncoded")}
    assert counts == {"double_coded": 3, "adjudicated": 1, "uncoded": 2}
    assert row(got, "why/double_coded")["base"] == 5


def test_the_mean_number_of_codes_counts_none_as_none() -> None:
    got = row(estimated(make_clean(why=ANSWERS), make_instrument(WHY), **CODING), "why/chosen_mean")
    assert (got["value"], got["base"]) == (1, 3)


def test_agreement_is_taken_over_and_never_hidden() -> None:
    got = estimated(make_clean(why=ANSWERS), make_instrument(WHY), **CODING, minimum_base=100)
    percent, kappa, alpha = (row(got, f"why/{name}") for name in ("percent", "kappa/money", "alpha"))
    assert (percent["value"], percent["unit"], percent["base"], percent["hidden"]) == (0.75, "share", 3, "")
    assert kappa[["value", "se", "low", "high"]].tolist() == [0.5, 0.2, 0.1, 0.9]
    assert kappa["unit"] == "coefficient"
    assert np.isnan(alpha["value"])
    assert row(got, "why/share/money")["hidden"] == "base under 100"


def test_an_open_question_without_coding_has_its_response_alone() -> None:
    got = estimated(make_clean(why=ANSWERS), make_instrument(WHY))
    assert set(got.loc[got["question"] == "why", "statistic"]) == {"asked", "answered", "nonresponse", "share_asked"}
    assert row(got, "why/answered")["value"] == 5
    assert row(got, "why/share_asked/no answer")["value"] == 2 / 7


def test_a_code_that_the_codebook_does_not_know_stops_the_build() -> None:
    coding = {**CODING, "codes": codes_of(("R0", "monies", "rule"))}
    with pytest.raises(EstimateError, match=r"(?s)'monies'.*did you mean 'money'"):
        estimated(make_clean(why=ANSWERS), make_instrument(WHY), **coding)


def test_codes_are_broken_down_by_group() -> None:
    region = {"id": "region", "type": "single", "categories": categories("north", "south")}
    clean = make_clean(why=ANSWERS, region=["north", "south", "south", "south", None, None, None])
    got = estimated(clean, make_instrument(region, WHY), groups=("region",), **CODING)
    assert row(got, "why/share/money/region=south")["value"] == 0.5
    assert row(got, "why/share/money/region=north")["value"] == 1


def test_two_respondents_of_one_name_stop_the_build() -> None:
    clean = make_clean(why=ANSWERS).assign(respondent="R0")
    with pytest.raises(EstimateError, match="stands twice"):
        estimated(clean, make_instrument(WHY), **CODING)


def test_the_published_themes_of_the_jupyter_survey_come_out() -> None:
    # 763 answers to "hinderances", with the counts that the authors' notebook prints.
    exp = {
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
    numbers = {0: 94, 1: 308, 2: 220, 3: 88, 4: 31, 5: 14, 6: 8}
    file = shared_data() / "jupyter2015" / "hinderances_themes.csv"
    with file.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    themes = {f"R{place}": each["hinderances_themes"] or "none" for place, each in enumerate(rows)}
    given = [(respondent, code, "rule") for respondent, codes in themes.items() for code in codes.split(",")]
    got = estimated(make_clean(why=["an answer"] * len(rows)), make_instrument(WHY), codes=codes_of(*given))
    assert values(got, "why/count") == exp | {"none": 94}
    assert row(got, "why/share/development")["base"] == 763
    assert row(got, "why/chosen_mean")["value"] == sum(n * count for n, count in numbers.items()) / 763
    assert Counter(codes.count(",") + 1 for codes in themes.values() if codes != "none")[6] == 8


def test_a_code_with_parts_is_counted_with_them_and_a_respondent_once() -> None:
    listed = [
        {"id": "money", "label": "Money", "definition": "money"},
        {"id": "fees", "label": "Fees", "definition": "fees", "parent": "money"},
        {"id": "rent", "label": "Rent", "definition": "rent", "parent": "fees"},
        {"id": "time", "label": "Time", "definition": "time"},
    ]
    book = Codebook.declared_in("codebook.yaml", {"version": "1", "questions": {"why": listed}})
    given = codes_of(
        ("R0", "money", "agreement"),
        ("R0", "fees", "agreement"),
        ("R1", "rent", "agreement"),
        ("R2", "time", "agreement"),
        ("R3", "none", "agreement"),
    )
    instrument = with_parents(make_instrument(WHY), book)
    assert instrument.by_id["why"].nets == {"money_any": ("money", "fees", "rent"), "fees_any": ("fees", "rent")}
    got = estimated(make_clean(why=ANSWERS), instrument, codes=given, codebook=book)
    assert values(got, "why/count") == {
        "money": 1,
        "fees": 1,
        "rent": 1,
        "time": 1,
        "none": 1,
        "money_any": 2,
        "fees_any": 2,
    }
    assert row(got, "why/share/money_any")["value"] == 0.5
