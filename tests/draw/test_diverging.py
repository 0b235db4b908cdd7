import numpy as np
import pytest

from recount.draw.drawn import Drawn
from tests.draw.hand_built import EXTENT, drawn, frame, hidden, scale, texts

ITEMS = [{"question": "paris"}, {"question": "sendai"}]
DIVERGING = {"kind": "diverging", "items": ITEMS}
ESTIMATES = frame(scale("2020", "paris", [1, 4, 8, 17, 13]), scale("2020", "sendai", [9, 12, 10, 6, 3], dont_know=5))
VALID = [each["id"] for each in EXTENT if not each.get("missing")]


def widths(drawing: Drawn) -> list[float]:
    return sorted(round(bar.get_width(), 9) for axes in drawing.picture.axes for bar in axes.patches if bar.get_width())


def test_each_segment_is_as_wide_as_its_share() -> None:
    got = widths(drawn(DIVERGING, ESTIMATES))
    shown = ESTIMATES[(ESTIMATES["statistic"] == "share") & ESTIMATES["category"].isin(VALID)]["value"]
    assert all(np.isclose(got, each).any() for each in shown)


def test_the_middle_category_is_split_by_the_middle() -> None:
    drawing = drawn({**DIVERGING, "items": ITEMS[:1]}, ESTIMATES)
    bars = [bar for axes in drawing.picture.axes for bar in axes.patches]
    middle = [bar for bar in bars if bar.get_width() == pytest.approx(8 / 43)]
    assert [bar.get_x() + bar.get_width() / 2 for bar in middle] == [pytest.approx(0)]


def test_no_opinion_stands_apart_and_is_of_those_asked() -> None:
    source = drawn(DIVERGING, ESTIMATES).source
    apart = source[source["statistic"] == "share_asked"]
    assert set(apart["category"]) == {"dont_know", "no answer"}
    assert set(apart["panel"]).isdisjoint(set(source.loc[source["statistic"] == "share", "panel"]))


def test_net_agreement_and_bases_stand_at_the_right() -> None:
    said = " ".join(texts(drawn(DIVERGING, ESTIMATES).picture))
    assert "+58" in said
    assert "−30" in said
    assert "43" in said
    assert "40" in said


def test_items_can_be_sorted_by_net() -> None:
    declared = {**DIVERGING, "items": list(reversed(ITEMS)), "sort": "descending"}
    source = drawn(declared, ESTIMATES).source
    assert list(dict.fromkeys(source["question"])) == ["paris", "sendai"]


def test_the_order_of_the_segments_is_that_of_the_scale() -> None:
    source = drawn({**DIVERGING, "items": ITEMS[:1]}, ESTIMATES).source
    assert [each for each in source.loc[source["statistic"] == "share", "category"] if each in VALID] == VALID


def test_a_hidden_item_has_no_segments() -> None:
    rows = [hidden("2020", "sendai", each, 4) for each in [*VALID, "strong", "weak"]]
    rows += [hidden("2020", "sendai", each, 4, statistic="share_asked") for each in ("dont_know", "no answer")]
    rows.append({**hidden("2020", "sendai", "", 4, statistic="net"), "unit": "difference of shares"})
    both = drawn(DIVERGING, frame(scale("2020", "paris", [1, 4, 8, 17, 13]), rows))
    alone = drawn({**DIVERGING, "items": ITEMS[:1]}, frame(scale("2020", "paris", [1, 4, 8, 17, 13])))
    assert widths(both) == widths(alone)
    assert "hidden: base under 5" in " ".join(texts(both.picture))
    assert "hidden: base under 5" in both.alternative
    assert both.source.loc[both.source["question"] == "sendai", ["value", "n"]].isna().all(axis=None)


def test_the_alternative_text_tells_each_item_with_all_its_values() -> None:
    told = drawn(DIVERGING, ESTIMATES).alternative
    for value in ("2%", "9%", "19%", "40%", "30%"):
        assert value in told.split("Sendai")[0]
    assert "Not at all" in told


def test_the_percentages_of_a_bar_add_up_to_100_where_the_figure_asks_for_it() -> None:
    shares = scale("2020", "paris", [1, 1, 1, 0, 0]) + scale("2020", "sendai", [7, 7, 7, 7, 0])
    for asked, exp in ((False, [99, 100]), (True, [100, 100])):
        source = drawn({**DIVERGING, "sum_to_100": asked}, frame(shares)).source
        shown = source[source["statistic"] == "share"]
        sums = [
            sum(int(each.rstrip("%")) for each in shown.loc[shown["question"] == name, "display"])
            for name in ("paris", "sendai")
        ]
        assert sums == exp
