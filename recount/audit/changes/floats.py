"""The numbers of tables and figures on both sides, paired by what they are: rows may have come, gone or moved."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from recount.audit.changes.change import Change, Comparing
from recount.audit.changes.side import Side
from recount.display import terms
from recount.write.arithmetic import RESPONDENTS, combined
from recount.write.index import number_of
from recount.write.lookup import Lookup
from recount.write.number import Estimate, Number, Operation, described

# How a number is written that says how sure another one is, or of how many it is: no movement of its own.
BESIDE = ("range", "of_base", "interval")
ONLY_NOW, ONLY_BEFORE = "it stands here only now", "it stood here only before"
WAVE = "∗"


@dataclass(frozen=True)
class Cell:
    """One number of a table or figure, what it is called, and what became of it; `beside`: an interval or a base."""

    name: str
    change: Change
    beside: bool = False


@dataclass(frozen=True)
class Float:
    """A table or figure of the paper as it is now; `lacking` says why it shows nothing on one side."""

    kind: str
    name: str
    title: str
    cells: tuple[Cell, ...]
    lacking: tuple[str, ...] = ()

    @property
    def moved(self) -> tuple[Cell, ...]:
        """The numbers that read otherwise."""
        return tuple(cell for cell in self.cells if cell.change.changed)


@dataclass(frozen=True)
class _Stands:
    """A number as it stands in a table or figure of one side."""

    number: Number
    text: str
    name: str


Key = Callable[[_Stands], tuple[str, str]]


def floats(comparing: Comparing) -> list[Float]:
    """Give the tables and figures of both sides, in the order of the paper as it is now."""
    was, now = _standing(comparing.before), _standing(comparing.now)
    drawn = (comparing.before.figures, comparing.now.figures)
    found = []
    for kind, name in dict.fromkeys([*now, *was]):
        cells = _paired(was.get((kind, name), []), now.get((kind, name), []), comparing)
        why = [each[name].lacking for each in drawn if kind == "figure" and name in each and each[name].lacking]
        found.append(Float(kind, name, _title(kind, name, comparing.now), tuple(cells), tuple(dict.fromkeys(why))))
    return found


def _standing(side: Side) -> dict[tuple[str, str], list[_Stands]]:
    """The numbers of each table and figure that the paper of a side places, in their order."""
    assembler, found = side.draft.assembler, dict[tuple[str, str], list[_Stands]]()
    for kind, name in sorted(assembler.floats, key=lambda each: (each[0] != "table", assembler.floats[each])):
        found[kind, name] = list(_drawn(side, name)) if kind == "figure" else []
    for entry in assembler.numbers:
        if entry.part == "table" and not entry.figure:
            name = entry.printed.place.key.removeprefix("tables.")
            stands = _Stands(entry.number, entry.printed.text, _named(entry.number, side.draft.lookup))
            found.setdefault(("table", name), []).append(stands)
    return found


def _drawn(side: Side, name: str) -> Iterator[_Stands]:
    lookup = side.draft.lookup
    for row in side.figures[name].rows:
        estimate = lookup.index.get(str(row["key"]))
        if estimate is not None and row["display"]:
            number = shown(estimate, side.study.figures.figures[name].kind)
            yield _Stands(number, str(row["display"]), _named(number, lookup))


def shown(estimate: Estimate, kind: str) -> Number:
    """What a figure prints of an estimate: an UpSet figure counts respondents, so its parts are respondents, too."""
    number = number_of(estimate)
    if kind != "upset" or estimate.weighted or estimate.base is None:
        return number
    base = Number(value=estimate.base, unit=RESPONDENTS, trace=Operation("base of", (number,)))
    return combined("*", number, base)


def _paired(was: Sequence[_Stands], now: Sequence[_Stands], comparing: Comparing) -> Iterator[Cell]:
    """Pair what has the same formula, wave and all; then what has it but for the wave that the paper is about."""
    pairs: dict[int, int] = {}
    but_for = (_but_for(comparing.before.wave), _but_for(comparing.now.wave))
    for before_key, now_key in ((_exactly, _exactly), but_for):
        free = _keyed(was, before_key, without=pairs.values())
        pairs |= {place: free[key] for key, place in _keyed(now, now_key, without=pairs).items() if key in free}
    for place, each in enumerate(now):
        yield _cell(was[pairs[place]] if place in pairs else None, each, comparing)
    for each in (each for place, each in enumerate(was) if place not in pairs.values()):
        yield Cell(each.name, comparing.gone(each.text, each.number, ONLY_BEFORE), _beside(each.number))


def _cell(was: _Stands | None, now: _Stands, comparing: Comparing) -> Cell:
    if was is None:
        return Cell(now.name, comparing.came(now.text, now.number, ONLY_NOW), _beside(now.number))
    return Cell(now.name, comparing.change((was.text, was.number), (now.text, now.number)), _beside(now.number))


def _keyed(stands: Sequence[_Stands], key: Key, *, without: Collection[int]) -> dict[tuple[str, str, int], int]:
    """Find the places of those that are left by their keys, and by the how manieth each is that has its key."""
    counts: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str, int], int] = {}
    for place, each in enumerate(stands):
        if place not in without:
            found = key(each)
            places[*found, counts[found]] = place
            counts[found] += 1
    return places


def _exactly(stands: _Stands) -> tuple[str, str]:
    return described(stands.number), stands.number.style.method


def _but_for(wave: str) -> Key:
    def key(stands: _Stands) -> tuple[str, str]:
        formula = described(stands.number)
        for leaf in (each for each in stands.number.estimates() if each.wave == wave):
            formula = formula.replace(leaf.key, WAVE + leaf.key.removeprefix(wave))
        return formula, stands.number.style.method

    return key


def _named(number: Number, lookup: Lookup) -> str:
    """Name a number by what it is of: question, answer, group, and wave where that is not the paper's."""
    return " and ".join(dict.fromkeys(_name_of(row, lookup) + _wave_of(row, lookup) for row in number.estimates()))


def _wave_of(row: Estimate, lookup: Lookup) -> str:
    return "" if row.wave == lookup.settings.paper.wave else f", {lookup.settings.waves[row.wave].title or row.wave}"


def _name_of(row: Estimate, lookup: Lookup) -> str:
    by_id = lookup.instrument.by_id
    if row.question not in by_id:
        step = terms.STEPS.get(row.statistic, row.statistic.replace("_", " "))
        return f"{step}: {terms.reason(row.category)}" if row.category else step
    labels = lookup.categories(row.question)
    answer = " + ".join(labels.get(each, each) for each in row.category.split("+")) if row.category else ""
    statistic = "" if row.statistic in ("share", "share_asked") else row.statistic.replace("_", " ")
    parts = [by_id[row.question].label, answer, statistic]
    if row.group in by_id:
        parts.append(f"{by_id[row.group].label}: {lookup.categories(row.group).get(row.level, row.level)}")
    return ", ".join(part for part in parts if part)


def _beside(number: Number) -> bool:
    return number.style.method in BESIDE or described(number).startswith("base of(")


def _title(kind: str, name: str, side: Side) -> str:
    """Number and name of the table or figure; the comparison with what was published has no number."""
    number = side.draft.assembler.floats.get((kind, name))
    return f"{kind.title()} {number}, {name}" if number else "Comparison with what was published before"
