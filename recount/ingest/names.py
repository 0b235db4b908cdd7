"""Names of columns: what the header says, made so that each column has one and no two share it."""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from recount.ingest.layout import Head
from recount.ingest.raw import Column, normalised

Keys = Mapping[str, tuple[str, ...]]

# `cells` has a column of its own, `row`; a column of the export that is called so becomes `row (2)`.
TAKEN = ("row",)


def unique(names: Sequence[str]) -> list[str]:
    """Name the nameless `column N` (counted from 1) and number what stands twice: `age`, `age (2)`, `age (3)`.

    A name that the file gives itself is never taken by a numbered one.
    """
    wanted = [name if normalised(name) else f"column {place}" for place, name in enumerate(names, start=1)]
    known = {*wanted, *TAKEN}
    used = set(TAKEN)
    last: dict[str, int] = {}
    given = []
    for name in wanted:
        free = name
        while free in used:
            last[name] = last.get(name, 1) + 1
            numbered = f"{name} ({last[name]})"
            free = numbered if numbered not in known else name
        used.add(free)
        given.append(free)
    return given


def columns_of(header: Head, names: Sequence[str], labels: Sequence[str] = ()) -> tuple[Column, ...]:
    """Make the columns of a header: names made unique, all header cells kept as `texts`, the question as `label`."""
    texts = list(zip_longest(*header, fillvalue=""))
    pairs = zip_longest(unique(names), texts, labels[: len(names)], fillvalue="")
    return tuple(Column(name=name, texts=tuple(cells), label=label) for name, cells, label in pairs)


def row_of(header: Head, place: int) -> list[str]:
    """Give one header row, as wide as the widest; blank where the header has no such row."""
    width = max((len(row) for row in header), default=0)
    row = list(header[place]) if place < len(header) else []
    return row + [""] * (width - len(row))


def compact(name: str) -> str:
    """Give the letters and digits of a name in lower case: `Respondent ID` and `respondent_id` are the same column."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def roles_by(keys: Sequence[tuple[str, str]], known: Keys) -> dict[str, str]:
    """Find the platform's own columns.

    `keys` pairs a column's compact key with its name, `known` lists the keys of each role, the best one first.
    """
    first: dict[str, str] = {}
    for key, name in keys:
        first.setdefault(key, name)
    found = {role: next((first[key] for key in accepted if key in first), "") for role, accepted in known.items()}
    return {role: name for role, name in found.items() if name}
