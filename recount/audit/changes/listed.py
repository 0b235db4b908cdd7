"""Every number of the paper on both sides, as a table for machines: a row a number, a column a cause."""

from collections.abc import Iterator

import pandas as pd

from recount.audit.changes.causes import WEIGHTS
from recount.audit.changes.change import Change
from recount.audit.changes.compared import Compared
from recount.audit.changes.told import place
from recount.ingest.guard import guarded

TEXTS = ("where", "place", "name", "estimates", "before", "now")
VALUES = ("value_before", "value_now", "unit", "not_taken_apart", "not_comparable")


def listed(found: Compared) -> pd.DataFrame:
    """List the numbers of sentences, then those of tables and figures, in the order of the paper.

    Texts are as printed; values, and the part of each cause, are as computed: shares from 0 to 1. Texts of people are
    guarded against spreadsheets that would run them.
    """
    causes = tuple(dict.fromkeys((WEIGHTS, *found.order)))
    rows = [(*texts, *_values(change, causes)) for texts, change in _numbers(found)]
    frame = pd.DataFrame(rows, columns=[*TEXTS, *VALUES, *causes], dtype="object")
    for name in (*TEXTS, "not_taken_apart", "not_comparable"):
        frame[name] = guarded(frame[name].astype("str"))
    return frame


def _numbers(found: Compared) -> Iterator[tuple[tuple[str, ...], Change]]:
    for sentence in found.sentences:
        for change in sentence.numbers:
            yield ("text", place(sentence), sentence.now, change.formula, change.before, change.now), change
    for each in found.floats:
        for cell in each.cells:
            change = cell.change
            yield (each.kind, each.name, cell.name, change.formula, change.before, change.now), change


def _values(change: Change, causes: tuple[str, ...]) -> tuple[object, ...]:
    parts = dict(change.parts.parts)
    both = ["" if each is None else repr(float(each)) for each in change.ends]
    apart = [repr(float(parts[cause])) if cause in parts else "" for cause in causes]
    return (*both, change.unit, change.parts.why_not, "; ".join(change.breaks), *apart)
