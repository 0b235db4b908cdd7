"""The options of a closed question in a new export, held against those that the question knows."""

from collections.abc import Iterable, Iterator
from functools import cached_property

from recount.clean.match import plain
from recount.fieldwork.begun import category
from recount.fieldwork.changes import Change
from recount.fieldwork.crosswalk import readable_options, reader
from recount.fieldwork.given import Given, fresh, nearest_spelling
from recount.fieldwork.lines import Value
from recount.fieldwork.pair import Pair
from recount.fieldwork.past import Answered

# Of fewer answers nobody can say that an option which none of them gives was not offered.
_ENOUGH = 30
# An option that so many would have given, had nothing changed, and that nobody gave, was not offered.
_EXPECTED = 5
_TOLD = 12


class Options:
    """What became of a question's options: read as before, in other words, new, not offered any more."""

    def __init__(self, pair: Pair, missing: tuple[str, ...], past: Answered | None = None) -> None:
        self.pair, self.posed, self.question = pair, pair.posed, pair.question
        self.past = past
        self.matcher = reader(pair.question, pair.before, pair.posed, missing)
        self.read = readable_options(pair, missing)
        self.given = Given(pair, self.read, past)
        self.meant = {text: self._category(text) for text in self.read.known}
        self.earlier = pair.question.waves[pair.before]

    def place(self) -> dict[str, Value]:
        """Where the answers stand, and how they are read."""
        if self.posed.spread:
            place: dict[str, Value] = {
                "columns": {c: each.column for each in self.posed.options if (c := self._of(each.label, each.column))}
            }
        else:
            place = {"column": self.posed.columns[0]}
        if self.question.type == "multi" and not self.posed.spread:
            place["separator"] = self.posed.separator or self.earlier.separator or ","
        if values := self._values():
            place["values"] = values
        if offered := self._offered():
            place["offered"] = offered
        return place

    def drafted(self) -> Iterator[tuple[dict[str, Value], str]]:
        """The categories that are missing in the question, each with what speaks for it."""
        several = self.question.type == "multi"
        for name, texts in self.fresh.items():
            label = self.given.label(texts[0])
            about = category(name, label, several=several)
            if len(texts) > 1:
                about["values"] = texts[1:]
            yield about, self.given.number(texts[0]) if self.given.count(texts[0]) else "in the questionnaire"

    def changes(self) -> Iterator[Change]:
        """New options, missing ones, codes of another meaning, another order."""
        key = self.question.id
        if self.pair.unexplained:
            told = _some(self.given.told(text) for text in self.read.unknown)
            yield Change(
                "options", key, f"codes that nothing explains: {told}; give the questionnaire's file, or values"
            )
            return
        if new := [*(texts[0] for texts in self.fresh.values()), *self._undrafted()]:
            yield Change("options", key, "new: " + _some(self.given.told(text) for text in new))
        if back := self._offered_again():
            yield Change("options", key, "offered again: " + ", ".join(f'"{self._label(each)}"' for each in back))
        if self.spelled:
            told = ", ".join(f'"{text}" for "{self._label(c)}"' for text, c in self.spelled.items())
            yield Change("options", key, f"worded otherwise: {told}")
        for seen, some in self._seen(self._gone()):
            yield Change("options", key, f"{seen}: " + _some(f'"{self._label(each)}"' for each in some))
        yield from (Change("code", key, text) for text in self._recoded())
        if order := self._order():
            yield Change("order of options", key, order)

    @cached_property
    def spelled(self) -> dict[str, str]:
        """Unknown options that come near a known one which nobody gave: the same, in other words."""
        if self.pair.unexplained:
            return {}
        given = set(self.meant.values())
        free = {plain(each.label): each.id for each in self.question.categories if each.id not in given}
        found = {}
        for text in self.read.unknown:
            if close := nearest_spelling(self.given.label(text), free):
                found[text] = free.pop(close)
        return found

    @cached_property
    def fresh(self) -> dict[str, list[str]]:
        """The categories to draft, by id: the texts that mean each."""
        known = [text for text in self.read.unknown if text not in self.spelled and not self._own_column(text)]
        return fresh(self.given, self.given.candidates(known))

    @property
    def often(self) -> list[str]:
        """What was written in often and is not drafted."""
        return self.given.often(text for texts in self.fresh.values() for text in texts)

    @cached_property
    def vanished(self) -> set[str]:
        """Options that many gave before and nobody gives now; the file does not say whether they were offered."""
        if (
            self.pair.unexplained
            or self.posed.told
            or self.posed.filled < _ENOUGH
            or self.past is None
            or not self.past.filled
        ):
            return set()
        before: dict[str, int] = {}
        for text, count in self.past.counts.items():
            match = self.matcher.match(text)
            if match.category and match.rule != "write-in":
                before[match.category] = before.get(match.category, 0) + count
        return {name for name in self._unused() if self.given.expected(before.get(name, 0)) >= _EXPECTED}

    def _undrafted(self) -> list[str]:
        drafted = {text for texts in self.fresh.values() for text in texts}
        return [
            text
            for text in self.read.unknown
            if text not in drafted and text not in self.spelled and not self._own_column(text)
        ]

    def _label(self, name: str) -> str:
        return self.question.category(name).label

    def _category(self, text: str) -> str | None:
        for said in (self.given.label(text), text):
            match = self.matcher.match(said)
            if match.category and match.rule != "write-in":
                return match.category
        return None

    def _of(self, label: str, column: str) -> str | None:
        """The category of a column of its own: by its label, else by the name that an earlier wave's column had."""
        drafted = next((name for name, texts in self.fresh.items() if label in texts), None)
        return self._known(label) or self.spelled.get(label) or self._own_column(label, column) or drafted

    def _known(self, label: str) -> str | None:
        match = self.matcher.match(label)
        return match.category if match.rule != "write-in" else None

    def _own_column(self, label: str, column: str = "") -> str | None:
        mine = column or next((each.column for each in self.posed.options if each.label == label), "")
        bare = bool(mine) and plain(label) in plain(mine) and self.pair.wording is None
        return next((category for category, name in self.earlier.columns.items() if bare and name == mine), None)

    def _values(self) -> dict[str, Value]:
        """The texts and codes of this export that labels, values and ids of the categories do not explain."""
        if self.posed.spread:
            return dict(self.spelled) if self.posed.profiles[0].said == [] else {}
        bare = {plain(t) for each in self.question.categories for t in (each.id, each.label, *each.values)}
        earlier = self.earlier.values
        coded = {
            code: meaning for code, meaning in earlier.items() if code not in self.given.labels or not self.posed.told
        }
        used = coded if any(code in self.read.known for code in coded) else {}
        labelled = {text: c for text, c in self.meant.items() if c and plain(text) not in bare}
        fresh = {texts[0]: name for name, texts in self.fresh.items() if self.given.label(texts[0]) != texts[0]}
        return {**used, **labelled, **self.spelled, **fresh}

    def _offered(self) -> list[Value]:
        every = [*(each.id for each in self.question.categories), *self.fresh]
        given = {*self._given(), *self.fresh}
        if self.posed.told:
            here = [each for each in every if each in given or each in self._always()]
        else:
            earlier = self.earlier.offered or tuple(every)
            here = [each for each in every if (each in given or each in earlier) and each not in self.vanished]
        return [] if here == every else list(here)

    def _always(self) -> set[str]:
        """A field of one's own stands among the options without being one of the file's."""
        earlier = {each.id for each in self.question.offered_in(self.pair.before)}
        return {each.id for each in self.question.categories if each.write_in and each.id in earlier}

    def _given(self) -> set[str]:
        if self.posed.spread:
            return {c for each in self.posed.options if (c := self._of(each.label, each.column))}
        return {c for c in (*self.meant.values(), *self.spelled.values()) if c}

    def _offered_again(self) -> list[str]:
        before = {each.id for each in self.question.offered_in(self.pair.before)}
        return [each.id for each in self.question.categories if each.id in self._given() - before]

    def _unused(self) -> set[str]:
        before = {each.id for each in self.question.offered_in(self.pair.before)}
        return before - self._given() - self._always()

    def _gone(self) -> list[str]:
        unused = self._unused()
        return [each.id for each in self.question.categories if each.id in unused and not each.missing]

    def _seen(self, gone: list[str]) -> Iterator[tuple[str, list[str]]]:
        """Say how sure it is that options are gone, and which."""
        none = f"in none of the {self.posed.filled} answers"
        if self.posed.told and gone:
            yield "not offered any more", gone
        elif self.posed.filled >= _ENOUGH:
            sure = [each for each in gone if each in self.vanished]
            rest = [each for each in gone if each not in self.vanished]
            if sure:
                yield f"{none}, though many gave them before; taken as not offered", sure
            if rest and self.past is None:
                yield f"{none}, perhaps not offered", rest

    def _recoded(self) -> Iterator[str]:
        """Codes that an earlier wave's values or this file's labels give another meaning."""
        earlier = self.earlier.values
        for code, label in self.given.labels.items():
            now = self.matcher.match(label).category if self.posed.told and code != label else None
            if now and earlier.get(code, now) != now:
                yield f'{code} meant "{self._label(earlier[code])}" in {self.pair.before}, and is now "{label}"'

    def _order(self) -> str:
        """The order now, where the file tells it and it is not that of the instrument."""
        if not self.posed.told:
            return ""
        here = [c for each in self.posed.options if (c := self._of(each.label, each.column))]
        before = [each for each in self._before() if each in here]
        here = [each for each in here if each in before]
        if here == before:
            return ""
        return "  ->  ".join(" | ".join(self._label(each) for each in order) for order in (before, here))

    def _before(self) -> list[str]:
        columns = self.earlier.columns
        return list(columns) if columns and self.posed.spread else [each.id for each in self.question.categories]


def _some(texts: Iterable[str]) -> str:
    every = list(texts)
    more = f" and {len(every) - _TOLD} more" if len(every) > _TOLD else ""
    return ", ".join(every[:_TOLD]) + more
