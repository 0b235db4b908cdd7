"""What is hidden must not be had by subtraction from what the paper prints: in prose, tables, figures and captions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from recount.errors import EstimateError, Finding
from recount.estimate.compared import STATISTICS as COMPARED
from recount.estimate.relations import NO_LEVEL, ONE, Cell, Sum, based_on, counted, derived, sums
from recount.study.instrument import Question
from recount.study.settings import Paper
from recount.write.assemble import Assembler
from recount.write.lookup import Lookup
from recount.write.number import Estimate
from recount.write.page import Place
from recount.write.truth import comparisons

Row = Mapping[str, Any]
MOST = 6  # numbers that a message names


@dataclass(frozen=True)
class Given:
    """A cell that the paper gives: the estimate that says it, how, and where that is printed first."""

    name: str
    order: int
    place: Place


def note_derivable(assembler: Assembler, lookup: Lookup, estimates: pd.DataFrame) -> None:
    """Note as a fault each hidden level of a question that the numbers printed give away.

    A printed estimate gives its value, and with it, in the appendix and the ledger, the base, who was asked and who
    answered. What a claim rests on counts as printed: claims.json says it. Differences between waves, medians and
    quartiles are not followed, nor that no count is less than zero.
    """
    printed: dict[tuple[str, str], list[tuple[Estimate, Place]]] = {}
    for estimate, place in _printed(assembler, lookup.settings.paper):
        printed.setdefault((estimate.wave, estimate.question), []).append((estimate, place))
    numbered = estimates.assign(base=estimates["base"].astype("float64"))
    hidden = set(numbered.loc[(numbered["hidden"] != "") & (numbered["base"] != 0), "key"])
    sizes = _sizes(numbered)
    for (wave, question), told in printed.items():
        rows = numbered[(numbered["wave"] == wave) & (numbered["question"] == question)]
        if question in lookup.instrument.by_id and not hidden.isdisjoint(rows["key"]):
            declared = lookup.instrument.by_id[question]
            for fault, place in Told(declared, _records(rows), sizes[wave], told).faults():
                assembler.page.fault_at(EstimateError(fault), place)


def _sizes(estimates: pd.DataFrame) -> dict[str, dict[tuple[str, str], float]]:
    """How many respondents each wave has, and each level of each group in it."""
    sizes: dict[str, dict[tuple[str, str], float]] = {str(wave): {} for wave in estimates["wave"].unique()}
    asked = estimates[(estimates["statistic"] == "asked") & estimates["base"].notna()]
    for row in _records(asked):
        sizes[row["wave"]][row["group"], row["level"]] = row["base"]
    return sizes


def _records(frame: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _printed(assembler: Assembler, paper: Paper) -> Iterator[tuple[Estimate, Place]]:
    """All estimates behind numbers and claims, in the order of the page; a figure's stand where it is declared."""
    for entry in assembler.numbers:
        declared = Place(file=paper.figures, key=f"figures.{entry.figure}")
        for estimate in entry.number.estimates():
            yield estimate, declared if entry.figure else entry.printed.place
    for claim in assembler.claims:
        for each in comparisons(claim.claim.condition):
            for side in (each.left, each.right):
                yield from ((estimate, claim.claim.place) for estimate in side.estimates())


