"""Shares with their intervals, an item a line."""

from matplotlib.axes import Axes

from recount.display.formatter import known
from recount.draw.alternative import alternative, brief
from recount.draw.drawn import Drawn, Mark, in_column, mark, of_base, source_of
from recount.draw.lines import BARE, TOP, Column, Lines, lay_out
from recount.draw.measure import width
from recount.draw.notes import bases, interval_note
from recount.draw.rows import share_key
from recount.draw.scene import Scene
from recount.draw.share_axis import share_axis
from recount.draw.theme import INK, MAIN, TEXT
from recount.study.figures import Item

PITCH = 5.6
BETWEEN = 3.0


def draw_dots(scene: Scene) -> Drawn:
    """Draw a point and a line for each item, and its value and base at the right."""
    marks = _marks(scene)
    lines = lay_out(
        [each.label for each in marks],
        columns=value_columns(marks, scene),
        note=interval_note(scene, [each.of for each in marks], "Point"),
        pitch=PITCH,
        head=TOP if scene.simulated else BARE,
    )
    share_axis(lines.axes, max((highest(each) for each in marks), default=1.0), scene.formatter)
    for line, each in enumerate(marks):
        _draw(lines, line, each, scene)
    lines.sheet.simulated(scene.simulated_mark)
    return Drawn(
        picture=lines.sheet.figure, source=source_of(marks, scene.rows), alternative=_alternative(marks, scene)
    )


def value_columns(marks: list[Mark], scene: Scene) -> list[Column]:
    """Make the columns of shares and of bases, as wide as what will stand in them."""
    headings = "Share", "Base" if any(each.of.weighted for each in marks) else "n of base"
    texts = [each.display for each in marks if each.shown], [in_column(each.of, scene.formatter) for each in marks]
    share, base = (
        max(width(text, TEXT) for text in (heading, *column)) for heading, column in zip(headings, texts, strict=True)
    )
    reason = max((width(each.display, TEXT) for each in marks if not each.shown), default=0.0)
    return [
        Column(heading=headings[0], width=share, across="right"),
        Column(heading=headings[1], width=max(base + BETWEEN, reason - share), across="right"),
    ]


def _marks(scene: Scene) -> list[Mark]:
    """Take the items in their order, or the highest first; what is not shown comes last."""
    items = tuple(each for item in scene.figure.items for each in _spread(item, scene))
    found = scene.rows.need([_key(each, scene) for each in items])
    marks = [
        mark(of, scene.formatter, label=scene.labels.item(item, among=items), series=scene.labels.wave(scene.wave))
        for item, of in zip(items, found, strict=True)
    ]
    if scene.figure.sort == "descending":
        marks.sort(key=lambda each: (not each.shown, -each.of.value if each.shown else 0.0))
    return marks


def _key(item: Item, scene: Scene) -> str:
    return share_key(scene.wave, scene.instrument.question(item.question), item.category or "")


def _spread(item: Item, scene: Scene) -> list[Item]:
    """An item that names no category stands for all those that count."""
    if item.category is not None:
        return [item]
    question = scene.instrument.question(item.question)
    return [Item(question=item.question, category=each.id) for each in question.valid]


def highest(of: Mark) -> float:
    """Find how far to the right an estimate reaches."""
    return max((value for value in (of.of.value, of.of.high) if known(value)), default=0.0)


def _draw(lines: Lines, line: int, of: Mark, scene: Scene) -> None:
    if not of.shown:
        lines.write_hidden(line, of.display)
        return
    whisker(lines.axes, lines.centres[line], of)
    lines.axes.plot([of.of.value], [lines.centres[line]], "o", color=MAIN, markersize=4.5, clip_on=False, zorder=3)
    lines.write(0, line, of.display, colour=INK)
    lines.write(1, line, in_column(of.of, scene.formatter))


def whisker(axes: Axes, y: float, of: Mark, *, colour: str = MAIN) -> None:
    """Draw the interval of an estimate, where it has one."""
    if known(of.of.low) and known(of.of.high):
        axes.plot([of.of.low, of.of.high], [y, y], color=colour, linewidth=1.0, clip_on=False, zorder=2)


def _alternative(marks: list[Mark], scene: Scene) -> str:
    lead = f"Dot plot, one line per item, shares from left to right, {scene.labels.wave(scene.wave)}"
    parts = [told(each, scene) for each in marks]
    return alternative(scene, lead, parts, bases([each.of for each in marks], scene))


def told(of: Mark, scene: Scene) -> str:
    """Tell one value: "Office: 86% (36 of 42, interval 73% to 94%)"."""
    if not of.shown:
        return f"{brief(of.label)}: {of.display}"
    said = [of_base(of.of, scene.formatter)]
    if known(of.of.low) and known(of.of.high):
        said.append("interval " + scene.formatter.interval(of.of.low, of.of.high, of.of.unit))
    return f"{brief(of.label)}: {of.display} ({', '.join(said)})"
