"""A wave counted in pieces gives the estimates of the wave at once."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from recount.clean.pieces import Pieces
from recount.errors import EstimateError
from recount.estimate.pieces import adds_up
from recount.estimate.rows import NUMBERS
from recount.study.settings import Wave
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument

OPINION = {
    "id": "opinion",
    "type": "scale",
    "categories": categories("no", "so", "yes"),
    "nets": {"any": ["so", "yes"]},
    "net": ["yes", "no"],
}
QUESTIONS: tuple[dict[str, Any], ...] = (
    {"id": "code", "type": "id"},
    {"id": "region", "type": "single", "categories": categories("north", "south", "else", missing=("else",))},
    {"id": "drawn", "type": "single", "categories": categories("a", "b")},
    OPINION,
    {"id": "why", "type": "text", "universe": {"opinion": ["no", "so"]}},
    {"id": "village", "type": "text"},
)
WEIGHT = {"id": "weight", "type": "weight"}
STRATA = {"strata": "drawn", "clusters": "village"}
DESIGNS: dict[str, dict[str, Any]] = {
    "one by one": {},
    "of a frame": {"frame": 1000, "sampling": {}},
    "by strata": {"sampling": {"strata": "drawn"}},
    "by clusters": {"sampling": {"clusters": "village", "interval": "korn-graubard"}},
    "by strata and clusters": {"sampling": STRATA},
}


def respondents(count: int, seed: int = 5) -> pd.DataFrame:
    """Draw respondents; villages lie in one stratum each, and some questions were not answered."""
    random = np.random.default_rng(seed)
    village = random.integers(0, 9, count)
    texts = {
        "region": random.choice(["north", "south", "else", None], count),
        "drawn": np.where(village < 4, "a", "b"),
        "opinion": random.choice(["no", "so", "yes", None], count),
        "why": random.choice(["costs", "", None], count),
        "village": [f"v{number}" for number in village],
    }
    return make_clean(**{name: list(values) for name, values in texts.items()}, weight=list(random.gamma(2, 1, count)))


def in_pieces(clean: pd.DataFrame, size: int) -> Pieces:
    def read(columns: Sequence[str]) -> Iterator[pd.DataFrame]:
        for start in range(0, len(clean), size):
            yield clean.loc[start : start + size - 1, list(columns)].reset_index(drop=True)

    return Pieces(len(clean), read)


@pytest.mark.parametrize("weighted", [True, False])
@pytest.mark.parametrize("design", DESIGNS)
def test_pieces_give_what_the_whole_gives(design: str, weighted: bool) -> None:  # noqa: FBT001 - a case
    instrument = make_instrument(*QUESTIONS, *([WEIGHT] if weighted else []))
    clean = respondents(100)
    options = {"groups": ("region", "drawn"), **DESIGNS[design]}
    exp, got = (estimated(each, instrument, **options) for each in (clean, in_pieces(clean, 30)))
    assert exp["se"].notna().sum() > 20
    texts = [name for name in exp.columns if name not in NUMBERS]
    pd.testing.assert_frame_equal(got[texts], exp[texts])
    pd.testing.assert_frame_equal(got[list(NUMBERS)], exp[list(NUMBERS)], rtol=1e-12, atol=1e-14)


def test_a_respondent_of_no_cluster_stops_in_pieces_too() -> None:
    clean = respondents(20)
    clean.loc[11, "village"] = None
    with pytest.raises(EstimateError, match="row 13"):
        estimated(in_pieces(clean, 6), make_instrument(*QUESTIONS), sampling=STRATA)


@pytest.mark.parametrize(
    "more",
    [
        {"id": "age", "type": "number"},
        {"id": "goals", "type": "multi", "categories": categories("peace", "trade")},
        {"id": "said", "type": "text", "coded": True},
    ],
)
def test_a_wave_of_which_counts_are_not_enough_is_read_at_once(more: dict[str, Any]) -> None:
    declared = Wave(export="export.csv", design="probability", sampling={"clusters": "village"})
    assert adds_up(make_instrument(*QUESTIONS), WAVE, declared)
    assert not adds_up(make_instrument(*QUESTIONS, more), WAVE, declared)


def test_raked_weights_need_all_respondents() -> None:
    margins = {"raking": {"margins": {"drawn": {"a": 1, "b": 2}}}}
    assert not adds_up(make_instrument(*QUESTIONS), WAVE, Wave(export="x", design="probability", sampling=margins))
