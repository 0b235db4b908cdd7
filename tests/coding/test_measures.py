import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.coding.agreement import ac1, kappa, percent
from recount.coding.alpha import alpha, alpha_of_sets
from tests.coding.hand_built import clean_of, coded, lines, ruling

ANSWERS = ["a", "b", "c", "d", "e", "f"]
ANN = ["funding", "funding;staff", "staff", "none", "law", ""]
BEN = ["funding", "funding", "staff", "funding", "law", "law"]
# The codes `funding` and `none`, given or not, to the five answers that both coded.
FUNDING = np.array([[1, 1], [1, 1], [0, 0], [0, 1], [0, 0]])
NONE = np.array([[0, 0], [0, 0], [0, 0], [1, 0], [0, 0]])


def sheet(codes: list[str]) -> pd.DataFrame:
    return lines({f"R{n}": (answer, each) for n, (answer, each) in enumerate(zip(ANSWERS, codes, strict=True))})


def measured(sheets: dict[str, list[str]], **options: Any) -> pd.DataFrame:
    codings = {"obstacles": {coder: sheet(codes) for coder, codes in sheets.items()}}
    table = coded(clean_of(obstacles=ANSWERS), codings=codings, **options).agreement
    return table[table["question"] == "obstacles"].set_index(["code", "statistic"])


def test_a_codes_agreement_is_that_of_given_or_not() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    for code, ratings in (("funding", FUNDING), ("none", NONE)):
        exp = {
            "percent": percent(ratings),
            "kappa": kappa(ratings),
            "ac1": ac1(ratings, categories=2),
            "alpha": alpha(ratings),
        }
        for statistic, each in exp.items():
            row = got.loc[(code, statistic)]
            assert [row["value"], row["se"], row["low"], row["high"], row["n"]] == pytest.approx(
                [each.value, each.se, *each.interval(), 5], nan_ok=True
            )


def test_the_questions_agreement_is_on_sets_of_codes() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    assert got.loc[("", "percent"), "value"] == pytest.approx(3 / 5)
    sets = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=bool)
    exp = alpha_of_sets(np.array([[0, 0], [1, 0], [2, 2], [3, 0], [4, 4]]), sets)
    assert got.loc[("", "alpha"), "value"] == pytest.approx(exp.value)
    assert got.loc[("", "alpha"), "se"] == pytest.approx(exp.se)
    assert math.isnan(got.loc[("", "kappa"), "value"])
    assert math.isnan(got.loc[("", "ac1"), "value"])


def test_rows_stand_in_the_order_of_codebook_and_statistic() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    codes, statistics = ("", "funding", "staff", "law", "none"), ("percent", "kappa", "ac1", "alpha")
    assert list(got.index) == [(code, statistic) for code in codes for statistic in statistics]


def test_a_code_that_no_coder_ever_gave_has_percent_agreement_and_no_coefficient() -> None:
    got = measured({"ann": ["funding"] * 3 + ["law"] * 3, "ben": ["funding"] * 2 + ["law"] * 4})
    assert got.loc[("staff", "percent"), "value"] == 1
    assert got.loc["staff"].loc[["kappa", "ac1", "alpha"], ["value", "se", "low", "high"]].isna().all(axis=None)


def test_agreement_is_of_what_coders_said_before_adjudication() -> None:
    exp = measured({"ann": ANN, "ben": BEN})
    ruled = {"obstacles": ruling({"R1": ("b", "funding"), "R3": ("d", "none")})}
    pd.testing.assert_frame_equal(measured({"ann": ANN, "ben": BEN}, adjudications=ruled), exp)


def test_decisions_on_another_wording_are_not_compared() -> None:
    stale = sheet(BEN).assign(
        answer_sha256=lambda table: table["answer_sha256"].mask(table["respondent"] == "R0", "0" * 64)
    )
    codings = {"obstacles": {"ann": sheet(ANN), "ben": stale}}
    got = coded(clean_of(obstacles=ANSWERS), codings=codings).agreement
    assert got.loc[got["question"] == "obstacles", "n"].eq(4).all()


def test_the_confidence_of_the_intervals_can_be_set() -> None:
    wide, narrow = (measured({"ann": ANN, "ben": BEN}, confidence=level) for level in (0.95, 0.5))
    assert narrow.loc[("", "alpha"), "low"] > wide.loc[("", "alpha"), "low"]


CELLS = st.lists(
    st.sampled_from(["", "none", "funding", "staff", "law", "funding;staff", "funding;law"]), min_size=6, max_size=6
)


@settings(max_examples=30)
@given(st.lists(CELLS, min_size=1, max_size=4), st.permutations(range(6)), st.randoms(use_true_random=False))
def test_the_order_of_coders_and_lines_changes_nothing(columns: list[list[str]], order: list[int], random: Any) -> None:
    clean = clean_of(obstacles=ANSWERS)
    sheets = [sheet(column) for column in columns]
    exp = coded(clean, codings={"obstacles": {f"coder{n}": each for n, each in enumerate(sheets)}})
    random.shuffle(sheets)
    shuffled = {f"coder{n}": each.iloc[order] for n, each in enumerate(sheets)}
    got = coded(clean, codings={"obstacles": shuffled})
    pd.testing.assert_frame_equal(got.codes, exp.codes)
    pd.testing.assert_frame_equal(got.uncoded, exp.uncoded)
    pd.testing.assert_frame_equal(got.agreement, exp.agreement)


@settings(max_examples=30)
@given(st.lists(CELLS, max_size=4), CELLS)
def test_every_answer_is_either_coded_or_listed_as_uncoded(columns: list[list[str]], ruled: list[str]) -> None:
    got = coded(
        clean_of(obstacles=ANSWERS),
        codings={"obstacles": {f"coder{n}": sheet(column) for n, column in enumerate(columns)}},
        adjudications={"obstacles": sheet(ruled).assign(by="chair", why="")},
    )
    assert sorted({*got.codes["respondent"]} | {*got.uncoded["respondent"]}) == [f"R{n}" for n in range(6)]
    assert not {*got.codes["respondent"]} & {*got.uncoded["respondent"]}
