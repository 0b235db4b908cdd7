"""Every count of a wave's table under one name, and what it is rounded to (`recount.estimate.rounding`)."""

from collections.abc import Mapping
from typing import Any

from recount.errors import EstimateError, Finding
from recount.estimate.compared import STATISTICS as COMPARED
from recount.estimate.relations import Cell, based_on, counted
from recount.estimate.rounding import Draw, adding_up, told
from recount.estimate.rows import WAVE
from recount.study.instrument import Instrument, Question
from recount.study.settings import Estimation

DRAWS = 200
# What counts responses; everything else of the wave as a whole is of weights and indices.
FLOW = ("received", "excluded", "respondents", "response_rate")
# What is of all who answered, and counts them in its numerator, too.
OF_ALL = ("mean", "sd", "median", "q1", "q3", "minimum", "maximum", "net", "chosen_mean", "first", "last")
# What config.yaml declares, and what counts no respondents.
DECLARED = ("contacted", "margin_target", "changed_cells")

Row = Mapping[str, Any]
Place = tuple[str, Cell]  # the question, and what is counted
Drawn = dict[Place, tuple[float, float]]  # rounded, and the threshold of it


class RoundedCounts:
    """What each count is rounded to: the same wherever it stands."""

    def __init__(self, rows: list[dict[str, Any]], instrument: Instrument, wave: str, rules: Estimation) -> None:
        """Take all rows of a wave; raise `EstimateError` where no rounding keeps each count from being told."""
        self._instrument, self._wave, self._rules = instrument, wave, rules
        self.draw = Draw(rules.round_to or 1, rules.seed or 0, wave)
        self._exact: dict[Place, float] = {}
        self._named: dict[str, dict[Cell, Place]] = {}
        for row in rows:
            for cell, n in self._counts(row):
                place = self._place(row["question"], cell)
                self._exact.setdefault(place, n)
                self._named.setdefault(row["question"], {})[cell] = place
        self._rounded = self._draws()

    def of(self, row: Row) -> dict[str, float | None]:
        """Give n, base, asked and answered of a row; None where the row has none."""
        cells = self._cells(row)
        found = {name: self._rounded.get(self._place(row["question"], cell)) for name, cell in cells.items()}
        n = found["n"] if _count(row, "n") is not None else None
        return {name: n if name == "n" else (None if row[name] is None else found[name]) for name in cells}

    def _counts(self, row: Row) -> list[tuple[Cell, float]]:
        if row["statistic"] in (*DECLARED, *COMPARED) or (row["question"] == WAVE and row["statistic"] not in FLOW):
            return []
        known = [(cell, _count(row, name)) for name, cell in self._cells(row).items()]
        return [(cell, float(n)) for cell, n in known if n is not None]

    def _cells(self, row: Row) -> dict[str, Cell]:
        """Which count each of the columns n, base, asked and answered is."""
        panel = (row["group"], row["level"])
        statistic = row["statistic"]
        if row["question"] == WAVE:
            rate = statistic == "response_rate"
            whole = "contacted" if rate else "received"
            return {"n": Cell("respondents" if rate else statistic, row["category"]), "base": Cell(whole)}
        question = self._instrument.by_id[row["question"]]
        base = based_on(question, statistic, *panel)
        numerator = counted(statistic, row["category"], *panel) or Cell(statistic, row["category"], *panel)
        return {
            "n": base if statistic in OF_ALL else numerator,
            "base": base,
            "asked": Cell("asked", "", *panel),
            "answered": Cell("answered", "", *panel),
        }

    def _place(self, name: str, cell: Cell) -> Place:
        """Name a count; the same where several questions count it: respondents, in all and in levels of groups."""
        if name == WAVE:
            return WAVE, cell
        question = self._instrument.by_id[name]
        everyone = cell.what == "asked" and not question.universe_in(self._wave)
        if cell.what == "respondents" or everyone:
            return WAVE, Cell("respondents", "", cell.group, cell.level)
        if cell.what == "count" and question.id in self._rules.groups and cell.category not in question.nets:
            if not cell.group or (question.id, cell.category) == (cell.group, cell.level):
                return WAVE, Cell("respondents", "", question.id, cell.category)
            (first, level), (second, other) = sorted([(question.id, cell.category), (cell.group, cell.level)])
            return WAVE, Cell("respondents", f"{first}={level}", second, other)
        return question.id, cell

    def _draws(self) -> dict[Place, float]:
        """Round what questions share, then each question, until no count is told by the others."""
        questions = dict.fromkeys(name for name, _ in self._exact if name != WAVE)
        for again in range(DRAWS):
            found = self._drawn(WAVE, again)
            if all(self._add(found, name, again) for name in questions):
                return {place: value for place, (value, _) in found.items()}
        raise EstimateError(
            Finding(
                problem=f"no rounding to {self._rules.round_to} keeps every count from being told by the others",
                file="config.yaml",
                key="estimates.round_to",
                mend="raise it, or join levels of few respondents",
            )
        )

    def _drawn(self, question: str, again: int) -> Drawn:
        """What each count of a question is rounded to; those who were contacted are declared, and not rounded."""
        found = {}
        for place, n in self._exact.items():
            if place[0] == question:
                threshold = self.draw.threshold(*place, again)
                found[place] = (n if place[1].what == "contacted" else self.draw.rounded(n, threshold), threshold)
        return found

    def _add(self, found: Drawn, name: str, again: int) -> bool:
        """Add a question's counts in the first draw in which none is told; say whether there is one."""
        question = self._instrument.by_id[name]
        named = self._around(question)
        for each in range(DRAWS):
            drawn = {**found, **self._drawn(name, again * DRAWS + each)}
            bounds = {cell: self.draw.bounds(*drawn[place]) for cell, place in named.items() if place in drawn}
            if not told(adding_up(question, self._wave, bounds), bounds):
                found.update(drawn)
                return True
        return False

    def _around(self, question: Question) -> dict[Cell, Place]:
        """The counts of a question, and how many respondents there are in each of its panels."""
        named = dict(self._named.get(question.id, {}))
        for place in self._exact:
            cell = place[1]
            if place[0] == WAVE and cell.what == "respondents" and not cell.category and cell.group != question.id:
                named[cell] = place
                if not question.universe_in(self._wave):
                    named[cell._replace(what="asked")] = place
        return named


def _count(row: Row, name: str) -> float | None:
    """A count of a row; the value of a row of the wave that has no numerator besides."""
    alone = name == "n" and row["question"] == WAVE and row["unit"] == "respondents"
    found: float | None = row["value"] if alone and row[name] is None else row[name]
    return found
