"""Tables of two waves or more held against each other: differences, and waves weighted to a common composition."""

from collections.abc import Sequence
from dataclasses import dataclass

from recount.errors import EstimateError, Finding
from recount.estimate.composition import EFFECTIVE, STANDARDISED
from recount.estimate.returning import CHANGE, GAINED, LOST
from recount.estimate.since import SINCE
from recount.study.breaks import break_between
from recount.study.figures import Item
from recount.study.tables import Table
from recount.write.cells import Cells
from recount.write.grid import EMPTY, Cell, Grid
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.markdown import escaped
from recount.write.notes import Notes
from recount.write.number import Number
from recount.write.two_samples import adjusted_p, difference_of, p_of_change, p_of_difference

PAIR = 2
# What the intervals of differences can say, by the design of the weaker of the two waves.
SAID = {
    "probability": "In brackets: the base of a share, and intervals of the difference, of independent samples or, of "
    "returning respondents, of paired shares; *p* is adjusted by Holm for the comparisons of its column.",
    "nonprobability": "In brackets: the base of a share, and how precise a difference on so few answers could be at "
    "best. Nobody drew the respondents, so that there is no chance to test against.",
    "census": "In brackets: the base of a share, and intervals of the difference. Everyone was asked: there "
    "is no chance to test against.",
}
RETURNING_NOTE = "Returning respondents: the change among those who answered in both waves, and how many they are."


def differences_table(table: Table, cells: Cells, lookup: Lookup) -> tuple[str, list[str]]:
    """Write an item a line: both shares, their difference, and the change among returning respondents."""
    first, second = _two(table, lookup)
    design, notes = _design(lookup, (first, second)), Notes(cells)
    lines = cells.lines(table.items, (first, second))
    pairs = [_Pair(item, first, second, _break_of(item, first, second, lookup), cells) for _, item in lines]
    shares = [[cells.with_base(item, wave) for _, item in lines] for wave in (first, second)]
    apart = [
        notes.marked(cells.fixed("not compared"), each.item, second, each.broken)
        if each.broken
        else _with_interval(each.apart(), cells)
        for each in pairs
    ]
    columns = [*shares, apart, [_with_base(each.paired(), cells) for each in pairs]]
    heads = ["Difference", "Returning respondents"]
    if design == "probability":
        heads += ["*p*", "*p*, returning"]
        columns += [_p_values([each.tested() for each in pairs], cells)]
        columns += [_p_values([each.tested_again() for each in pairs], cells)]
    rows = [(label, *(column[place] for column in columns)) for place, (label, _) in enumerate(lines)]
    head = (EMPTY, cells.wave(first), cells.wave(second), *(Cell(each, len(each)) for each in heads))
    return Grid(head, tuple(rows)).markdown(), [SAID[design], RETURNING_NOTE, *notes.written()]


@dataclass(frozen=True)
class _Pair:
    """An item in two waves; `broken` says why they are not compared, and then nothing is."""

    item: Item
    first: str
    second: str
    broken: str
    cells: Cells

    def apart(self) -> Number | None:
        """The difference of both shares."""
        shares = self._shares()
        return difference_of(*shares) if shares and not any(each.hidden for each in shares) else None

    def paired(self) -> Number | None:
        """The change among those who answered in both waves."""
        row = self._followed(CHANGE)
        return row if row and not row.hidden else None

    def tested(self) -> Number | None:
        """The p-value of the difference."""
        shares = self._shares()
        return p_of_difference(*shares) if shares else None

    def tested_again(self) -> Number | None:
        """The p-value of the change."""
        gained, lost = self._followed(GAINED), self._followed(LOST)
        return p_of_change(gained, lost) if gained and lost else None

    def _shares(self) -> tuple[Number, Number] | None:
        """The later share and the earlier one; None across a break, or where one wave has none."""
        rows = [self.cells.share(self.item, wave) for wave in (self.second, self.first)]
        if self.broken or rows[0] is None or rows[1] is None:
            return None
        return number_of(rows[0]), number_of(rows[1])

    def _followed(self, statistic: str) -> Number | None:
        since = (SINCE, self.first)
        row = self.cells.row(statistic, self.item.question, self.item.category or "", self.second, since)
        return None if self.broken or row is None else number_of(row)


