import pandas as pd

from tests.draw.hand_built import drawn, frame, hidden, marks, share, texts

UPSET = {"kind": "upset", "items": [{"question": "networks"}]}
SETS = {"climate": 30, "general": 20, "twinning": 9, "alone": 3}
COMBINED = {"climate+general": 12, "climate": 11, "climate+general+twinning": 7, "alone": 3, "general": 1}


def estimates(**combined: int) -> pd.DataFrame:
    sets = [share("2020", "networks", each, n, 45) for each, n in SETS.items()]
    both = COMBINED | combined
    return frame(sets, [share("2020", "networks", each, n, 45, statistic="combination") for each, n in both.items()])


def test_bars_above_are_the_counts_of_combinations_most_frequent_first() -> None:
    got = drawn(UPSET, estimates())
    combined = got.source[got.source["statistic"] == "combination"]
    assert list(combined["category"]) == list(COMBINED)
    heights = [bar.get_height() for axes in got.picture.axes for bar in axes.patches]
    assert all(count in heights for count in COMBINED.values())
    assert list(combined["display"]) == ["12", "11", "7", "3", "1"]


def test_set_sizes_are_drawn_as_well() -> None:
    got = drawn(UPSET, estimates())
    sizes = got.source[got.source["statistic"] != "combination"]
    assert list(sizes["category"]) == ["climate", "general", "twinning", "alone"]
    assert list(sizes["n"]) == [30, 20, 9, 3]


def test_only_the_most_frequent_are_shown_and_both_texts_say_of_how_many() -> None:
    got = drawn({**UPSET, "most": 2}, estimates())
    assert list(got.source.loc[got.source["statistic"] == "combination", "n"]) == [12, 11]
    assert "2 most frequent of 5" in got.alternative
    assert "2 most frequent of 5" in " ".join(texts(got.picture))


def test_what_is_not_shown_is_not_summed() -> None:
    got = drawn({**UPSET, "most": 2}, estimates())
    assert "other combinations" not in got.alternative.casefold()
    assert len(got.source) == 2 + len(SETS)


def test_a_combination_is_told_by_the_labels_of_its_members() -> None:
    told = drawn(UPSET, estimates()).alternative
    assert "Climate and environment" in told
    assert "climate+general" not in told


def test_hidden_combinations_stay_hidden() -> None:
    rows = [hidden("2020", "networks", each, 4) for each in SETS]
    rows += [hidden("2020", "networks", each, 4, statistic="combination") for each in COMBINED]
    got = drawn(UPSET, frame(rows))
    assert "hidden: base under 5" in " ".join(texts(got.picture))
    assert "hidden: base under 5" in got.alternative
    assert [
        bar for axes in got.picture.axes for bar in axes.patches if bar.get_height() > 1 and bar.get_width() > 1
    ] == []
    assert got.source["n"].isna().all()


def test_the_matrix_has_a_mark_for_each_member_of_each_combination() -> None:
    from matplotlib.colors import to_hex

    picture = drawn(UPSET, estimates()).picture
    dark = sum(len(line.get_xdata()) for line in marks(picture) if to_hex(line.get_markerfacecolor()) < "#aaaaaa")
    points = sum(
        len(each.get_offsets()) for axes in picture.axes for each in axes.collections if len(each.get_offsets()) > 1
    )
    assert max(dark, points) >= sum(each.count("+") + 1 for each in COMBINED)
