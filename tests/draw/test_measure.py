import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.draw.measure import plain, width, wrapped
from recount.draw.share_axis import end_of
from recount.draw.theme import TEXT, themed

LETTERS = st.text(alphabet=st.sampled_from("abcWi 办公室,-"), max_size=80)


def test_a_text_twice_as_long_is_twice_as_wide() -> None:
    with themed():
        assert width("mm" * 10, TEXT) == pytest.approx(2 * width("m" * 10, TEXT), rel=0.01)


def test_seven_point_text_is_as_high_and_wide_as_the_font_says() -> None:
    # DejaVu Sans: an m is 1995 of 2048 units wide; a point is 25.4/72 mm.
    with themed():
        assert width("m" * 100, 7.0) == pytest.approx(100 * 7.0 * 1995 / 2048 * 25.4 / 72, rel=0.01)


@settings(deadline=None, max_examples=50)
@given(text=LETTERS)
def test_wrapped_lines_are_within_the_limit_and_lose_no_letter(text: str) -> None:
    with themed():
        lines = wrapped(text, 12.0, TEXT).split("\n")
        assert max(width(line, TEXT) for line in lines) <= 12.0 + 0.1
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_words_stay_whole_and_chinese_breaks_between_letters() -> None:
    with themed():
        assert wrapped("International engagement", 20.0, TEXT) == "International\nengagement"
        assert wrapped("国际交流办公室", 10.0, TEXT).replace("\n", "") == "国际交流办公室"
        assert "\n" in wrapped("国际交流办公室", 10.0, TEXT)


def test_what_cannot_be_seen_is_taken_out_of_labels() -> None:
    assert plain("a\x00b\r\n c\u202ed\u200b") == "a b cd"


@pytest.mark.parametrize(
    ("highest", "end"), [(0.0, 1.0), (0.3, 0.3), (0.301, 0.5), (0.72, 0.8), (0.95, 1.0), (1.0, 1.0)]
)
def test_the_axis_ends_at_a_round_share_that_has_room_for_the_highest(highest: float, end: float) -> None:
    assert end_of(highest)[0] == end
