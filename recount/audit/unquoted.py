"""The listing of `recount unused`: estimates that the paper never says, question by question."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from recount.display import terms
from recount.display.formatter import Formatter
from recount.write.fieldwork import RECORDED
from recount.write.lookup import Lookup
from recount.write.markdown import plain
from recount.write.number import Estimate
from recount.write.unused import touched, unused

WAVE = ("", "-")
STATISTICS = {
    "mean": "Mean",
    "median": "Median",
    "net": "Net",
    "chosen_mean": "Mean number chosen",
    "nonresponse": terms.NO_ANSWER,
    "respondents": terms.STEPS["respondents"],
    "response_rate": terms.STEPS["response_rate"],
}


def unquoted(
    estimates: pd.DataFrame,
    numbers: dict[str, Any],
    claims: Mapping[str, Any],
    lookup: Lookup,
    *,
    wave: str | None = None,
    groups: bool = False,
) -> str:
    """List, as plain text, what was estimated for a wave and never quoted.

    Questions that the paper speaks of come first, then those of which it says nothing at all; ids, dates and weights
    are no questions. An estimate on which a claim rests, though no number says it, is marked. Raise `EstimateError`
    for a wave that is not declared.
    """
    named = lookup.wave(wave)
    rows = unused(estimates, numbers, wave=named, groups=groups)
    asked = {each.id for each in lookup.instrument.questions if each.type not in RECORDED}
    found = [each for key in rows["key"] if (each := lookup.index.get(str(key))) and each.question in {*asked, *WAVE}]
    spoken_of = touched(numbers)
    parts = (
        ("of questions that the paper quotes otherwise", [each for each in found if each.question in spoken_of]),
        ("of questions that the paper never quotes", [each for each in found if each.question not in spoken_of]),
    )
    writer = _Writer(lookup, {key for claim in claims["claims"] for key in claim["keys"]})
    blocks = [
        writer.block(f"Estimated for {named} and never quoted, {what}", several) for what, several in parts if several
    ]
    return "\n\n".join(blocks) or f"All that could be quoted of what was estimated for {named} is quoted."


class _Writer:
    """Lines of key, label, and value with its base, in columns."""

    def __init__(self, lookup: Lookup, claimed: Collection[str]) -> None:
        self._lookup = lookup
        self._claimed = claimed
        self._formatter = Formatter(lookup.settings.display)

    def block(self, what: str, estimates: list[Estimate]) -> str:
        by_question: dict[str, list[Estimate]] = {}
        for each in estimates:
            by_question.setdefault(each.question, []).append(each)
        questions = sum(1 for each in by_question if each not in WAVE)
        lines = [f"{what}: {self._counted(len(estimates), 'estimate')}, {self._counted(questions, 'question')}"]
        width = max(len(each.key) for each in estimates)
        for question, several in by_question.items():
            lines += ["", self._head(question), *self._lines(several, width)]
        return "\n".join(lines)

    def _lines(self, estimates: list[Estimate], width: int) -> Iterator[str]:
        names = [self._name(each) for each in estimates]
        for each, name in zip(estimates, names, strict=True):
            claimed = "  (a claim rests on it)" if each.key in self._claimed else ""
            yield f"  {each.key.ljust(width)}  {name.ljust(max(map(len, names)))}  {self._value(each)}{claimed}"

    def _head(self, question: str) -> str:
        known = self._lookup.instrument.by_id
        return "The wave as a whole" if question in WAVE else plain(f"{question}: {known[question].label}")

    def _name(self, row: Estimate) -> str:
        labels = self._lookup.categories(row.question) if row.question not in WAVE else {}
        name = STATISTICS.get(row.statistic) or labels.get(row.category, row.category)
        level = self._lookup.categories(row.group).get(row.level, row.level) if row.group else ""
        return plain(", ".join(part for part in (name, level) if part))

    def _value(self, row: Estimate) -> str:
        write = self._formatter
        value = write.value(row.value, row.unit)
        if row.base is None:
            return value
        if row.unit == "share" and not row.weighted:
            return f"{value}, {write.of_base(row.n, row.base)}"
        return f"{value}, base {write.count(row.base)}"

    def _counted(self, n: int, noun: str) -> str:
        return f"{self._formatter.count(n)} {self._formatter.noun(n, noun, f'{noun}s')}"
