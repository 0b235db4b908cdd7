"""The sums that hold among the respondents whom the estimates of one question count, and what follows from them."""

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from recount.estimate.answers import NO_ANSWER
from recount.estimate.scores import scores_of
from recount.study.instrument import Question

Panels = Mapping[str, Iterable[str]]

# Of those whom no level of a group counts; no id can be so.
NO_LEVEL = ""
ONE = Fraction(1)
NAMED = ("asked", "answered", "nonresponse", "mean", "sd", "net", "chosen_mean")


class Cell(NamedTuple):
    """What an estimate counts: respondents, or what adds up over them (for `sd` squares); overall, or in a level.

    `what` is a statistic, `count` also for shares, or a base that no statistic counts: `coded`, `respondents`.
    """

    what: str
    category: str = ""
    group: str = ""
    level: str = ""


Sum = dict[Cell, Fraction]  # is zero


def counted(statistic: str, category: str, group: str = "", level: str = "") -> Cell | None:
    """Name what the value of an estimate counts; None for a median and the like, which do not add up."""
    if statistic in ("count", "share", "share_asked") and category != NO_ANSWER:
        return Cell("count", category, group, level)
    if statistic == "mention_share":
        return Cell("count", category, group, level)
    if statistic == "mentions":
        return Cell("chosen_mean", "", group, level)
    if statistic in NAMED:
        return Cell(statistic, "", group, level)
    return Cell("nonresponse", "", group, level) if category == NO_ANSWER else None


def based_on(question: Question, statistic: str, group: str = "", level: str = "") -> Cell:
    """Name the base of an estimate."""
    if statistic == "asked":
        return Cell("respondents", "", group, level)
    if statistic in ("mentions", "mention_share"):
        return Cell("chosen_mean", "", group, level)
    if statistic in ("answered", "nonresponse", "share_asked"):
        return Cell("asked", "", group, level)
    base = question.base if statistic in ("count", "share", "net", "combination") else "answered"
    coded = question.coded and base == "answered" and statistic in ("count", "share", "chosen_mean")
    return Cell("coded" if coded else base, "", group, level)


def sums(question: Question, wave: str, cells: Collection[Cell], panels: Panels) -> Iterator[Sum]:
    """Give all sums that are zero: of the answers within a panel, and of the levels of a group.

    Args:
        question: whose estimates they are. Only what its own estimates say of each other is given.
        wave: the name of the wave, which says whether everyone was asked.
        cells: all that is counted of it, overall; a category that is not among them was given by nobody.
        panels: by group, its levels, `NO_LEVEL` for those of none.
    """
    counted_at_all = {cell.category for cell in cells if cell.what == "count"}
    within = [*_of_answers(question, counted_at_all), *_of_scores(question, counted_at_all)]
    if not question.universe_in(wave):
        within.append({Cell("asked"): ONE, Cell("respondents"): -ONE})
    yield from within
    for group, levels in panels.items():
        for level in levels:
            yield from ({cell._replace(group=group, level=level): of for cell, of in each.items()} for each in within)
        for cell in cells:
            yield {cell: ONE} | {cell._replace(group=group, level=each): -ONE for each in levels}


def derived(equations: Iterable[Sum], known: Mapping[Cell, object]) -> dict[Cell, Sum]:
    """Solve for all that the known cells determine: each such cell as a sum of known ones.

    By elimination in fractions (Gauss and Jordan), where a cell that is not known is a pivot, and each known one stays
    a symbol: nothing depends on what the numbers are.
    """
    solved: dict[Cell, Sum] = {}
    for equation in equations:
        row = dict(equation)
        for pivot in [cell for cell in row if cell in solved]:
            _subtract(row, solved[pivot], row[pivot])
        new = next((cell for cell in row if cell not in known), None)
        if new is not None:
            row = {cell: of / row[new] for cell, of in row.items()}
            for other in solved.values():
                if new in other:
                    _subtract(other, row, other[new])
            solved[new] = row
    found = {pivot: {cell: -of for cell, of in row.items() if cell != pivot} for pivot, row in solved.items()}
    return {pivot: row for pivot, row in found.items() if all(cell in known for cell in row)}


def _subtract(row: Sum, other: Sum, times: Fraction) -> None:
    for cell, of in other.items():
        left = row.get(cell, Fraction(0)) - times * of
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)


def _of_answers(question: Question, names: Container[str]) -> Iterator[Sum]:
    """Categories add up to those who answered where one can be given; with those of no answer, to those asked."""
    one = question.type in ("single", "scale")
    valid, missing = (
        [each.id for each in question.categories if each.missing is out and each.id in names] for out in (False, True)
    )
    if one:
        yield _sum("answered", valid)
    if one or not missing:
        yield _sum("asked", missing) | {Cell("answered"): -ONE, Cell("nonresponse"): -ONE}
    if one:
        inside = valid if question.base == "answered" else [*valid, *missing]
        for name, members in question.nets.items():
            if name in names:
                yield {Cell("count", name): ONE} | _less([each for each in members if each in inside])


def _of_scores(question: Question, names: Container[str]) -> Iterator[Sum]:
    """Means add up from the counts of the categories, as far as these say all of an answer."""
    scores = scores_of(question) if question.type in ("single", "scale") else ()
    if scores:
        scored = [(each.id, score) for each, score in zip(question.valid, scores, strict=True) if each.id in names]
        for statistic, power in (("mean", 1), ("sd", 2)):
            products = {Cell("count", name): -(Fraction(score) ** power) for name, score in scored if score}
            yield {Cell(statistic): ONE} | products
    if question.net:
        plus, minus = (Cell("count", name) for name in question.net)
        yield {Cell("net"): ONE, plus: -ONE, minus: ONE}
    if question.type == "multi":
        yield _sum("chosen_mean", [each.id for each in question.valid if not each.alone and each.id in names])


def _sum(what: str, categories: Iterable[str]) -> Sum:
    return {Cell(what): ONE} | _less(categories)


def _less(categories: Iterable[str]) -> Sum:
    return {Cell("count", each): -ONE for each in categories}
