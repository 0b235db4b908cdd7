import pytest

from recount.errors import EstimateError, StudyError
from tests.draw.hand_built import drawn, estimate, frame, hidden, marks, segments, share, texts

ITEMS = [{"question": "office", "category": "yes"}, {"question": "travel", "category": "yes"}]
DOTS = {"kind": "dots", "items": ITEMS}
ESTIMATES = frame(share("2020", "office", "yes", 36, 42), share("2020", "travel", "yes", 19, 47))


def test_each_item_is_a_point_at_its_share_with_its_interval() -> None:
    picture = drawn(DOTS, ESTIMATES).picture
    assert [list(point.get_xdata()) for point in marks(picture)] == [[36 / 42], [19 / 47]]
    assert (36 / 42 - 0.1, 36 / 42 + 0.1) in segments(picture)


def test_value_and_base_stand_beside_each_point_and_bases_may_differ() -> None:
    said = " ".join(texts(drawn(DOTS, ESTIMATES).picture))
    assert "86%" in said
    assert "36 of 42" in said
    assert "19 of 47" in said


def test_the_source_holds_the_rows_drawn_in_drawing_order() -> None:
    got = drawn(DOTS, ESTIMATES).source
    assert list(got.columns[:4]) == ["label", "series", "panel", "display"]
    assert list(got.columns[4:]) == list(ESTIMATES.columns)
    assert list(got["key"]) == ["2020/office/share/yes", "2020/travel/share/yes"]
    assert list(got["label"]) == ["Office for international engagement", "Budget for international travel"]
    assert list(got["value"]) == list(ESTIMATES["value"])


def test_items_stand_as_declared_or_with_the_highest_share_first() -> None:
    declared = {**DOTS, "items": list(reversed(ITEMS))}
    as_given = drawn(declared, ESTIMATES).source["question"]
    descending = drawn({**declared, "sort": "descending"}, ESTIMATES).source["question"]
    assert (list(as_given), list(descending)) == (["travel", "office"], ["office", "travel"])


def test_a_hidden_share_is_a_text_and_no_point() -> None:
    got = drawn(DOTS, frame(share("2020", "office", "yes", 36, 42), hidden("2020", "travel", "yes", 4)))
    assert len(marks(got.picture)) == 1
    assert "hidden: base under 5" in texts(got.picture)
    assert "Budget for international travel: hidden" in got.alternative
    assert got.source["value"].isna().tolist() == [False, True]


def test_a_value_that_stands_beside_a_reason_to_hide_it_is_not_told() -> None:
    leaking = share("2020", "travel", "yes", 1, 3, hidden="base under 5")
    got = drawn(DOTS, frame(share("2020", "office", "yes", 36, 42), leaking))
    everything = " ".join([*texts(got.picture), got.alternative, got.source.to_csv()])
    assert "33%" not in everything
    assert "0.333" not in everything
    assert "1 of 3" not in everything
    assert len(marks(got.picture)) == 1


def test_hidden_items_come_last_when_sorted() -> None:
    estimates = frame(hidden("2020", "office", "yes", 4), share("2020", "travel", "yes", 19, 47))
    assert list(drawn({**DOTS, "sort": "descending"}, estimates).source["question"]) == ["travel", "office"]


def test_a_share_without_interval_has_no_line() -> None:
    bare = share("2020", "office", "yes", 36, 42, low=float("nan"), high=float("nan"), method="")
    assert segments(drawn({**DOTS, "items": ITEMS[:1]}, frame(bare)).picture) == []


def test_a_share_that_cannot_be_estimated_says_so() -> None:
    empty = estimate("2020", "office", "share", "yes", n=0, base=0, asked=0, answered=0)
    got = drawn({**DOTS, "items": ITEMS[:1]}, frame(empty))
    assert "not estimable" in texts(got.picture)
    assert "not estimable" in got.alternative


def test_values_are_written_by_the_display_settings() -> None:
    got = drawn(DOTS, ESTIMATES, percent_decimals=1, percent_sign=" per cent")
    assert list(got.source["display"]) == ["85.7 per cent", "40.4 per cent"]
    assert "85.7 per cent" in " ".join(texts(got.picture))
    assert "85.7 per cent" in got.alternative


def test_the_alternative_text_tells_chart_and_values_in_order() -> None:
    told = drawn(DOTS, ESTIMATES).alternative
    assert told.index("Office") < told.index("86%") < told.index("36 of 42") < told.index("19 of 47")
    assert "\n" not in told


def test_estimates_that_do_not_exist_are_all_named() -> None:
    with pytest.raises(EstimateError) as error:
        drawn(DOTS, frame(share("2022", "office", "yes", 36, 42)))
    assert [finding.key for finding in error.value.findings] == ["2020/office/share/yes", "2020/travel/share/yes"]


def test_a_figure_of_one_wave_is_not_declared_with_two() -> None:
    with pytest.raises(StudyError, match="one wave"):
        drawn({**DOTS, "waves": ["2020", "2022"]}, ESTIMATES)


def test_a_wave_that_the_study_has_not_is_named() -> None:
    with pytest.raises(StudyError, match="2021"):
        drawn({**DOTS, "wave": "2021"}, ESTIMATES)


def test_a_figure_of_another_wave_shows_that_wave() -> None:
    got = drawn({**DOTS, "items": ITEMS[:1], "wave": "2022"}, frame(share("2022", "office", "yes", 50, 59)))
    assert list(got.source["key"]) == ["2022/office/share/yes"]
    assert "2022" in got.alternative
