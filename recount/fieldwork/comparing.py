"""What changed between waves beyond single questions: names reused, questions new or gone, another order."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

from recount.errors import shortened
from recount.fieldwork.changes import Change
from recount.fieldwork.crosswalk import Crosswalk
from recount.fieldwork.pair import Pair
from recount.fieldwork.past import Held
from recount.fieldwork.posed import Asked, Posed
from recount.ingest.raw import normalised

_SHOWN = 160


def reused(
    found: Crosswalk, asked: Asked, held: Mapping[str, Held], *, left_out: Iterable[str]
) -> dict[str, list[Change]]:
    """Find the column names that carry another question than in the last wave that had them, by question."""
    out = set(left_out)
    partner = {name: pair.question.id for pair in found.pairs for name in pair.posed.columns}
    changes: dict[str, list[Change]] = {}
    for posed in asked.questions:
        for column in (name for name in posed.columns if name not in out):
            before = held.get(normalised(column))
            if before is None or before.name == partner.get(column) or normalised(column) == normalised(before.text):
                continue
            now = partner.get(column) or "no question of the instrument"
            said = f' ("{shortened(posed.wording, _SHOWN)}")' if posed.wording else ""
            changes.setdefault(posed.name, []).append(
                Change("name reused", column, f"held {before.name} in {before.wave}; now it holds {now}{said}")
            )
            break  # of a question with many columns one says it
    return changes


def unpaired(found: Crosswalk) -> Iterator[Change]:
    """Tell of questions that only one of the two waves asked, each with the nearest of the other."""
    for posed in found.new:
        yield Change("new question", posed.name, f"{_said(posed)}{_near(found.near.get(posed.name), instrument=True)}")
    for question in found.unasked:
        near = _near(found.near.get(question.id), instrument=False)
        yield Change("dropped question", question.id, f'"{shortened(question.text, _SHOWN)}"{near}')


def reordered(pairs: Iterable[Pair], before: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Tell which questions moved: the fewest that must, for all others to stand in the order of the last wave.

    `before` and `now` are the columns of both exports. What stays is the longest increasing subsequence.
    """
    old = {normalised(name): number for number, name in enumerate(before)}
    new = {name: number for number, name in enumerate(now)}
    placed = []
    for pair in pairs:
        columns = [normalised(name) for name in pair.question.columns_in(pair.before)]
        if not pair.role and columns and columns[0] in old:
            placed.append((new[pair.posed.columns[0]], old[columns[0]], pair.question.id))
    placed.sort()
    stay = _longest([place for _, place, _ in placed])
    for number, (_, _, question) in enumerate(placed):
        if number not in stay:
            after = next((name for _, _, name in reversed(placed[:number])), "")
            yield Change("order of questions", question, f"now asked after {after}" if after else "now asked first")


def _said(posed: Posed) -> str:
    options = ", ".join(f'"{shortened(each.label, 40)}"' for each in posed.options[:6])
    more = ", ..." if len(posed.options) > len(posed.options[:6]) else ""
    wording = f'"{shortened(posed.wording, _SHOWN)}"' if posed.wording else "not worded"
    return f"{wording}, {posed.asks}, {posed.filled} answers" + (f": {options}{more}" if options else "")


def _near(pair: Pair | None, *, instrument: bool) -> str:
    if pair is None:
        return ""
    name = pair.question.id if instrument else pair.posed.name
    return f"; the nearest is {name} ({pair.reasons})"


def _longest(places: Sequence[int]) -> set[int]:
    """The positions of a longest increasing subsequence (Schensted 1961)."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for number, place in enumerate(places):
        at = bisect_left(tails, place)
        tails[at : at + 1], ends[at : at + 1] = [place], [number]
        back.append(ends[at - 1] if at else -1)
    stay = set()
    here = ends[-1] if ends else -1
    while here >= 0:
        stay.add(here)
        here = back[here]
    return stay
