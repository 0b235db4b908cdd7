"""What became of one number: what stood there and what stands there now, why, and what forbids to compare the two."""

from collections.abc import Iterator
from dataclasses import dataclass

from recount.audit.changes.causes import Parts, Replacing, parts_of
from recount.audit.changes.side import Side
from recount.study.breaks import break_between
from recount.study.instrument import Question
from recount.write.number import Estimate, Number, described

NOTHING = "…"


@dataclass(frozen=True)
class Change:
    """One number on both sides, as texts and as values; `…` and None where a side does not have it."""

    before: str
    now: str
    formula: str
    unit: str
    parts: Parts
    breaks: tuple[str, ...] = ()
    ends: tuple[float | None, float | None] = (None, None)

    @property
    def changed(self) -> bool:
        """Whether a reader sees another text."""
        return self.before != self.now

    @property
    def moved(self) -> float:
        """How far the value went, up or down; 0 where a side has none."""
        before, now = self.ends
        return 0.0 if before is None or now is None else now - before


class Comparing:
    """Both sides and how one is replaced by the other; a number that is printed often is taken apart once."""

    def __init__(self, before: Side, now: Side, replacing: Replacing) -> None:
        """Take the two sides."""
        self.before, self.now = before, now
        self.replacing = replacing
        self._known: dict[tuple[str, str], tuple[Parts, tuple[str, ...]]] = {}

    def change(self, before: tuple[str, Number], now: tuple[str, Number]) -> Change:
        """Hold a number against what it was; each is given with the text that is printed for it."""
        (text, was), (new_text, new) = before, now
        key = (described(was), described(new))
        if key not in self._known:
            parts = Parts() if _same(was, new) else parts_of(was, new, self.replacing)
            self._known[key] = (parts, tuple(dict.fromkeys(self._breaks(was, new))))
        parts, breaks = self._known[key]
        return Change(text, new_text, _formula(new), new.unit, parts, breaks, (was.value, new.value))

    def came(self, text: str, number: Number, why: str) -> Change:
        """Tell of a number that only stands here now."""
        return Change(NOTHING, text, _formula(number), number.unit, Parts(why_not=why), ends=(None, number.value))

    def gone(self, text: str, number: Number, why: str) -> Change:
        """Tell of a number that only stood here before."""
        return Change(text, NOTHING, _formula(number), number.unit, Parts(why_not=why), ends=(number.value, None))

    def _breaks(self, before: Number, now: Number) -> Iterator[str]:
        """Why the answers of both sides cannot be compared, question by question."""
        for one, other in zip(before.estimates(), now.estimates(), strict=False):
            if one.question == other.question and (why := self._break(one, other)):
                yield why

    def _break(self, one: Estimate, other: Estimate) -> str:
        question = self.now.study.instrument.by_id.get(other.question)
        earlier = self.before.study.instrument.by_id.get(one.question)
        if question is None or earlier is None:
            return ""
        if one.wave != other.wave and (why := break_between(question, one.wave, other.wave, other.category)):
            return f"{question.label}: {why}"
        return _reworded(question, earlier, one.wave, other.wave)


def _reworded(question: Question, earlier: Question, before: str, now: str) -> str:
    """Tell of another wording, whoever vouches for it: no arithmetic can say what the words did."""
    words = (earlier.text_in(before), question.text_in(now))
    return f"{question.label}: worded otherwise: “{words[0]}” before, “{words[1]}” now" if words[0] != words[1] else ""


def _same(before: Number, now: Number) -> bool:
    return before.value == now.value and described(before) == described(now)


def _formula(number: Number) -> str:
    return " ".join(leaf.key for leaf in number.estimates())
