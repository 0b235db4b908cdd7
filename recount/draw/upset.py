"""The combinations of a multi-select question: a matrix of sets, with the size of each combination and of each set."""

from dataclasses import dataclass

from matplotlib.axes import Axes

from recount.draw.alternative import alternative, brief, listed
from recount.draw.drawn import Drawn, Mark, mark, source_of
from recount.draw.inside import write_inside
from recount.draw.measure import width, wrapped
from recount.draw.rows import Estimate, key_of
from recount.draw.scene import Scene
from recount.draw.sheet import MARGIN, Sheet
from recount.draw.theme import BAR, DOUBLE, FAINT, INK, MAIN, QUIET, SMALL, STRIPE, TEXT, leading

ROW = 5.4
COLUMN = 8.5  # at most
BARS = 30.0
SIZES = 26.0
LABELS = 52.0
HEAD = 6.0
BAR_HEIGHT = 3.3
SETS_TOLD = 350  # letters


@dataclass(frozen=True, kw_only=True)
class Sets:
    """What is drawn: the sets from the largest to the smallest, the combinations, and how many there are in all."""

    sets: list[Mark]
    combinations: list[Mark]
    total: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Where things stand on the sheet, in millimetres: the matrix, its rows and columns."""

    sheet: Sheet
    top: float
    left: float
    row: float
    column: float

    def over(self, found: Sets) -> Axes:
        """Place axes above the matrix, a unit a combination."""
        axes = self.sheet.axes(self.left, HEAD, self.column * len(found.combinations), BARS)
        axes.set_xlim(0, len(found.combinations))
        return axes

    def matrix(self, found: Sets) -> Axes:
        """Place axes for the matrix, a unit a combination and a unit a set."""
        wide, high = self.column * len(found.combinations), self.row * len(found.sets)
        axes = self.sheet.axes(self.left, self.top, wide, high)
        axes.set_xlim(0, len(found.combinations))
        axes.set_ylim(len(found.sets), 0)
        return axes


def draw_upset(scene: Scene) -> Drawn:
    """Draw the most frequent combinations as a matrix, with bars of respondents above and to the left."""
    found = _found(scene)
    labels = [wrapped(each.label, LABELS, TEXT) for each in found.sets]
    note = wrapped(_note(found, scene), DOUBLE - 2 * MARGIN, SMALL)
    plan = _plan(found, labels, note)
    _rows(plan, found, labels)
    _sizes(plan, found)
    if found.combinations:
        _columns(plan, found)
        _matrix(plan, found)
    else:
        reason = next((each.display for each in found.sets if not each.shown), "no combinations")
        plan.sheet.text(plan.left, HEAD + BARS - 2, reason, colour=QUIET)
    plan.sheet.text(MARGIN, plan.sheet.height - MARGIN, note, size=SMALL, colour=QUIET, down="bottom")
    plan.sheet.simulated(scene.simulated_mark)
    return Drawn(
        picture=plan.sheet.figure,
        source=source_of([*found.sets, *found.combinations], scene.rows),
        alternative=_alternative(found, scene),
    )


def _plan(found: Sets, labels: list[str], note: str) -> Plan:
    """Give each set the height that the longest name needs, and the combinations the width that is left."""
    row = max(ROW, *(leading(TEXT) * (label.count("\n") + 1) + 1.6 for label in labels))
    top = HEAD + BARS + 2
    sheet = Sheet(top + row * len(labels) + 3 + leading(SMALL) * (note.count("\n") + 1) + MARGIN)
    left = MARGIN + SIZES + max(width(line, TEXT) for each in labels for line in each.split("\n")) + 5
    column = min(COLUMN, (sheet.width - MARGIN - left) / max(len(found.combinations), 1))
    return Plan(sheet=sheet, top=top, left=left, row=row, column=column)


def _found(scene: Scene) -> Sets:
    item = scene.figure.items[0]
    question = scene.instrument.question(item.question)
    if scene.wave not in question.waves or not question.combinations:
        raise scene.wrong("items", item.question, f"a question with combinations: true that {scene.wave} asked")
    offered = [each for each in question.offered_in(scene.wave) if not each.missing]
    sets = scene.rows.need([key_of(scene.wave, question.id, "share", each.id) for each in offered])
    alone = {each.id for each in offered if each.alone}
    combinations = scene.rows.of(scene.wave, question.id, "combination")
    # What is hidden would tell by its mere name that somebody ticked it.
    shown = sorted((each for each in combinations if not each.hidden), key=lambda each: -each.value)
    return Sets(
        sets=sorted(
            (_mark(each, scene, panel="sets") for each in sets),
            key=lambda each: (each.of.category in alone, -each.of.value if each.shown else 0.0),
        ),
        combinations=[_mark(each, scene, panel="combinations") for each in shown[: scene.figure.most]],
        total=len(shown),
    )


def _mark(of: Estimate, scene: Scene, *, panel: str) -> Mark:
    """Counts are drawn, and shares where weights make them other than counts."""
    names = [scene.labels.category(of.question, each) for each in of.category.split("+")]
    text = "" if of.weighted else scene.formatter.count(of.n)
    series = scene.labels.wave(of.wave)
    return mark(of, scene.formatter, label=" + ".join(names), series=series, panel=panel, text=text)


def _rows(plan: Plan, found: Sets, labels: list[str]) -> None:
    """Write the names of the sets, every other one on a stripe that guides the eye."""
    wide = plan.left + plan.column * len(found.combinations) - MARGIN - SIZES
    for place, label in enumerate(labels):
        if place % 2 == 0:
            plan.sheet.box(MARGIN + SIZES, plan.top + plan.row * place, wide, plan.row, fill=STRIPE)
        plan.sheet.text(plan.left - 3, plan.top + plan.row * (place + 0.5), label, across="right")


def _sizes(plan: Plan, found: Sets) -> None:
    """Draw the size of each set, from right to left."""
    axes = plan.sheet.axes(MARGIN, plan.top, SIZES, plan.row * len(found.sets))
    largest = max((_long(each) for each in found.sets if each.shown), default=1.0) or 1.0
    number = max(width(each.display, SMALL) for each in found.sets) + 1.5 if found.combinations else 0.0
    axes.set_xlim(largest * SIZES / (SIZES - number), 0)
    axes.set_ylim(len(found.sets), 0)
    for place, each in enumerate(found.sets):
        if each.shown:
            axes.barh(place + 0.5, _long(each), height=BAR_HEIGHT / plan.row, color=BAR)
        start = _long(each) + largest * 0.04 if each.shown else largest * 0.04
        text = each.display if each.shown else "hidden"
        write_inside(axes, start, place + 0.5, text, colour=INK if each.shown else QUIET, across="right")
    what = _of_what(found)
    plan.sheet.text(MARGIN + SIZES, plan.top - 1.2, what, size=SMALL, colour=QUIET, across="right", down="bottom")


def _long(of: Mark) -> float:
    """How long a bar is: respondents, or their share where they are weighted."""
    return of.of.value if of.of.weighted else of.of.n


def _weighted(found: Sets) -> bool:
    return any(each.of.weighted for each in found.sets)


def _of_what(found: Sets) -> str:
    return "Share of\nrespondents" if _weighted(found) else "Respondents\nin each set"


def _columns(plan: Plan, found: Sets) -> None:
    """Draw how often each combination was ticked."""
    what = f"{'Share of respondents' if _weighted(found) else 'Respondents'}\nwith exactly this\ncombination"
    plan.sheet.text(plan.left - 3, HEAD + BARS / 2, what, size=SMALL, colour=QUIET, across="right")
    axes = plan.over(found)
    highest = max(_long(each) for each in found.combinations) or 1.0
    axes.set_ylim(0, highest * 1.12)
    for place, each in enumerate(found.combinations):
        axes.bar(place + 0.5, _long(each), width=0.6, color=MAIN)
        write_inside(axes, place + 0.5, _long(each) + highest * 0.055, each.display)


def _matrix(plan: Plan, found: Sets) -> None:
    """Draw a dot where a set is part of a combination, and join those of one combination."""
    axes = plan.matrix(found)
    sets = [each.of.category for each in found.sets]
    for place, each in enumerate(found.combinations):
        inside = [sets.index(name) + 0.5 for name in each.of.category.split("+")]
        outside = [row + 0.5 for row in range(len(sets)) if row + 0.5 not in inside]
        x = place + 0.5
        axes.plot([x] * len(outside), outside, "o", color=FAINT, markersize=5, markeredgewidth=0, zorder=1)
        axes.plot([x, x], [min(inside), max(inside)], color=MAIN, linewidth=1.2, zorder=2)
        axes.plot([x] * len(inside), inside, "o", color=MAIN, markersize=5, markeredgewidth=0, zorder=3)


def _shown_of(found: Sets) -> str:
    shown = len(found.combinations)
    if shown == found.total:
        return f"all {shown} combinations"
    return f"the {shown} most frequent of {found.total} combinations"


def _note(found: Sets, scene: Scene) -> str:
    base = scene.formatter.count(found.sets[0].of.base)
    kinds = f" Shown are {_shown_of(found)} that respondents ticked; filled dots say what belongs to each."
    weighted = " Shares are weighted, the base is not." if _weighted(found) else ""
    return f"{scene.labels.wave(scene.wave)}, base {base}.{kinds if found.combinations else ''}{weighted}"


def _alternative(found: Sets, scene: Scene) -> str:
    name = scene.figure.items[0].label or scene.labels.question(scene.figure.items[0].question)
    base = scene.formatter.count(found.sets[0].of.base)
    lead = f"UpSet chart of {name}, {scene.labels.wave(scene.wave)}, base {base}. Each set"
    sets = listed([f"{brief(each.label)} {each.display}" for each in found.sets], SETS_TOLD, by=", ")
    parts = [f"{each.label} {each.display}" for each in found.combinations]
    of_all = _shown_of(found)
    combined = f". {of_all[0].upper()}{of_all[1:]}" if parts else ""
    return alternative(scene, f"{lead}: {sets}{combined}", parts)
