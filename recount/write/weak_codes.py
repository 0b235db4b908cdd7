"""Codes on which the coders agree too little to be quoted, and keywords that the paper does not own up to.

`coding.minimum_kappa` in config.yaml is the kappa that a code must reach for its share or count to stand in the paper:
in prose, tables, figures, claims. An exception is written into the template, and prints the kappa; the ledger lists it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from recount.display.formatter import Formatter
from recount.errors import EstimateError, Finding, TemplateError
from recount.write.assemble import Assembler
from recount.write.index import key_of
from recount.write.lookup import Lookup
from recount.write.number import Estimate, Number, Operation
from recount.write.page import Page, Place
from recount.write.truth import comparisons, tests

QUOTED = ("share", "count", "share_asked", "mention_share")
# A share of pairs of coders who all agreed: a code that nobody gave has no kappa, and nobody in doubt.
ALL = 1.0


class Exceptions:
    """What the template says of codes that may be quoted although the coders agree too little on them."""

    def __init__(self, page: Page, lookup: Lookup) -> None:
        """Take the page, which lists the exceptions, and the estimates, which have the kappas."""
        self._page, self._lookup = page, lookup
        self.made: set[tuple[str, str, str]] = set()

    def weak_code(self, question: str, code: str, *, why: str, wave: str | None = None) -> Number:
        """Let a code be quoted although the coders agree too little on it, say why, and print its kappa."""
        if not str(why).strip():
            raise TemplateError(Finding(problem="say why this may be quoted", key="weak_code", value=code))
        found = self._lookup.find("kappa", question, code, wave=wave)
        self.made.add((self._lookup.wave(wave), question, code))
        self._page.allow("weak code", f"{question}/{code}", why)
        return found


@dataclass(frozen=True)
class Quoted:
    """An estimate of a code that the paper prints, or on which a claim rests, and where."""

    estimate: Estimate
    place: Place


def note_weak_codes(assembler: Assembler, lookup: Lookup, exceptions: Exceptions) -> None:
    """Note as a fault each code that is quoted and on which the coders agree too little, once for each place."""
    for quoted in _of_codes(assembler, lookup):
        row = quoted.estimate
        named = (row.wave, row.question, row.category)
        minimum = lookup.settings.coding.minimum_kappa
        if minimum is None or named in exceptions.made or row.question in lookup.settings.coding.by_rule:
            continue
        if problem := _too_weak(row, lookup, assembler.formatter, minimum):
            assembler.page.fault_at(EstimateError(problem), quoted.place)


def note_rules(assembler: Assembler, lookup: Lookup) -> None:
    """Note as a fault each question that keywords coded and that the paper quotes without saying so."""
    said = {leaf.key for entry in assembler.numbers for leaf in entry.number.estimates()}
    for quoted in _of_codes(assembler, lookup):
        row = quoted.estimate
        key = key_of(row.wave, row.question, "by_rule")
        if row.question in lookup.settings.coding.by_rule and key not in said:
            finding = Finding(
                problem="keywords coded these answers, and the paper does not say so",
                key=row.key,
                expected=f"a sentence with the number of answers that they decided, {key}",
                mend=f'write {{{{ by_rule("{row.question}"{_wave(row, lookup)}) }}}} where the methods are told',
            )
            assembler.page.fault_at(TemplateError(finding), quoted.place)


def _of_codes(assembler: Assembler, lookup: Lookup) -> Iterator[Quoted]:
    """The shares and counts of codes that are quoted, in the order of the page."""
    for quoted in _quoted(assembler, lookup):
        declared = lookup.instrument.by_id.get(quoted.estimate.question)
        if declared and declared.coded and quoted.estimate.statistic in QUOTED:
            yield quoted


def _quoted(assembler: Assembler, lookup: Lookup) -> Iterator[Quoted]:
    for entry in assembler.numbers:
        declared = Place(file=lookup.settings.paper.figures, key=f"figures.{entry.figure}")
        for estimate in _leaves(entry.number):
            yield Quoted(estimate, declared if entry.figure else entry.printed.place)
    for claim in assembler.claims:
        # A declared test, such as most_named, holds a code against all others, and quotes none of these.
        if not list(tests(claim.claim.condition)):
            for each in comparisons(claim.claim.condition):
                for side in (each.left, each.right):
                    yield from (Quoted(estimate, claim.claim.place) for estimate in _leaves(side))


def _leaves(number: Number) -> Iterator[Estimate]:
    """The estimates that a number says; of a ranked one its own, and not those that it was ranked among."""
    trace = number.trace
    if isinstance(trace, Estimate):
        yield trace
    elif isinstance(trace, Operation):
        for each in trace.of[1:2] if trace.name == "ranked" else trace.of:
            yield from _leaves(each)


def _too_weak(row: Estimate, lookup: Lookup, formatter: Formatter, minimum: float) -> Finding | None:
    kappa, percent = (
        lookup.index.get(key_of(row.wave, row.question, each, category=row.category)) for each in ("kappa", "percent")
    )
    if kappa is None or percent is None:
        return None
    if kappa.value is None:
        if percent.value is not None and percent.value >= ALL:
            return None
        value = "kappa is not estimable: " + ("nobody coded twice" if percent.value is None else "nothing varies")
    elif kappa.value >= minimum:
        return None
    else:
        value = f"kappa {formatter.value(kappa.value, 'coefficient')}, of {formatter.count(kappa.n or 0)} answers"
    return Finding(
        problem="the coders agree too little on this code for it to be quoted",
        key=row.key,
        value=value,
        expected=f"{minimum:g}, as coding.minimum_kappa in config.yaml says",
        mend="sharpen the code's definition and code again, or say in the paper that agreement is weak, and print the "
        f'kappa: {{{{ weak_code("{row.question}", "{row.category}"{_wave(row, lookup)}, why="...") }}}}',
    )


def _wave(row: Estimate, lookup: Lookup) -> str:
    return "" if row.wave == lookup.settings.paper.wave else f', wave="{row.wave}"'