def composition_table(table: Table, cells: Cells, lookup: Lookup) -> tuple[str, list[str]]:
    """Write the composition of each wave before and after weighting, what it costs, and what it changes."""
    declared = lookup.settings.comparison
    if declared is None:
        raise EstimateError(
            Finding(
                problem="no common composition is declared",
                file="config.yaml",
                key="comparison",
                expected='such as comparison: {weight_to: "2020", by: [region]}',
            )
        )
    waves = [lookup.wave(wave) for wave in table.waves or tuple(lookup.settings.waves)]
    rows = []
    for label, item in cells.lines([*(Item(question=name) for name in declared.by), *table.items], waves):
        found = [
            (cells.share(item, wave), cells.row(STANDARDISED["share"], item.question, item.category or "", wave))
            for wave in waves
        ]
        rows.append(
            (
                label,
                *(
                    cells.number(each) if each else cells.absent(item, wave)
                    for wave, pair in zip(waves, found, strict=True)
                    for each in pair
                ),
            )
        )
    effective = [(cells.row("respondents", "", "", wave), cells.row(EFFECTIVE, "", "", wave)) for wave in waves]
    rows.append(
        (cells.fixed("Respondents; effective number"), *(cells.number(each) for pair in effective for each in pair))
    )
    head = [cell for wave in waves for cell in (cells.wave(wave), cells.fixed("weighted"))]
    name = lookup.settings.waves[declared.weight_to].title or declared.weight_to
    cells.allow(name, f"name of wave {declared.weight_to}")
    by = " and ".join(escaped(lookup.label(each).text) for each in declared.by)
    note = f"Weighted: each wave with the composition of {escaped(name)} by {by} (raking)."
    return Grid((EMPTY, *head), tuple(rows)).markdown(), [note]


def _two(table: Table, lookup: Lookup) -> tuple[str, str]:
    waves = [lookup.wave(wave) for wave in table.waves]
    if len(waves) != PAIR:
        raise EstimateError(Finding(problem="a table of differences is of two waves", key="waves", expected="two"))
    return waves[0], waves[1]


def _design(lookup: Lookup, waves: tuple[str, str]) -> str:
    designs = {lookup.settings.waves[wave].design for wave in waves}
    return next(each for each in ("nonprobability", "census", "probability") if each in designs)


def _break_of(item: Item, first: str, second: str, lookup: Lookup) -> str:
    """Why the waves are not compared; "" also where one did not ask: that is told as such."""
    question = lookup.question_of(item.question)
    if not {first, second} <= set(question.waves):
        return ""
    return break_between(question, first, second, item.category or "")


def _p_values(found: Sequence[Number | None], cells: Cells) -> list[Cell]:
    tested = [each for each in found if each is not None and each.value is not None]
    adjusted = iter(adjusted_p(tested, "holm"))
    return [cells.written(next(adjusted)) if each is not None and each.value is not None else EMPTY for each in found]


def _with_interval(number: Number | None, cells: Cells) -> Cell:
    if number is None or number.value is None:
        return EMPTY
    value = cells.written(number.styled(method="points", signed=True, short=True))
    if number.low is None:
        return value
    interval = cells.written(number.styled(method="range"))
    return Cell(f"{value.markdown} ({interval.markdown})", value.width + interval.width + 3)


def _with_base(number: Number | None, cells: Cells) -> Cell:
    if number is None or number.value is None:
        return EMPTY
    value, base = _with_interval(number, cells), cells.base(number.row)
    return Cell(f"{value.markdown}, {base.markdown}", value.width + base.width + 2)
