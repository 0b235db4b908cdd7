import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.coding.agreement import ac1, kappa, negative, percent, pi, positive, s
from recount.coding.alpha import alpha
from recount.coding.measure import Bootstrap
from recount.coding.set_alpha import alpha_of_sets
from recount.study.codebook import Code
from tests.coding.hand_built import CODEBOOK, clean_of, coded, lines, ruling

ANSWERS = ["a", "b", "c", "d", "e", "f"]
ANN = ["funding", "funding;staff", "staff", "none", "law", ""]
BEN = ["funding", "funding", "staff", "funding", "law", "law"]
# The codes `funding` and `none`, given or not, to the five answers that both coded.
NEW = Code(id="new", label="new", definition="new")
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
            "positive": positive(ratings),
            "negative": negative(ratings),
            "kappa": kappa(ratings),
            "pi": pi(ratings),
            "s": s(ratings, categories=2),
            "ac1": ac1(ratings, categories=2),
            "alpha": alpha(ratings),
        }
        for statistic, each in exp.items():
            row = got.loc[(code, statistic)]
            assert [row["value"], row["se"], row["n"]] == pytest.approx([each.value, each.se, 5], nan_ok=True)


def test_the_questions_agreement_is_on_sets_of_codes() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    assert got.loc[("", "percent"), "value"] == pytest.approx(3 / 5)
    sets = np.array([[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=bool)
    exp = alpha_of_sets(np.array([[0, 0], [1, 0], [2, 2], [3, 0], [4, 4]]), sets)
    assert got.loc[("", "alpha"), "value"] == pytest.approx(exp.value)
    assert got.loc[("", "alpha"), "se"] == pytest.approx(exp.se)
    jaccard = alpha_of_sets(np.array([[0, 0], [1, 0], [2, 2], [3, 0], [4, 4]]), sets, "jaccard")
    assert got.loc[("", "alpha_jaccard"), "value"] == pytest.approx(jaccard.value)
    assert math.isnan(got.loc[("", "ac1"), "value"])


def test_rows_stand_in_the_order_of_codebook_and_statistic() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    statistics = ("percent", "positive", "negative", "kappa", "pi", "s", "ac1", "alpha")
    whole = [("", statistic) for statistic in ("percent", "kappa", "ac1", "alpha", "alpha_jaccard")]
    codes = ("funding", "staff", "law", "none")
    assert list(got.index) == [*whole, *((code, statistic) for code in codes for statistic in statistics)]


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


def test_kappa_of_a_question_is_pooled_over_its_codes() -> None:
    got = measured({"ann": ANN, "ben": BEN})
    # funding: observed 4/5, by chance (2*3 + 3*2)/25; staff: 4/5, (2*1 + 3*4)/25; none: 4/5, (1*0 + 4*5)/25;
    # law: 1, (1*1 + 4*4)/25.
    observed, expected = (4 + 4 + 4 + 5) / 5, (12 + 14 + 20 + 17) / 25
    assert got.loc[("", "kappa"), "value"] == pytest.approx((observed - expected) / (4 - expected))


def test_all_questions_together_have_the_share_alike_of_all_answers_and_kappa_over_all_codes() -> None:
    wishes = ["a", "b", "c", "d"]
    sheets = {
        "ann": lines({f"R{n}": (wishes[n], code) for n, code in enumerate(["money", "money", "training", "training"])}),
        "ben": lines({f"R{n}": (wishes[n], code) for n, code in enumerate(["money", "money", "training", "money"])}),
    }
    clean = clean_of(obstacles=ANSWERS, wishes=[*wishes, None, None])
    obstacles = {"ann": sheet(ANN), "ben": sheet(BEN)}
    table = coded(clean, codings={"obstacles": obstacles, "wishes": sheets}).agreement
    got = table[table["question"] == ""].set_index("statistic")
    assert got.loc["percent", ["value", "n"]].tolist() == pytest.approx([(3 + 3) / (5 + 4), 9])
    # Of the wishes each of two codes: observed 3/4, by chance (2*3 + 2*1)/16.
    observed, expected = 17 / 5 + 2 * 3 / 4, 63 / 25 + 2 * 8 / 16
    # `none` was not given by anybody, and adds nothing.
    assert got.loc["kappa", "value"] == pytest.approx((observed - expected) / (6 - expected))


def test_the_intervals_are_those_of_answers_drawn_anew_and_the_seed_decides_them() -> None:
    many = [["funding", "funding;staff", "staff", "none", "law", "law"][n % 6] for n in range(120)]
    other = [["funding", "funding", "staff", "funding", "law", "law"][(n * n + n) % 6] for n in range(120)]
    both = {"ann": many, "ben": other}

    def limits(seed: int, replicates: int) -> list[float]:
        answers = [f"answer {n}" for n in range(120)]
        sheets = {
            coder: lines({f"R{n}": (answers[n], code) for n, code in enumerate(codes)}) for coder, codes in both.items()
        }
        found = coded(
            clean_of(obstacles=answers), codings={"obstacles": sheets}, bootstrap=Bootstrap(replicates, seed)
        ).agreement.set_index(["question", "code", "statistic"])
        return [found.loc[("obstacles", "funding", "kappa"), each] for each in ("value", "se", "low", "high")]

    value, se, low, high = limits(seed=1, replicates=4000)
    assert limits(seed=1, replicates=4000) == [value, se, low, high]
    assert limits(seed=2, replicates=4000) != [value, se, low, high]
    # In large samples the bootstrap's interval and that of the standard error are close.
    assert [low, high] == pytest.approx([value - 1.96 * se, value + 1.96 * se], abs=0.3 * se)


def test_a_code_that_one_answer_has_gets_no_interval() -> None:
    got = measured({"ann": ["law"] + ["staff"] * 5, "ben": ["law"] + ["staff"] * 5})
    assert got.loc[("law", "kappa"), "value"] == pytest.approx(1)
    assert got.loc[("law", "kappa"), ["low", "high"]].isna().all()


def test_a_code_added_to_the_codebook_leaves_the_intervals_of_the_others() -> None:
    exp = measured({"ann": ANN, "ben": BEN}).loc["funding"]
    more = CODEBOOK.model_copy(
        update={"questions": {**CODEBOOK.questions, "obstacles": (*CODEBOOK.questions["obstacles"], NEW)}}
    )
    pd.testing.assert_frame_equal(measured({"ann": ANN, "ben": BEN}, codebook=more).loc["funding"], exp)


def test_the_confidence_of_the_intervals_can_be_set() -> None:
    wide, narrow = (measured({"ann": ANN, "ben": BEN}, confidence=level) for level in (0.95, 0.5))
    assert narrow.loc[("", "percent"), "low"] > wide.loc[("", "percent"), "low"]


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
