"""How alike two wordings are: word by word, rare words more than common ones, a matrix' items apart from its stem."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import log

from recount.clean.wording import words

# A beginning that several questions share is the stem of a matrix; shorter ones are just how questions begin.
_STEM = 5


@dataclass(frozen=True)
class Likeness:
    """Compares wordings, knowing all of both waves: how common each word is, and which beginnings are stems."""

    common: Counter[str]
    stems: tuple[tuple[str, ...], ...]
    wordings: int

    def between(self, one: str, other: str) -> float:
        """Say how alike two wordings are, from 0 to 1; 1 where they differ in punctuation and case at most.

        Words are weighted by how rare they are (inverse document frequency: Sparck Jones 1972) and compared by
        Dice's coefficient. Of two items of matrices, the stems and the items must both be alike.
        """
        left, right = tuple(words(one).split()), tuple(words(other).split())
        if left == right:
            return 1.0 if left else 0.0
        stem_left, stem_right = self._stem(left), self._stem(right)
        if not (stem_left and stem_right):
            return self._dice(left, right)
        items = self._dice(left[len(stem_left) :], right[len(stem_right) :])
        return min(items, self._dice(stem_left, stem_right))

    def _dice(self, left: tuple[str, ...], right: tuple[str, ...]) -> float:
        one, other = Counter(left), Counter(right)
        shared = sum(self._weight(word) * count for word, count in (one & other).items())
        total = sum(self._weight(word) * count for word, count in (one + other).items())
        return 2 * shared / total if total else 0.0

    def _weight(self, word: str) -> float:
        return log(1 + self.wordings / (1 + self.common[word]))

    def _stem(self, wording: tuple[str, ...]) -> tuple[str, ...]:
        fitting = [stem for stem in self.stems if wording[: len(stem)] == stem and len(wording) > len(stem)]
        return max(fitting, key=len, default=())


def likeness(*waves: Iterable[str]) -> Likeness:
    """Learn words and stems from the wordings of several waves."""
    told = [sorted({tuple(words(wording).split()) for wording in wave} - {()}) for wave in waves]
    common = Counter(word for wave in told for wording in wave for word in set(wording))
    stems = {stem for wave in told for stem in _stems(wave)}
    return Likeness(common, tuple(sorted(stems)), sum(map(len, told)))


def word_by_word(before: str, after: str) -> str:
    """Show a rewording: `Do [staff -> you] receive [formal ->] training?`; a word that gains a comma is the same."""
    old, new = before.split(), after.split()
    same = SequenceMatcher(None, [words(word) for word in old], [words(word) for word in new], autojunk=False)
    shown: list[str] = []
    for kind, from_old, to_old, from_new, to_new in same.get_opcodes():
        if kind == "equal":
            shown += new[from_new:to_new]
        else:
            gone, come = " ".join(old[from_old:to_old]), " ".join(new[from_new:to_new])
            shown.append(f"[{gone} -> {come}]".replace("[ ", "[").replace(" ]", "]"))
    return " ".join(shown)


def _stems(wordings: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """The beginnings that neighbours in the alphabet share."""
    found = set()
    for one, other in pairwise(wordings):
        shortest = min(len(one), len(other))
        length = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shortest)
        if _STEM <= length < shortest:
            found.add(one[:length])
    return found
