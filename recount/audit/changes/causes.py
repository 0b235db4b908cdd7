"""Why a number changed: one thing after the other is replaced, so that the parts add up to the whole, exactly."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isclose

from recount.audit.changes.counted import ONE, Adds, Counted
from recount.audit.changes.counted import counted as counted_of
from recount.audit.changes.counted import size as size_of
from recount.audit.tables import WaveTables
from recount.write.arithmetic import OPERATIONS
from recount.write.number import Constant, Declared, Estimate, Number, Operation

WEIGHTS = "weights"
NOT_APART = "not a function of single respondents' answers"
LEFT, BASE, ANSWERS, CODED, CODING, CAME, OTHERS = (
    "respondents who left",
    "base",
    "changed answers of returning respondents",
    "answers of returning respondents, as they were coded",
    "other codes for the same words",
    "new respondents",
    "other respondents: nobody of the base returned",
)
# What is replaced after what, between two waves. Those who left go first, so that what the returning changed is seen
# among the returning alone; those who came last, for they changed nothing.
OF_WAVES = (LEFT, BASE, ANSWERS, CODED, CODING, CAME)

Pair = tuple[WaveTables, WaveTables]
Label = Callable[[Pair, Estimate, str, bool, bool], str]
Stages = list[Fraction]


@dataclass(frozen=True)
class Parts:
    """The parts of a change, in the order in which they were replaced; or why there are none."""

    parts: tuple[tuple[str, Fraction], ...] = ()
    why_not: str = ""

    @property
    def whole(self) -> Fraction:
        """What the parts add up to."""
        return sum((part for _, part in self.parts), Fraction(0))


@dataclass(frozen=True)
class Replacing:
    """How the respondents of one side are replaced by those of the other.

    `label` says to which step of `order` a respondent belongs: from the tables of both sides, the estimate, the
    respondent, and whether they are in the base on the one and on the other side. `pairs` gives the tables of two
    waves, of which the first is the earlier side's.
    """

    order: tuple[str, ...]
    label: Label
    pairs: Mapping[tuple[str, str], Pair]
    others: str = OTHERS

    @property
    def steps(self) -> tuple[str, ...]:
        """All steps in order; weights are taken off first and put on last."""
        return (WEIGHTS, *self.order, WEIGHTS)


def parts_of(before: Number, now: Number, replacing: Replacing) -> Parts:
    """Take the change of a number apart; both are the same expression, of the one side and of the other."""
    if before.value is None or now.value is None:
        hidden = [f"{when}: {each.hidden}" for when, each in (("before", before), ("now", now)) if each.hidden]
        return Parts(why_not=f"hidden {' and '.join(hidden)}" if hidden else "one of the two has no value")
    try:
        stages = _stages(before, now, replacing)
    except _Apart as error:
        return Parts(why_not=str(error))
    ends = (float(stages[0]), float(stages[-1]))
    if not all(
        isclose(got, exp, rel_tol=1e-9, abs_tol=1e-9) for got, exp in zip(ends, _values(before, now), strict=True)
    ):
        return Parts(why_not="it rests on more than respondents' answers")
    steps = [(step, after - earlier) for step, earlier, after in zip(replacing.steps, stages, stages[1:], strict=False)]
    return Parts(tuple((step, part) for step, part in _merged(steps) if part))


class _Apart(Exception):  # noqa: N818 - it says that two expressions are not one
    """The two numbers cannot be held against each other step by step."""


def _values(before: Number, now: Number) -> tuple[float, float]:
    return before.value or 0.0, now.value or 0.0


def _merged(steps: Sequence[tuple[str, Fraction]]) -> Iterator[tuple[str, Fraction]]:
    """Steps of one name are one part, at the place of the first."""
    for name in dict.fromkeys(name for name, _ in steps):
        yield name, sum((part for each, part in steps if each == name), Fraction(0))


def _stages(before: Number, now: Number, replacing: Replacing) -> Stages:
    """The value after each step, the first before any."""
    one, other = before.trace, now.trace
    count = len(replacing.steps) + 1
    if isinstance(other, Constant | Declared) and isinstance(one, type(other)):
        first, last = (Fraction(each) for each in _values(before, now))
        if first != last:
            raise _Apart("the study declares another number now")
        return [last] * count
    if isinstance(one, Estimate) and isinstance(other, Estimate):
        return _of_estimate(one, other, replacing, counted_of)
    if not (isinstance(one, Operation) and isinstance(other, Operation) and one.name == other.name):
        raise _Apart("it is another expression now")
    if other.name == "ranked":
        return _stages(one.of[1], other.of[1], replacing)
    if other.name == "base of":
        pair = (one.of[0].row, other.of[0].row)
        if pair[0] is None or pair[1] is None:
            raise _Apart("it is the base of several estimates")
        return _of_estimate(pair[0], pair[1], replacing, size_of)
    if other.name not in OPERATIONS or other.name.startswith("round") or len(one.of) != len(other.of):
        raise _Apart(f"it is made by {other.name}")
    inner = [_stages(first, second, replacing) for first, second in zip(one.of, other.of, strict=True)]
    try:
        return [Fraction(OPERATIONS[other.name](list(each))) for each in zip(*inner, strict=True)]
    except ZeroDivisionError:
        raise _Apart("a step of it would divide by zero") from None


def _of_estimate(
    one: Estimate, other: Estimate, replacing: Replacing, take: Callable[[Estimate, WaveTables], Counted | None]
) -> Stages:
    if (one.question, one.statistic) != (other.question, other.statistic):
        raise _Apart("it is of another question now")
    if one.category != other.category:
        raise _Apart(f"another answer stands in this place: {one.category} before, {other.category} now")
    tables = replacing.pairs.get((one.wave, other.wave))
    if tables is None:
        raise _Apart("it is of a wave that is not compared")
    pair = (take(one, tables[0]), take(other, tables[1]))
    if pair[0] is None or pair[1] is None:
        kind = other.statistic.replace("_", " ")
        of_fieldwork = other.question in ("", "-")
        raise _Apart("it is of the fieldwork, not of answers" if of_fieldwork else f"{kind}: {NOT_APART}")
    was, new = pair[0].adds, pair[1].adds
    labels = {name: replacing.label(tables, other, name, name in was, name in new) for name in _moved(was, new)}
    return _replaced(pair[0], pair[1], labels, replacing)


def _moved(was: Adds, new: Adds) -> list[str]:
    """Who adds another value than before, or none: to replace the others by themselves takes time and moves nothing."""
    changed = [name for name, (value, _) in was.items() if name not in new or new[name][0] != value]
    return [*changed, *(name for name in new if name not in was)]


def _replaced(before: Counted, now: Counted, labels: Mapping[str, str], replacing: Replacing) -> Stages:
    values = [before.of(list(before.adds.values()))]
    plain = {name: (value, ONE) for name, (value, _) in before.adds.items()}
    values.append(before.of(list(plain.values())))
    of_step: dict[str, list[str]] = {}
    for name, step in labels.items():
        of_step.setdefault(step, []).append(name)
    for step in replacing.order:
        for name in of_step.get(step, ()):
            plain.pop(name, None)
            if name in now.adds:
                plain[name] = (now.adds[name][0], ONE)
        # Sums of fractions take their time, and most steps move nobody.
        values.append(now.of(list(plain.values())) if step in of_step else values[-1])
    values.append(now.of(list(now.adds.values())))
    return _filled(values, replacing)


def _filled(values: list[Fraction | None], replacing: Replacing) -> Stages:
    """Where a step leaves nobody, there is nothing between both ends but other respondents."""
    first, last = values[0], values[-1]
    if first is None or last is None:
        raise _Apart("nobody is in its base on one side")
    if any(each is None for each in values):
        raise _Apart(replacing.others)
    return [each for each in values if each is not None]
