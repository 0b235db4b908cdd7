"""Parts of what people declared, by their keys from the top: `estimates/minimum_base`, `waves/2020/columns`.

The keys are parted by a slash, since a wave may be called 2018.5, but has a folder and so no slash in its name.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

ABSENT = object()


def parts(tree: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Take the parts of a tree with these keys; raise KeyError where there is none."""
    found = {key: part(tree, key) for key in keys}
    if missing := [key for key in found if found[key] is ABSENT]:
        raise KeyError(*missing)
    return found


def part(tree: Any, key: str) -> Any:
    """Find the part with a key, or `ABSENT`."""
    for name in key.split("/"):
        tree = tree.get(name, ABSENT) if isinstance(tree, Mapping) else ABSENT
    return tree


def nested(found: Mapping[str, Any]) -> dict[str, Any]:
    """Put parts together again as they stand in the whole."""
    tree: dict[str, Any] = {}
    for key, value in found.items():
        *above, last = key.split("/")
        place = tree
        for name in above:
            place = place.setdefault(name, {})
        place[last] = value
    return tree


def differences(before: Any, now: Any, key: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Give each key whose value differs, with both values: `ABSENT` where only the other has it."""
    if isinstance(before, Mapping) and isinstance(now, Mapping):
        for name in [*before, *(name for name in now if name not in before)]:
            inner = f"{key}/{name}" if key else str(name)
            yield from differences(before.get(name, ABSENT), now.get(name, ABSENT), inner)
    elif before is ABSENT or now is ABSENT or before != now:
        yield key, before, now
