"""Responses that broke off: they count in a new study, and nobody would know it who was not told."""

from collections.abc import Iterator

from recount.clean.match import plain
from recount.fieldwork.aside import is_progress
from recount.fieldwork.profile import profile
from recount.ingest.raw import RawExport

# A response that answers a smaller share of what it was asked is told of.
HALF = 0.5
_BROKEN_OFF = {"", "0", "false", "no", "partial", "incomplete", "in progress", "unfinished"}


def unfinished(raw: RawExport, little: int) -> Iterator[str]:
    """Say how many responses are unfinished by the platform's own word, and how many answer little.

    `little` is the number of those that answer less than half of what they were asked.
    """
    every = raw.cells.num_rows
    if marked := _marked(raw):
        column, count = marked
        yield f"of {every} responses {count} broke off ({column} says so), and count all the same"
    if 0 < little < every * HALF:
        answer = "answers" if little == 1 else "answer"
        yield (
            f"of {every} responses {little} {answer} less than half of the questions, and count all the same; "
            f"`cleaning: {{minimum_answered: {HALF}}}` in config.yaml leaves them out"
        )


def _marked(raw: RawExport) -> tuple[str, int] | None:
    """The column by which the platform marks what was finished, and how many it says were not."""
    names = [raw.roles.get("finished", ""), *(each.name for each in raw.columns if is_progress(profile(each, raw)))]
    known = {column.name for column in raw.columns}
    for name in names:
        if name in known:
            texts = [plain(text or "") for text in raw.cells[name].to_pylist()]
            count = sum(text in _BROKEN_OFF for text in texts)
            return (name, count) if count else None
    return None
