"""Edits of YAML that people wrote: only the edit changes, whatever the way in which the file is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import StudyError
from recount.fieldwork.editing import Edits
from recount.fieldwork.lines import Value
from recount.study.declared import yaml_of


def added(text: str, path: tuple[str, ...], key: str, value: Value) -> str:
    edits = Edits(text, "f")
    edits.add(path, key, value)
    return edits.made()


FILES = {
    "blocks": (
        "waves:\n  a: {x: 1}  # first\n  # last\nrest: 2\n",
        "waves:\n  a: {x: 1}  # first\n  'b': {x: 2}\n  # last\nrest: 2\n",
    ),
    "braces": ("waves: {a: {x: 1}}  # why\nrest: 2\n", "waves: {a: {x: 1}, 'b': {x: 2}}  # why\nrest: 2\n"),
    "empty braces": ("waves: {}\nrest: 2\n", "waves: {'b': {x: 2}}\nrest: 2\n"),
    "a block below": (
        "waves:\n  a:\n    x: 1\n\n\nrest: 2\n",
        "waves:\n  a:\n    x: 1\n  'b': {x: 2}\n\n\nrest: 2\n",
    ),
    "an alias last": (
        "o: &o {x: 1}\nwaves:\n  a: *o\nrest: 2\n",
        "o: &o {x: 1}\nwaves:\n  a: *o\n  'b': {x: 2}\nrest: 2\n",
    ),
    "a folded text last": (
        "waves:\n  a: >\n    some\n    text\nrest: 2\n",
        "waves:\n  a: >\n    some\n    text\n  'b': {x: 2}\nrest: 2\n",
    ),
    "no such key": ("rest: 2\n", "rest: 2\n'waves': {b: {x: 2}}\n"),
    "no last line end": ("rest: 2\nwaves:\n  a: 1", "rest: 2\nwaves:\n  a: 1\n  'b': {x: 2}\n"),
    "Windows": ("waves:\r\n  a: 1\r\nrest: 2\r\n", "waves:\r\n  a: 1\r\n  'b': {x: 2}\r\nrest: 2\r\n"),
}


@pytest.mark.parametrize("way", FILES)
def test_an_entry_is_added_where_its_siblings_stand(way: str) -> None:
    before, after = FILES[way]
    assert added(before, ("waves",), "b", {"x": 2}) == after.replace("'", '"')


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("w:\n  a:\n    x: 1\n    proposed: '0.9; b'  # c\n    y: 2\n", "w:\n  a:\n    x: 1\n    y: 2\n"),
        ("w:\n  a: {x: 1, proposed: '0.9, b'}  # c\n", "w:\n  a: {x: 1}  # c\n"),
        ("w:\n  a: {proposed: p, x: 1}\n", "w:\n  a: {x: 1}\n"),
        ("w:\n  a: {x: 1, proposed: p, y: 2}\n", "w:\n  a: {x: 1, y: 2}\n"),
        ("w:\n  a: {x: 1}\n", "w:\n  a: {x: 1}\n"),
    ],
)
def test_a_mark_is_taken_out_and_nothing_else(before: str, after: str) -> None:
    edits = Edits(before, "f")
    edits.remove(("w", "a"), "proposed")
    assert edits.made() == after


def test_an_item_is_added_behind_the_last_one_before_the_comments_of_what_follows() -> None:
    text = "questions:\n  - id: a\n    x: 1\n\n# what is ignored\nignored: {}\n"
    edits = Edits(text, "f")
    edits.append(("questions",), ["- id: b", "  x: 2"], {"id": "b", "x": 2})
    assert edits.made() == "questions:\n  - id: a\n    x: 1\n  - id: b\n    x: 2\n\n# what is ignored\nignored: {}\n"


@pytest.mark.parametrize(
    ("place", "after"),
    [
        (1, "c:\n  - {id: a}  # first\n  - {id: x}\n  - {id: z}\n  - {id: b}\n"),
        (2, "c:\n  - {id: a}  # first\n  - {id: b}\n  - {id: x}\n  - {id: z}\n"),
    ],
)
def test_items_are_put_before_another_one_or_behind_the_last(place: int, after: str) -> None:
    edits = Edits("c:\n  - {id: a}  # first\n  - {id: b}\n", "f")
    edits.insert(("c",), place, [{"id": "x"}, {"id": "z"}])
    assert edits.made() == after


def test_several_edits_are_made_at_once_each_in_its_place_and_in_their_order() -> None:
    edits = Edits("w: {a: {p: 1}, e: {}, r: {p: 1}}\nq:\n  - {id: a}", "f")
    edits.add(("w", "a"), "x", "2")
    edits.add(("w", "a"), "z", "3")
    edits.add(("w", "e"), "x", "4")
    edits.add(("w", "e"), "z", "5")
    edits.remove(("w", "r"), "p")
    edits.append(("q",), ["- {id: b}"], {"id": "b"})
    edits.append(("q",), ["- {id: c}"], {"id": "c"})
    edits.add((), "v", "6")
    assert edits.made() == (
        'w: {a: {p: 1, "x": "2", "z": "3"}, e: {"x": "4", "z": "5"}, r: {}}\n'
        'q:\n  - {id: a}\n  - {id: b}\n  - {id: c}\n"v": "6"\n'
    )


def test_what_cannot_be_edited_safely_is_refused_with_the_lines_to_add() -> None:
    with pytest.raises(StudyError, match="nothing was changed") as error:
        added("waves:\n - 1\n", ("waves",), "b", {"x": 2})
    assert error.value.findings[0].mend == 'add by hand: "b": {x: 2}'


@given(st.text(max_size=40), st.text(max_size=40))
def test_texts_of_strangers_are_read_back_as_they_are(key: str, value: str) -> None:
    text = "waves:\n  a: 1\nrest: 2\n"
    kept = {"waves": {"a": 1, key: value}, "rest": 2}
    if key != "a":
        assert yaml_of(added(text, ("waves",), key, value), "f") == kept
