"""The crosswalk as it is proposed: for each pair the wave's lines of the instrument, and what a person must look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from recount.clean.wording import words
from recount.errors import shortened
from recount.fieldwork.alike import word_by_word
from recount.fieldwork.changes import BREAKS, OPEN, Change
from recount.fieldwork.lines import Value
from recount.fieldwork.options import Options
from recount.fieldwork.pair import Pair
from recount.fieldwork.past import Answered
from recount.fieldwork.types import type_change
from recount.study.instrument import Universe

_SHOWN = 200


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one question: its fielding in the new wave, and the changes that speak against it.

    The fielding is None where the type changed: then the answers belong to a question of their own. `categories` are
    options that the question does not know, as they would stand in it; `written` tells what was written in often.
    """

    pair: Pair
    fielding: Mapping[str, Value] | None
    changes: tuple[Change, ...]
    categories: tuple[Mapping[str, Value], ...] = ()
    written: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether only a person can decide, however high the score."""
        return any(change.kind in OPEN for change in self.changes)

    @property
    def mark(self) -> str:
        """What the instrument says of the proposal until a person has decided."""
        kinds = dict.fromkeys(change.kind for change in self.changes if change.kind in OPEN)
        return "; ".join([f"{self.pair.score:.2f}", self.pair.reasons, *kinds])


def proposal(
    pair: Pair, wave: str, *, missing: Iterable[str], past: Answered | None = None, others: Iterable[Change] = ()
) -> Proposal:
    """Draft the fielding of a pair, and find what changed since the question's last wave, whose answers are `past`."""
    retyped = type_change(pair)
    if retyped:
        text = f"{retyped}: the two cannot be one question; a question of its own is drafted below"
        return Proposal(pair, None, (*others, Change("type", pair.question.id, text), *_reworded(pair)))
    options = Options(pair, tuple(missing), past) if pair.question.closed else None
    changes = [*others, *_reworded(pair), *(options.changes() if options else ()), *_base(pair), *_doubts(pair)]
    fielding: dict[str, Value] = options.place() if options else {"column": pair.posed.columns[0]}
    fielding |= _wording(pair)
    if pair.posed.universe and pair.posed.universe != pair.question.universe_in(pair.before):
        fielding["universe"] = {name: list(each) for name, each in pair.posed.universe.items()}
    fielding |= _comparable(pair, changes)
    drafted = tuple({**each, "proposed": f"{wave}: {told}"} for each, told in options.drafted()) if options else ()
    return Proposal(pair, fielding, tuple(changes), drafted, tuple(options.often) if options else ())


def _reworded(pair: Pair) -> Iterator[Change]:
    asked = pair.question.text_in(pair.before)
    if pair.wording is not None and words(asked) != words(pair.posed.wording) and not _is_label(pair):
        yield Change("reworded", pair.question.id, word_by_word(asked, pair.posed.wording))


def _is_label(pair: Pair) -> bool:
    """Whether the export names the question by the instrument's label: that says nothing of how it was worded."""
    return words(pair.posed.wording) == words(pair.question.label)


def _wording(pair: Pair) -> dict[str, Value]:
    """The wave's own text, where its wording is not the question's."""
    if not pair.posed.wording or words(pair.posed.wording) == words(pair.question.text) or _is_label(pair):
        return {}
    return {"text": pair.posed.wording}


def _comparable(pair: Pair, changes: Iterable[Change]) -> dict[str, Value]:
    """Not comparable where something broke; as in the wave before where nothing changed since."""
    # Of a question of several choices each option is compared for itself; one more or less leaves the others be.
    several = pair.question.type == "multi"
    broken = [each for each in changes if each.kind in BREAKS and not (several and each.kind == "options")]
    if broken:
        told = "; ".join(f"{change.kind}: {change.text}" for change in broken)
        return {"comparable": False, "note": shortened(f"since {pair.before}, {told}", _SHOWN)}
    earlier = pair.question.waves[pair.before]
    if earlier.comparable or words(earlier.text or "") != words(pair.posed.wording):
        return {}
    return {"comparable": False, "note": earlier.note}


def _base(pair: Pair) -> Iterator[Change]:
    before, now = pair.question.universe_in(pair.before), pair.posed.universe
    if now is not None and now != before:
        yield Change(
            "base", pair.question.id, f"asked of {told_universe(before)} in {pair.before}, now of {told_universe(now)}"
        )


def told_universe(universe: Universe) -> str:
    """Say who was asked."""
    parts = [f"those with {name}: {' or '.join(categories)}" for name, categories in universe.items()]
    return " and ".join(parts) or "everyone"


def _doubts(pair: Pair) -> Iterator[Change]:
    if pair.rival:
        yield Change(
            "ambiguous", pair.question.id, f"{pair.posed.name} ({pair.score:.2f}); {pair.rival} fits nearly as well"
        )
    if pair.unproven:
        text = f"{pair.posed.name}: {pair.reasons}; look at the questionnaire, or give its file with --instrument"
        yield Change("not worded", pair.question.id, text)
