"""Tables of two waves or more held against each other: differences, and waves weighted to a common composition."""

from collections.abc import Callable, Sequence

from recount.errors import EstimateError, Finding
from recount.estimate.composition import EFFECTIVE, STANDARDISED
from recount.estimate.returning import CHANGE, GAINED, LOST, SINCE
from recount.study.breaks import break_between
from recount.study.figures import Item
from recount.study.tables import Table
from recount.write.cells import Cells
from recount.write.grid import EMPTY, Cell, Grid
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.notes import Notes
from recount.write.number import Number
from recount.write.two_samples import adjusted_p, difference_of, p_of_change, p_of_difference

PAIR = 2
# What the intervals of differences can say, by the design of the weaker of the two waves.
SAID = {
    "probability": "In brackets: intervals of the difference, of independent samples or, of returning respondents, of "
    "paired shares; *p* is adjusted by Holm for the comparisons of its column.",
    "nonprobability": "In brackets: how precise a difference on so few answers could be at best. Nobody drew the "
    "respondents, so that there is no chance to test against.",
    "census": "In brackets: intervals of the difference. Everyone was asked: there is no chance to test against.",
}
RETURNING_NOTE = "Returning respondents: the change among those who answered in both waves, and how many they are."


def differences_table(table: Table, cells: Cells, lookup: Lookup) -> tuple[str, list[str]]:
    """Write an item a line: both shares, their difference, and the change among returning respondents."""
    first, second = _two(table, lookup)
    design = _design(lookup, (first, second))
    notes = Notes(cells)
    lines = cells.lines(table.items, (first, second))
    columns: list[list[Cell]] = [[cells.with_base(item, wave) for _, item in lines] for wave in (first, second)]
    open_ = [_comparable(item, first, second, lookup) for _, item in lines]
    apart = [_apart(item, first, second, cells) if each else None for (_, item), each in zip(lines, open_, strict=True)]
    paired = [
        _paired(item, first, second, cells) if each else None for (_, item), each in zip(lines, open_, strict=True)
    ]
    heads = ["Difference", "Returning respondents"]
    columns += [[_with_interval(each, cells) for each in apart], [_with_base(each, cells) for each in paired]]
    if design == "probability":
        heads = ["Difference", "Returning respondents", "*p*", "*p*, returning"]
        tests: Sequence[Callable[..., Number | None]] = (_tested, _tested_again)
        columns += [
            _p_values(
                [
                    test(item, first, second, cells) if each else None
                    for (_, item), each in zip(lines, open_, strict=True)
                ],
                cells,
            )
            for test in tests
        ]
    rows = [(label, *(column[place] for column in columns)) for place, (label, _) in enumerate(lines)]
    for place, (_, item) in enumerate(lines):
        if not open_[place]:
            why = break_between(lookup.question_of(item.question), first, second, item.category or "")
            rows[place] = (
                *rows[place][:3],
                notes.marked(cells.fixed("not compared"), item, second, why),
                *rows[place][4:],
            )
    head = (EMPTY, cells.wave(first), cells.wave(second), *(Cell(each, len(each)) for each in heads))
    return Grid(head, tuple(rows)).markdown(), [SAID[design], RETURNING_NOTE, *notes.written()]


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
    by = " and ".join(lookup.label(each).text for each in declared.by)
    note = f"Weighted: each wave with the composition of {name} by {by} (raking)."
    return Grid((EMPTY, *head), tuple(rows)).markdown(), [note]


def _two(table: Table, lookup: Lookup) -> tuple[str, str]:
    waves = [lookup.wave(wave) for wave in table.waves]
    if len(waves) != PAIR:
        raise EstimateError(Finding(problem="a table of differences is of two waves", key="waves", expected="two"))
    return waves[0], waves[1]


def _design(lookup: Lookup, waves: tuple[str, str]) -> str:
    designs = {lookup.settings.waves[wave].design for wave in waves}
    return next(each for each in ("nonprobability", "census", "probability") if each in designs)


def _comparable(item: Item, first: str, second: str, lookup: Lookup) -> bool:
    question = lookup.question_of(item.question)
    if not {first, second} <= set(question.waves):
        return True  # told as not asked, and nothing is subtracted
    return not break_between(question, first, second, item.category or "")


def _apart(item: Item, first: str, second: str, cells: Cells) -> Number | None:
    shares = [cells.share(item, wave) for wave in (second, first)]
    if shares[0] is None or shares[1] is None or any(each.hidden for each in shares if each):
        return None
    return difference_of(number_of(shares[0]), number_of(shares[1]))


def _paired(item: Item, first: str, second: str, cells: Cells) -> Number | None:
    row = cells.row(CHANGE, item.question, item.category or "", second, (SINCE, first))
    return number_of(row) if row and not row.hidden else None


def _tested(item: Item, first: str, second: str, cells: Cells) -> Number | None:
    shares = [cells.share(item, wave) for wave in (second, first)]
    if shares[0] is None or shares[1] is None:
        return None
    return p_of_difference(number_of(shares[0]), number_of(shares[1]))


def _tested_again(item: Item, first: str, second: str, cells: Cells) -> Number | None:
    rows = [cells.row(each, item.question, item.category or "", second, (SINCE, first)) for each in (GAINED, LOST)]
    return p_of_change(number_of(rows[0]), number_of(rows[1])) if rows[0] and rows[1] else None


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
