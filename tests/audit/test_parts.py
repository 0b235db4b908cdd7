import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.audit.parts import ABSENT, differences, nested, part, parts

TREE = {"title": "A", "waves": {"2018.5": {"columns": {"status": "s"}}, "2020": {"frame": None}}}


def test_parts_are_found_by_their_keys_and_put_together_again() -> None:
    got = parts(TREE, ["title", "waves/2018.5/columns", "waves/2020"])
    assert got == {"title": "A", "waves/2018.5/columns": {"status": "s"}, "waves/2020": {"frame": None}}
    assert nested(got) == TREE


@pytest.mark.parametrize("key", ["none", "waves/2019", "title/x", "waves/2020/frame/x"])
def test_what_is_not_there_is_absent(key: str) -> None:
    assert part(TREE, key) is ABSENT
    with pytest.raises(KeyError, match=key):
        parts(TREE, ["title", key])


def test_differences_are_named_by_their_keys() -> None:
    now = {"title": "B", "waves": {"2018.5": {"columns": {"status": "s"}}, "2022": {}}}
    assert list(differences(TREE, now)) == [
        ("title", "A", "B"),
        ("waves/2020", {"frame": None}, ABSENT),
        ("waves/2022", ABSENT, {}),
    ]


TREES = st.recursive(
    st.none() | st.integers(), lambda inner: st.dictionaries(st.sampled_from("abc"), inner), max_leaves=8
)


@given(TREES, TREES)
def test_there_are_no_differences_where_there_are_none(one: object, two: object) -> None:
    assert (list(differences(one, two)) == []) == (one == two)