class Told:
    """What the paper tells of one question of one wave."""

    def __init__(
        self,
        question: Question,
        rows: Sequence[Row],
        sizes: Mapping[tuple[str, str], float],
        printed: Iterable[tuple[Estimate, Place]],
    ) -> None:
        """Take all estimates of the question, the sizes of the levels, and the estimates printed, in their order."""
        self._question = question
        self._rows = rows
        self._sizes = sizes
        self._known: dict[Cell, Given] = {}
        for order, (estimate, place) in enumerate(printed):
            for cell, name in self._gives(estimate):
                self._known.setdefault(cell, Given(name, order, place))

    def faults(self) -> Iterator[tuple[Finding, Place]]:
        """Give what is wrong, a finding a level, with the place of the number without which it would not be."""
        found = self._derived()
        keys: dict[tuple[str, str], list[str]] = {}
        sources: dict[tuple[str, str], Sum] = {}
        for row in sorted(self._rows, key=lambda row: row["statistic"] != "share"):
            cell = counted(row["statistic"], row["category"], row["group"], row["level"])
            # What those of a level answered to the group's own question, everyone knows.
            if cell and row["hidden"] and found.get(cell) and row["question"] != row["group"]:
                keys.setdefault((cell.group, cell.level), []).append(row["key"])
                sources.setdefault((cell.group, cell.level), found[cell])
        for panel, source in sources.items():
            last = max((self._known[cell] for cell in source), key=lambda given: given.order)
            yield self._finding(keys[panel], source), last.place

    def _derived(self) -> dict[Cell, Sum]:
        groups = dict.fromkeys(cell.group for cell in self._known if cell.group)
        panels = {group: self._levels(group) for group in groups}
        nobody = {cell for group in groups for cell in self._nobody(group)}
        equations = sums(self._question, self._rows[0]["wave"], self._cells(), panels)
        apart = ({cell: of for cell, of in each.items() if cell not in nobody} for each in equations)
        # A share of those asked counts the same respondents as a hidden share of those who answered.
        return derived(apart, self._known) | {cell: {cell: ONE} for cell in self._known}

    def _finding(self, keys: list[str], source: Sum) -> Finding:
        names = list(dict.fromkeys(self._known[cell].name for cell in sorted(source, key=lambda cell: -source[cell])))
        more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
        others = f", and {len(keys) - 1} more of this level" if len(keys) > 1 else ""
        return Finding(
            problem=f"this estimate is hidden, but follows by subtraction from numbers that the paper prints{others}",
            key=keys[0],
            expected=f"a paper without one of these: {', '.join(names[:MOST])}{more}",
            mend="leave out the number that stands here, or another one of these",
        )

    def _gives(self, of: Estimate) -> Iterator[tuple[Cell, str]]:
        """What an estimate tells when it is printed; of a hidden one its base may be."""
        panel = (of.group, of.level)
        value = counted(of.statistic, of.category, *panel)
        if value and of.value is not None and not of.hidden:
            yield value, of.key
        if of.base is not None:
            yield based_on(self._question, of.statistic, *panel), f"the base of {of.key}"
        for name, number in (("asked", of.asked), ("answered", of.answered)):
            if number is not None:
                yield Cell(name, "", *panel), f"how many {name if name == 'answered' else 'were asked'} beside {of.key}"

    def _cells(self) -> list[Cell]:
        overall = [row for row in self._rows if not row["group"]]
        cells = [each for row in overall for each in self._of(row, "")]
        return list(dict.fromkeys((*cells, Cell("asked"), Cell("answered"))))

    def _of(self, row: Row, group: str, level: str = "") -> list[Cell]:
        """What a row counts, and its base, in a level."""
        value = counted(row["statistic"], row["category"], group, level)
        base = based_on(self._question, row["statistic"], group, level)
        return [base] if value is None else [value, base]

    def _levels(self, group: str) -> list[str]:
        levels = list(dict.fromkeys(row["level"] for row in self._rows if row["group"] == group and _of_one(row)))
        everyone = sum(self._sizes.get((group, level), 0) for level in levels) == self._sizes.get(("", ""))
        return levels if everyone else [*levels, NO_LEVEL]

    def _nobody(self, group: str) -> Iterator[Cell]:
        """The cells in which there is nobody to count: of an empty level, or of no level where the levels are all."""
        bases: dict[tuple[str, str], float] = {}
        for row in self._rows:
            if row["group"] == group and _of_one(row):
                place = (row["statistic"], row["category"])
                bases[place] = bases.get(place, 0) + row["base"]
                if row["base"] == 0:
                    yield from self._of(row, group, row["level"])
        for row in self._rows:
            if not row["group"] and bases.get((row["statistic"], row["category"])) == row["base"]:
                yield from self._of(row, group, NO_LEVEL)


def _of_one(row: Row) -> bool:
    """Whether an estimate is of one level: what is hidden in a level is not in what several have together."""
    return row["statistic"] not in COMPARED
