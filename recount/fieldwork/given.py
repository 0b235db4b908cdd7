"""How often each option of a question was given, now and in the wave before, and which of them are new."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from recount.clean.match import plain
from recount.errors import shortened
from recount.fieldwork.crosswalk import Read
from recount.fieldwork.named import category_id
from recount.fieldwork.pair import Pair
from recount.fieldwork.past import Answered

# A text that no option explains, and that so many gave, is drafted as one; of what was written in more must agree.
_OFTEN = 3
_WRITTEN_OFTEN = 5
# Written in this many times as often as before, it is new.
_MORE = 2
_SPELLED = 0.8
_NEGATED = re.compile(r"\b(?:dis|un|in|im|non|not |no )", re.IGNORECASE)


@dataclass(frozen=True)
class Given:
    """The options of a pair with their numbers."""

    pair: Pair
    read: Read
    past: Answered | None

    @cached_property
    def labels(self) -> dict[str, str]:
        """The label of each option by how cells write it."""
        return {each.written: each.label for each in self.pair.posed.options}

    def label(self, text: str) -> str:
        """The label of a text; the text itself where the file gives it none."""
        return self.labels.get(text, text)

    def count(self, text: str) -> int:
        """How many gave it; of what was written in, in whatever spelling."""
        if text in self.read.unknown:
            return self.read.unknown[text]
        return sum(count for said, count in self.read.written.items() if plain(said) == plain(text))

    def number(self, text: str) -> str:
        """How many gave it, in words."""
        count = self.count(text)
        return f"written in by {count}" if text in self.read.written else f"{count} answers"

    def told(self, text: str) -> str:
        """An option with its code and its number, for people."""
        code = f" ({text})" if self.label(text) != text else ""
        return f'"{shortened(self.label(text))}"{code}, {self.number(text)}'

    def expected(self, count: int) -> float:
        """How many would give an answer now, were their share that of the wave before."""
        return count / self.past.filled * self.pair.posed.filled if self.past and self.past.filled else 0.0

    def candidates(self, unknown: Iterable[str]) -> list[str]:
        """The texts that may be new options: unknown ones that the file names or many gave, and what many wrote in."""
        spellings: dict[str, str] = {}
        for text in self.read.written:  # the most frequent spelling comes first
            spellings.setdefault(plain(text), text)
        found = [
            *(text for text in unknown if self._is_option(text)),
            *(text for text in spellings.values() if self._is_new(text)),
        ]
        return sorted(found, key=lambda text: (self._place(text), -self.count(text), text))

    def often(self, drafted: Iterable[str]) -> list[str]:
        """What was written in often and is not drafted: it counts as the option for one's own words."""
        out = {plain(text) for text in drafted}
        first = {plain(text): text for text in reversed(list(self.read.written)) if plain(text) not in out}
        counts = {text: count for text in first.values() if (count := self.count(text)) >= _OFTEN}
        return [
            f'"{shortened(text)}" {counts[text]}' for text in sorted(counts, key=lambda each: (-counts[each], each))
        ]

    def _is_option(self, text: str) -> bool:
        """Whether the file names it, or so many gave it that it must have been offered."""
        posed = self.pair.posed
        named = any(each.written == text and not each.seen for each in posed.options)
        return named or posed.spread or self.count(text) >= _OFTEN

    def _is_new(self, text: str) -> bool:
        """Whether a text was written in so often, and so much more often than before, that it may be an option."""
        counts = self.past.counts if self.past else {}
        before = sum(count for said, count in counts.items() if plain(said) == plain(text))
        return self.count(text) >= _WRITTEN_OFTEN and self.count(text) > _MORE * self.expected(before)

    def _place(self, text: str) -> int:
        """Where the file names an option; where it names none, all are alike."""
        order = [each.written for each in self.pair.posed.options] if self.pair.posed.told else []
        return order.index(text) if text in order else len(order)


def fresh(given: Given, candidates: Iterable[str]) -> dict[str, list[str]]:
    """The categories to draft, by id: the texts that mean each, the most frequent first."""
    question = given.pair.question
    if given.pair.unexplained or question.scale or any(each.score is not None for each in question.categories):
        return {}  # a step more or less makes another scale: a person decides
    taken = {each.id for each in question.categories}
    found: dict[str, list[str]] = {}
    forms: dict[str, str] = {}
    for text in candidates:
        if close := nearest_spelling(given.label(text), forms) if text in given.read.written else None:
            found[forms[close]].append(text)
            continue
        name = category_id(given.label(text), taken)
        taken.add(name)
        forms[plain(given.label(text))] = name
        found[name] = [text]
    return found


def nearest_spelling(label: str, known: Iterable[str]) -> str | None:
    """The known text that differs by a slip: the same numbers in it, and no "not" more or less."""
    form = plain(label)
    digits, negated = re.findall(r"\d+", form), len(_NEGATED.findall(form))
    alike = [each for each in known if re.findall(r"\d+", each) == digits and len(_NEGATED.findall(each)) == negated]
    return next(iter(get_close_matches(form, alike, n=1, cutoff=_SPELLED)), None)
