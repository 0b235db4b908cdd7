"""The crosswalk as it is proposed: for each pair the wave's lines of the instrument, and what a person must look at."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from recount.clean.match import plain
from recount.clean.wording import words
from recount.errors import shortened
from recount.fieldwork.alike import word_by_word
from recount.fieldwork.changes import BREAKS, OPEN, Change
from recount.fieldwork.crosswalk import readable_options, reader
from recount.fieldwork.lines import Value
from recount.fieldwork.pair import Pair
from recount.fieldwork.types import type_change
from recount.study.instrument import Universe

_SPELLED = 0.8
_SHOWN = 200


@dataclass(frozen=True)
class Proposal:
    """What is proposed for one question: its fielding in the new wave, and the changes that speak against it.

    The fielding is None where the type changed: then the answers belong to a question of their own.
    """

    pair: Pair
    fielding: Mapping[str, Value] | None
    changes: tuple[Change, ...]

    @property
    def open(self) -> bool:
        """Whether only a person can decide, however high the score."""
        return any(change.kind in OPEN for change in self.changes)

    @property
    def mark(self) -> str:
        """What the instrument says of the proposal until a person has decided."""
        kinds = dict.fromkeys(change.kind for change in self.changes if change.kind in OPEN)
        return "; ".join([f"{self.pair.score:.2f}", self.pair.reasons, *kinds])


def proposal(pair: Pair, *, missing: Iterable[str], others: Iterable[Change] = ()) -> Proposal:
    """Draft the fielding of a pair, and find what changed since the question's last wave."""
    retyped = type_change(pair)
    if retyped:
        text = f"{retyped}: the two cannot be one question; a question of its own is drafted below"
        return Proposal(pair, None, (*others, Change("type", pair.question.id, text), *_reworded(pair)))
    options = _Options(pair, tuple(missing)) if pair.question.closed else None
    changes = [*others, *_reworded(pair), *(options.changes() if options else ()), *_base(pair), *_doubts(pair)]
    fielding: dict[str, Value] = options.place() if options else {"column": pair.posed.columns[0]}
    fielding |= _wording(pair)
    if pair.posed.universe and pair.posed.universe != pair.question.universe_in(pair.before):
        fielding["universe"] = {name: list(each) for name, each in pair.posed.universe.items()}
    fielding |= _comparable(pair, changes)
    return Proposal(pair, fielding, tuple(changes))


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
    broken = [change for change in changes if change.kind in BREAKS]
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
    if pair.wording is None and not pair.role and pair.question.type != "id":
        text = f"{pair.posed.name}: {pair.reasons}; look at the questionnaire, or give its file with --instrument"
        yield Change("not worded", pair.question.id, text)


