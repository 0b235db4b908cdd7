"""The numbers inside figures: each row of a figure's source data is in the ledger, as the picture prints it."""

import re
from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

import pandas as pd

from recount.building import build
from recount.errors import EstimateError, Finding, TemplateError
from recount.study.figures import Figure
from recount.write.assemble import Assembler
from recount.write.figure_texts import expected_texts, said_besides
from recount.write.index import FILE, FIRST_ROW, number_of
from recount.write.lookup import Lookup
from recount.write.markdown import plain
from recount.write.number import Estimate, Number
from recount.write.page import Part, Place, Printed
from recount.write.typed import typed_in

FOLDER = "results/figures"
Row = Mapping[Any, Any]
_FOREIGN = "no estimate and no name of this figure says this number of its alternative text"
_CLAUSE = re.compile(r"(?<=[.;])\s")


def enter_figures(
    assembler: Assembler,
    figures: Mapping[str, Figure],
    sources: Mapping[str, pd.DataFrame] | None,
    alternatives: Mapping[str, str],
    lookup: Lookup,
) -> None:
    """Enter the numbers of all figures that the text places, in the order of the figures and of their drawing.

    A row that prints another text than the formatter writes for its estimate is a fault. A number of the alternative
    text that stands beside the name of a row, and says what the row prints, is entered as that estimate too; others
    must be said by an estimate or a name of the figure, and are noted with it. Where `sources` is None, all are noted
    as made with the figure.
    """
    for kind, name in sorted(assembler.floats, key=lambda each: assembler.floats[each]):
        if kind == "figure":
            figure = _Figure(assembler, lookup, figures[name], name, plain(alternatives.get(name, "")))
            if sources is None:
                figure.allow_all()
            else:
                figure.enter(sources.get(name))


class _Figure:
    """One figure, with how far its alternative text has been read."""

    def __init__(self, assembler: Assembler, lookup: Lookup, figure: Figure, name: str, alternative: str) -> None:
        self._assembler = assembler
        self._lookup = lookup
        self._figure = figure
        self._name = name
        self._text = self._left = alternative
        self._place = 0
        self._label = ""

    def enter(self, source: pd.DataFrame | None) -> None:
        if source is None:
            self._fault(TemplateError(Finding(problem="this figure has no source data", mend="draw the figure")), None)
            return
        expected = expected_texts(source["key"].tolist(), self._figure, self._lookup, self._assembler.formatter)
        for place, row in enumerate(source.to_dict("records")):
            line = place + FIRST_ROW
            number = self._number(row, line) if row["display"] else None
            if number is not None:
                self._check_text(row, expected[place][1], line)
                at = Place(file=f"{FOLDER}/{self._name}.csv", line=line)
                self._enter(number, row["display"], "figure label", "", at)
                self._enter_alternative(number, row)
        names = [*source["label"], *source["series"], *(item.label for item in self._figure.items)]
        self._allow_others([*expected.values()], names)

    def allow_all(self) -> None:
        for text in typed_in(self._left):
            self._allow(text, "made with it from its estimates")

    def _allow_others(self, rows: Sequence[tuple[Estimate, str]], names: Sequence[str]) -> None:
        """What is left of the alternative text says bases, intervals and names, or is not this figure's."""
        formatter = self._assembler.formatter
        said = said_besides(self._text, [row for row, _ in rows], names, self._lookup, formatter)
        said |= {text: f"says {row.key}" for row, printed in reversed(rows) for text in typed_in(printed)}
        for text in typed_in(self._left):
            if text in said:
                self._allow(text, said[text])
                continue
            finding = Finding(problem=_FOREIGN, value=text, mend=_again(f"{FOLDER}/{self._name}.txt"))
            self._assembler.page.fault_at(EstimateError(finding), self._beside())

    def _allow(self, text: str, why: str) -> None:
        why = f"alternative text of figure {self._name}: {why}"
        self._assembler.page.allow_at("figure", text, why, self._beside())

    def _check_text(self, row: Row, expected: str, line: int) -> None:
        if row["display"] != expected:
            file = f"{FOLDER}/{self._name}.csv"
            finding = Finding(
                problem="the figure prints another text than the formatter writes for this estimate",
                key=row["key"],
                value=row["display"],
                expected=expected,
                mend=_again(file),
            )
            self._fault(EstimateError(finding), line)

    def _number(self, row: Row, line: int) -> Number | None:
        """The estimate of a row, where the figure was drawn from the estimates as they are."""
        estimate = self._lookup.index.get(row["key"])
        number = None if estimate is None else number_of(estimate)
        drawn: float | None = None if isnan(row["value"]) else row["value"]
        if number is not None and number.value == drawn:
            return number
        problem = f"the figure {self._name} was not drawn from {FILE} as it is"
        self._fault(EstimateError(Finding(problem=problem, key=row["key"], mend="draw the figure again")), line)
        return None

    def _enter_alternative(self, number: Number, row: Row) -> None:
        found = self._found(str(row["label"]), row["display"])
        if found is None:
            return
        start, end = found
        self._left = self._left[:start] + " " * (end - start) + self._left[end:]
        self._place, self._label = end, row["label"]
        self._enter(number, row["display"], "alt text", self._clause(start), self._beside())

    def _found(self, label: str, display: str) -> tuple[int, int] | None:
        """Where the alternative text says a row: beside its label, or next in a clause that began with its label."""
        name, shown = re.escape(label), rf"(?<![\w.,])({re.escape(display)})(?![\w%]|[.,]\d)"
        if label == self._label:
            rest = re.compile(rf"[^;]*?{shown}").match(self._text, self._place)
            return rest.span(1) if rest else None
        for pattern in (rf"(?<!\w){name}[:,]?\s+{shown}", rf"{shown}\s+{name}(?!\w)"):
            beside = re.compile(pattern, re.IGNORECASE).search(self._text, self._place)
            if beside:
                return beside.span(1)
        return None

    def _clause(self, place: int) -> str:
        starts = [0, *(each.end() for each in _CLAUSE.finditer(self._text))]
        start = max(each for each in starts if each <= place)
        return _CLAUSE.split(self._text[start:], maxsplit=1)[0]

    def _enter(self, number: Number, text: str, part: Part, sentence: str, place: Place) -> None:
        printed = Printed(kind="number", text=text, thing=number, place=place, part=part)
        self._assembler.enter(printed, number.styled(method="figure"), part, sentence, figure=self._name)

    def _beside(self) -> Place:
        return Place(file=f"{FOLDER}/{self._name}.txt")

    def _fault(self, error: TemplateError | EstimateError, line: int | None) -> None:
        self._assembler.page.fault_at(error, Place(file=f"{FOLDER}/{self._name}.csv", line=line))


def _again(file: str) -> str:
    return f"delete {file}, then {build()}: it draws the figure again"
