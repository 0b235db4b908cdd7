"""Indices: the mean of several items, and how well they hang together."""

import numpy as np
import pytest

from recount.errors import StudyError
from recount.estimate.reliability import reliability
from recount.study.instrument import Instrument
from tests.estimate.hand_built import WAVE, categories, estimated, make_clean, make_instrument, row

SCALE = categories("no", "partly", "yes", "unsure", missing=("unsure",))
ITEMS = [{"id": name, "type": "scale", "categories": SCALE} for name in ("helps", "ignores", "knows")]
INDEX = {"id": "service", "label": "Service", "items": ["helps", "ignores", "knows"], "reversed": ["ignores"]}
CLEAN = make_clean(
    helps=["yes", "partly", "no", "yes", "yes", None],
    ignores=["no", "partly", "yes", "partly", "unsure", None],
    knows=["yes", "no", "no", "yes", None, "yes"],
)


def instrument(*indices: dict[str, object]) -> Instrument:
    made = make_instrument(*ITEMS)
    content = {**made.model_dump(exclude_unset=True), "indices": list(indices)}
    return Instrument.declared_in("data/instrument.yaml", content)


def test_reversed_items_are_turned_over_and_whoever_answered_half_of_them_counts() -> None:
    got = row(estimated(CLEAN, instrument(INDEX)), "-/index_mean/service")
    means = [3.0, 5 / 3, 1.0, 8 / 3]
    # The last two answered one of three items, which is less than half.
    assert (got["n"], got["base"]) == (4, 4)
    assert got["value"] == pytest.approx(np.mean(means))
    assert got["se"] == pytest.approx(np.std(means, ddof=1) / 2)
    assert (got["df"], got["unit"], got["method"]) == (3, "mean", "t")


def test_the_fewest_answers_are_the_authors_choice() -> None:
    got = row(estimated(CLEAN, instrument({**INDEX, "minimum": 1})), "-/index_mean/service")
    assert got["n"] == 6
    assert got["value"] == pytest.approx(np.mean([3.0, 5 / 3, 1.0, 8 / 3, 3.0, 3.0]))


def test_alpha_and_the_correlations_of_items_with_the_rest_are_those_of_the_scores() -> None:
    got = estimated(CLEAN, instrument(INDEX))
    scores = np.array(
        [[3, 3, 3], [2, 2, 1], [1, 1, 1], [3, 2, 3], [3, np.nan, np.nan], [np.nan, np.nan, 3]], dtype=float
    )
    exp = reliability(scores)
    assert row(got, "-/cronbach/service")["value"] == pytest.approx(exp.raw)
    assert row(got, "-/cronbach_standardised/service")["value"] == pytest.approx(exp.standardised)
    assert row(got, "-/item_rest/service.knows")["value"] == pytest.approx(exp.item_rest[2])
    assert row(got, "-/cronbach/service")["base"] == 6


def test_an_index_of_too_few_is_hidden_though_it_stands_with_the_wave() -> None:
    got = row(estimated(CLEAN, instrument(INDEX), minimum_base=5), "-/index_mean/service")
    assert np.isnan(got["value"])
    assert got["hidden"] == "base under 5"


def test_a_wave_that_did_not_ask_an_item_has_no_index() -> None:
    other = {**ITEMS[0], "id": "cares", "waves": {"2018": {"column": "cares"}}}
    content = make_instrument(*ITEMS, other).model_dump(exclude_unset=True)
    made = Instrument.declared_in("x", {**content, "indices": [{**INDEX, "items": ["helps", "ignores", "cares"]}]})
    got = estimated(CLEAN, made)
    assert not got["key"].str.startswith(f"{WAVE}/-/index_mean").any()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"items": ["helps", "helps"], "reversed": []}, "an item stands twice"),
        ({"reversed": ["other"]}, "reversed names what is no item: other"),
        ({"items": ["helps", "ignores", "knosw"]}, "did you mean 'knows'"),
        ({"minimum": 4}, "minimum is more than the 3 items"),
    ],
)
def test_an_index_that_cannot_be_is_told(changed: dict[str, object], problem: str) -> None:
    with pytest.raises(StudyError, match=problem):
        instrument({**INDEX, **changed})


def test_items_without_scores_cannot_be_averaged() -> None:
    plain = [{"id": name, "type": "single", "categories": categories("a", "b")} for name in ("one", "two")]
    content = make_instrument(*plain).model_dump(exclude_unset=True)
    with pytest.raises(StudyError, match="one has no scores"):
        Instrument.declared_in("x", {**content, "indices": [{"id": "both", "label": "B", "items": ["one", "two"]}]})
