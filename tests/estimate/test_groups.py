import numpy as np
import pandas as pd
import pytest

from recount.errors import EstimateError, StudyError
from recount.estimate.tabulate import sample
from tests.estimate.hand_built import categories, estimated, make_clean, make_instrument, row, values

OFFICE = {"id": "office", "type": "single", "categories": categories("yes", "no")}
REGION = {
    "id": "region",
    "type": "single",
    "categories": categories("north", "south", "west", "unsure", missing=("unsure",)),
}
CLEAN = make_clean(office=["yes", "no", "yes", "no", "yes"], region=["north", "north", "south", "unsure", None])


def test_each_level_has_its_own_base() -> None:
    got = estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("region",))
    assert row(got, "office/share/yes")["value"] == 0.6
    north = row(got, "office/share/yes/region=north")
    assert (north["value"], north["n"], north["base"], north["asked"]) == (0.5, 1, 2, 2)
    assert (north["group"], north["level"]) == ("region", "north")
    assert row(got, "office/share/yes/region=south")["value"] == 1


def test_a_missing_category_is_no_level_and_a_level_that_nobody_has_is_hidden() -> None:
    got = estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("region",))
    assert list(values(got, "office/share/yes")) == ["region=north", "region=south", "region=west"]
    west = row(got, "office/share/yes/region=west")
    assert (west["base"], west["hidden"]) == (0, "base under 1")


def test_a_question_by_itself_is_all_or_nothing_as_published_crosstabs_print_it() -> None:
    got = estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("region",))
    assert row(got, "region/share/north/region=north")["value"] == 1
    assert row(got, "region/share/north/region=south")["value"] == 0


def test_a_group_that_the_wave_did_not_ask_is_skipped() -> None:
    later = {**REGION, "waves": {"2024": {"column": "region"}}}
    got = estimated(CLEAN.drop(columns="region"), make_instrument(OFFICE, later), groups=("region",))
    assert set(got["group"]) == {""}


def test_a_group_must_be_a_question_of_one_choice() -> None:
    with pytest.raises(EstimateError, match="type number cannot be a group"):
        estimated(make_clean(staff=[1.0]), make_instrument({"id": "staff", "type": "number"}), groups=("staff",))
    with pytest.raises(StudyError, match="did you mean 'region'"):
        estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("regions",))


def test_counting_by_crossed_cells_equals_counting_level_by_level() -> None:
    rng = np.random.default_rng(3)
    size = 500
    groups = {f"g{n}": (tuple(map(str, range(k))), rng.integers(-1, k, size)) for n, k in enumerate((2, 5, 9, 40))}
    weights, codes = rng.uniform(0, 3, size), rng.integers(0, 4, size)
    made = sample(groups, weights, size)
    got = made.count(codes, 4)
    for place, panel in enumerate(made.panels):
        inside = groups[panel.group][1] == int(panel.level) if panel.group else np.ones(size, dtype=bool)
        for code in range(4):
            here = inside & (codes == code)
            assert got.n[place, code] == here.sum()
            assert got.weighted[place, code] == pytest.approx(weights[here].sum())
            assert got.squared[place, code] == pytest.approx((weights[here] ** 2).sum())
        assert sorted(made.members[place]) == np.flatnonzero(inside).tolist()


def test_a_wave_without_respondents_has_its_rows_all_hidden() -> None:
    empty = pd.DataFrame({"respondent": [], "row": [], "office": [], "region": []}).astype({"row": "int32"})
    got = estimated(empty, make_instrument(OFFICE, REGION), groups=("region",))
    shares = got[got["statistic"] == "share"]
    assert len(shares) == (2 + 3) * 4
    assert (shares["hidden"] == "base under 1").all()
    assert row(got, "-/respondents")["value"] == 0


def test_hiding_takes_out_the_estimate_and_leaves_the_base() -> None:
    got = estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("region",), minimum_base=3)
    north = row(got, "office/share/yes/region=north")
    assert north["hidden"] == "base under 3"
    assert north[["value", "low", "high", "se", "n", "weighted_n"]].isna().all()
    assert (north["base"], north["asked"]) == (2, 2)
    assert row(got, "office/asked/region=north")["value"] == 2
    assert row(got, "office/share/yes")["hidden"] == ""


def test_a_base_of_exactly_the_minimum_is_shown() -> None:
    got = estimated(CLEAN, make_instrument(OFFICE, REGION), groups=("region",), minimum_base=2)
    assert row(got, "office/share/yes/region=north")["hidden"] == ""
    assert row(got, "office/share/yes/region=south")["hidden"] == "base under 2"
