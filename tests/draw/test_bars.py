from tests.draw.hand_built import EXTENT, drawn, frame, hidden, scale, share, texts

BARS = {"kind": "bars", "items": [{"question": "obstacles"}]}
ESTIMATES = frame(
    share("2020", "obstacles", "funding", 17, 43),
    share("2020", "obstacles", "staff", 25, 43),
    share("2020", "obstacles", "time", 3, 43),
    share("2020", "obstacles", "none", 20, 43),
)


def test_the_most_frequent_comes_first_and_no_code_last() -> None:
    got = drawn(BARS, ESTIMATES)
    assert list(got.source["category"]) == ["staff", "funding", "time", "none"]


def test_codes_have_the_labels_of_the_codebook() -> None:
    said = texts(drawn(BARS, ESTIMATES).picture)
    assert "Too few or untrained staff" in said
    assert "staff" not in said


def test_bars_are_as_long_as_the_shares() -> None:
    picture = drawn(BARS, ESTIMATES).picture
    lengths = [bar.get_width() for axes in picture.axes for bar in axes.patches]
    assert lengths == [25 / 43, 17 / 43, 3 / 43, 20 / 43]


def test_only_the_most_frequent_are_shown_and_the_text_says_of_how_many() -> None:
    got = drawn({**BARS, "most": 2}, ESTIMATES)
    assert list(got.source["category"]) == ["staff", "funding", "none"]
    assert "2 most frequent of 3" in got.alternative
    assert "2 most frequent of 3" in " ".join(texts(got.picture))


def test_hidden_bars_stay_hidden() -> None:
    rows = [hidden("2020", "obstacles", code, 4) for code in ("funding", "staff", "time", "none")]
    got = drawn(BARS, frame(*rows))
    assert [bar for axes in got.picture.axes for bar in axes.patches if bar.get_width() > 0] == []
    assert "hidden: base under 5" in texts(got.picture)
    assert "hidden: base under 5" in got.alternative


def test_equally_frequent_codes_stay_in_the_order_of_the_codebook() -> None:
    rows = [share("2020", "obstacles", code, 3, 43) for code in ("funding", "staff", "time")]
    assert list(drawn(BARS, frame(*rows)).source["category"]) == ["funding", "staff", "time"]


def test_the_steps_of_a_scale_stay_in_its_order() -> None:
    got = drawn({"kind": "bars", "items": [{"question": "paris"}]}, frame(scale("2020", "paris", [1, 4, 17, 8, 13])))
    assert list(got.source["category"]) == [each["id"] for each in EXTENT[:5]]
    assert "in the order of the scale" in got.alternative


def test_base_of_each_bar_is_told() -> None:
    got = drawn(BARS, ESTIMATES)
    assert "25 of 43" in " ".join(texts(got.picture))
    assert "25 of 43" in got.alternative
