from recount.draw.alternative import brief, listed


def test_what_there_is_room_for_is_told_in_full() -> None:
    assert listed(["one 1", "two 2"], 100) == "one 1; two 2"


def test_what_there_is_no_room_for_is_counted() -> None:
    assert listed([f"item {place}" for place in range(10)], 40) == "item 0; item 1; item 2; and 7 more"


def test_a_list_never_needs_more_than_its_room() -> None:
    parts = ["a" * length for length in range(1, 40)]
    assert all(len(listed(parts, room)) <= room for room in range(20, 900, 7))


def test_a_label_as_long_as_a_paragraph_is_shortened() -> None:
    assert len(brief("a" * 500)) == 120
    assert brief("An office") == "An office"