class _Options:
    """The options of a closed question in the new export, held against the question's."""

    def __init__(self, pair: Pair, missing: tuple[str, ...]) -> None:
        self.pair, self.posed, self.question = pair, pair.posed, pair.question
        self.matcher = reader(pair.question, pair.before, pair.posed, missing)
        self.known, self.unknown = readable_options(pair, missing)
        self.labels = {each.written: each.label for each in pair.posed.options}
        self.meant = {text: self._category(text) for text in self.known}
        self.spelled = self._spelled()

    def place(self) -> dict[str, Value]:
        """Where the answers stand, and how they are read."""
        if self.posed.spread:
            place: dict[str, Value] = {
                "columns": {c: each.column for each in self.posed.options if (c := self._of(each.label, each.column))}
            }
        else:
            place = {"column": self.posed.columns[0]}
        if self.question.type == "multi" and not self.posed.spread:
            place["separator"] = self.posed.separator or self.question.waves[self.pair.before].separator or ","
        if values := self._values():
            place["values"] = values
        if offered := self._offered():
            place["offered"] = offered
        return place

    def changes(self) -> Iterator[Change]:
        """New options, missing ones, codes of another meaning, another order."""
        key = self.question.id
        new = [text for text in self.unknown if text not in self.spelled and not self._own_column(text)]
        if new:
            yield Change("options", key, "new: " + ", ".join(self._counted(text) for text in new))
        if self.spelled:
            told = ", ".join(f'"{text}" for "{self.question.category(c).label}"' for text, c in self.spelled.items())
            yield Change("options", key, f"worded otherwise: {told}")
        if gone := self._gone():
            labels = ", ".join(f'"{self.question.category(each).label}"' for each in gone)
            seen = (
                "not offered any more"
                if self.posed.told
                else f"in none of the {self.posed.filled} answers, perhaps not offered"
            )
            if self.posed.told or self.posed.filled >= _ENOUGH:
                yield Change("options", key, f"{seen}: {labels}")
        yield from (Change("code", key, text) for text in self._recoded())
        if order := self._order():
            yield Change("order of options", key, order)

    def _category(self, text: str) -> str | None:
        found = self.matcher.match(self.labels.get(text, text)).category
        return found or self.matcher.match(text).category

    def _of(self, label: str, column: str) -> str | None:
        """The category of a column of its own: by its label, else by the name that an earlier wave's column had."""
        return self.matcher.match(label).category or self.spelled.get(label) or self._own_column(label, column)

    def _own_column(self, label: str, column: str = "") -> str | None:
        mine = column or next((each.column for each in self.posed.options if each.label == label), "")
        earlier = self.question.waves[self.pair.before].columns
        bare = bool(mine) and plain(label) in plain(mine) and self.pair.wording is None
        return next((category for category, name in earlier.items() if bare and name == mine), None)

    def _spelled(self) -> dict[str, str]:
        """Unknown options that come near a known one which nobody gave: the same, in other words."""
        given = set(self.meant.values())
        free = {plain(each.label): each.id for each in self.question.categories if each.id not in given}
        found = {}
        for text in self.unknown:
            close = get_close_matches(plain(self.labels.get(text, text)), list(free), n=1, cutoff=_SPELLED)
            if close:
                found[text] = free.pop(close[0])
        return found

    def _values(self) -> dict[str, Value]:
        """The texts and codes of this export that labels, values and ids of the categories do not explain."""
        if self.posed.spread:
            return dict(self.spelled) if self.posed.profiles[0].said == [] else {}
        bare = {plain(t) for each in self.question.categories for t in (each.id, each.label, *each.values)}
        earlier = self.question.waves[self.pair.before].values
        coded = {code: meaning for code, meaning in earlier.items() if code not in self.labels or not self.posed.told}
        used = coded if any(code in self.known for code in coded) else {}
        labelled = {text: c for text, c in self.meant.items() if c and plain(text) not in bare}
        return {**used, **labelled, **self.spelled}

    def _offered(self) -> list[Value]:
        every = [each.id for each in self.question.categories]
        if self.posed.spread:
            given = {c for each in self.posed.options if (c := self._of(each.label, each.column))}
        else:
            given = {c for c in (*self.meant.values(), *self.spelled.values()) if c}
        if self.posed.told:
            here = [each for each in every if each in given]
        else:
            earlier = self.question.waves[self.pair.before].offered or tuple(every)
            here = [each for each in every if each in given or each in earlier]
        return [] if here == every else list(here)

    def _gone(self) -> list[str]:
        offered = {each.id for each in self.question.offered_in(self.pair.before)}
        given = {*self.meant.values(), *self.spelled.values()}
        if self.posed.spread:
            given |= {self._of(each.label, each.column) for each in self.posed.options}
        return [each.id for each in self.question.categories if each.id in offered - given and not each.missing]

    def _recoded(self) -> Iterator[str]:
        """Codes that an earlier wave's values or this file's labels give another meaning."""
        earlier = self.question.waves[self.pair.before].values
        for code, label in self.labels.items():
            now = self.matcher.match(label).category if self.posed.told and code != label else None
            if now and earlier.get(code, now) != now:
                was = self.question.category(earlier[code]).label
                yield f'{code} meant "{was}" in {self.pair.before}, and is now "{label}"'

    def _order(self) -> str:
        """The order now, where the file tells it and it is not that of the instrument."""
        if not self.posed.told:
            return ""
        here = [c for each in self.posed.options if (c := self._of(each.label, each.column))]
        before = [each for each in self._before() if each in here]
        here = [each for each in here if each in before]
        if here == before:
            return ""
        shown = [[self.question.category(each).label for each in order] for order in (before, here)]
        return " | ".join(shown[0]) + "  ->  " + " | ".join(shown[1])

    def _before(self) -> list[str]:
        columns = self.question.waves[self.pair.before].columns
        return list(columns) if columns and self.posed.spread else [each.id for each in self.question.categories]

    def _counted(self, text: str) -> str:
        label = self.labels.get(text, text)
        code = f" ({text})" if label != text else ""
        return f'"{shortened(label)}"{code}, {self.unknown[text]} answers'


_ENOUGH = 30
