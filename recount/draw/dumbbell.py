"""Shares in several waves, an item a line; no line leads across a break in comparability."""

from dataclasses import dataclass
from itertools import pairwise

from recount.draw.alternative import alternative, brief
from recount.draw.drawn import Drawn, Mark, mark, of_base, source_of
from recount.draw.lines import Column, Lines, lay_out
from recount.draw.measure import width
from recount.draw.notes import bases
from recount.draw.rows import share_key
from recount.draw.scene import Scene
from recount.draw.share_axis import share_axis
from recount.draw.theme import INK, PAPER, QUIET, SMALL, TEXT, WAVE_COLOURS, WAVE_SHAPES
from recount.study.breaks import break_between
from recount.study.figures import Item

PITCH = 7.6
SIZE = 4.6
COLUMNS = 90.0  # millimetres that all columns can have; without the room for them, bases are left out
HEAD = 9.0
DODGE = 2.0  # millimetres from one mark down to the next, where they would lie upon each other
POINT = 0.353  # millimetres
NEAR = 2.2  # a square and a diamond side by side
BETWEEN, SHARE_TO_BASE = 3.5, 1.2
HOLLOW = "not comparable: other wording, answers or base; not joined"


@dataclass(frozen=True, kw_only=True)
class Point:
    """One wave of an item: its estimate, and whether it can be compared."""

    wave: str
    question: str
    category: str
    mark: Mark
    comparable: bool


def draw_dumbbell(scene: Scene) -> Drawn:
    """Draw a mark for each wave of each item, joined where the waves can be compared."""
    items = [_points(item, scene) for item in scene.figure.items]
    if scene.figure.sort == "descending":
        items.sort(key=lambda points: -_last(points))
    column, bases_fit = _column(items, scene)
    lines = lay_out(
        [points[0].mark.label for points in items],
        columns=[Column(heading="", width=column) for _ in scene.waves],
        note=_note(items, scene),
        pitch=PITCH,
        head=HEAD,
    )
    marks = [point.mark for points in items for point in points]
    share_axis(lines.axes, max((each.of.value for each in marks if each.shown), default=1.0), scene.formatter)
    _headings(lines, scene)
    if _broken(items):
        _hollow_key(lines)
    for line, points in enumerate(items):
        _draw(lines, line, points, scene)
        _values(lines, line, points, scene, with_bases=bases_fit)
    lines.sheet.simulated(scene.simulated_mark)
    return Drawn(
        picture=lines.sheet.figure, source=source_of(marks, scene.rows), alternative=_alternative(items, scene)
    )


def _points(item: Item, scene: Scene) -> list[Point]:
    """Take the waves that asked the question; raise `StudyError` where none did."""
    question = scene.instrument.question(item.question)
    if item.category is None:
        raise scene.wrong("items", item.question, "a category or net of each question")
    waves = [wave for wave in scene.waves if wave in question.waves]
    if not waves:
        raise scene.wrong("items", item.question, f"a question that one of the waves {', '.join(scene.waves)} asked")
    found = scene.rows.need([share_key(wave, question, item.category) for wave in waves])
    label = scene.labels.item(item, among=scene.figure.items)
    return [
        Point(
            wave=wave,
            question=item.question,
            category=item.category,
            mark=mark(of, scene.formatter, label=label, series=scene.labels.wave(wave)),
            comparable=question.waves[wave].comparable,
        )
        for wave, of in zip(waves, found, strict=True)
    ]


def _last(points: list[Point]) -> float:
    return next((point.mark.of.value for point in reversed(points) if point.mark.shown), -1.0)


def _style(wave: str, scene: Scene) -> tuple[str, str]:
    """Choose the colour and shape of a wave by its place in the figure."""
    place = scene.waves.index(wave)
    return WAVE_COLOURS[place % len(WAVE_COLOURS)], WAVE_SHAPES[place % len(WAVE_SHAPES)]


def _headings(lines: Lines, scene: Scene) -> None:
    """Head each column with its wave and the mark that stands for it: the legend."""
    for place, wave in enumerate(scene.waves):
        colour, shape = _style(wave, scene)
        sheet, x, y = lines.sheet, lines.columns[place], lines.top - 2.0
        sheet.mark(x + 1.2, y, shape, colour=colour, size=SIZE)
        sheet.text(x + 3.4, y, scene.labels.wave(wave), colour=QUIET)


def _draw(lines: Lines, line: int, points: list[Point], scene: Scene) -> None:
    shown = [point for point in points if point.mark.shown]
    drawn = list(zip(shown, _dodged(lines, line, shown), strict=True))
    for (one, here), (other, there) in pairwise(drawn):
        if not break_between(scene.instrument.question(one.question), one.wave, other.wave, one.category):
            lines.axes.plot(
                [one.mark.of.value, other.mark.of.value], [here, there], color=QUIET, linewidth=1.0, zorder=2
            )
    for point, height in drawn:
        colour, shape = _style(point.wave, scene)
        face = colour if point.comparable else PAPER
        lines.axes.plot(
            [point.mark.of.value],
            [height],
            shape,
            markersize=SIZE,
            markerfacecolor=face,
            markeredgecolor=colour,
            markeredgewidth=1.0,
            clip_on=False,
            zorder=3,
        )


def _dodged(lines: Lines, line: int, points: list[Point]) -> list[float]:
    """Place marks on the line; those that would lie upon each other go above and below it, in the order of time."""
    low, high = lines.axes.get_xlim()
    places = [point.mark.of.value * lines.wide / (high - low) for point in points]
    heights = [lines.centres[line]] * len(points)
    for crowd in _crowds(places):
        step = min(DODGE, (PITCH - SIZE * POINT) / max(len(crowd) - 1, 1))
        for number, each in enumerate(sorted(crowd)):
            heights[each] += step * (number - (len(crowd) - 1) / 2)
    return heights


def _crowds(places: list[float]) -> list[list[int]]:
    """Group the marks that stand so near to each other that they would overlap."""
    crowds: list[list[int]] = []
    for each in sorted(range(len(places)), key=lambda number: places[number]):
        if crowds and places[each] - places[crowds[-1][-1]] < NEAR:
            crowds[-1].append(each)
        else:
            crowds.append([each])
    return crowds


def _column(items: list[list[Point]], scene: Scene) -> tuple[float, bool]:
    """Say how wide the column of a wave is, and whether bases fit into it."""
    marks = [point.mark for points in items for point in points if point.mark.shown]
    share = max(width(text, TEXT) for text in ("hidden", "100%", *(each.display for each in marks)))
    base = max((width(of_base(each.of, scene.formatter), SMALL) for each in marks), default=0.0)
    heading = max(width(scene.labels.wave(wave), TEXT) for wave in scene.waves) + 3.4
    both = max(share + SHARE_TO_BASE + base, heading) + BETWEEN
    fit = both * len(scene.waves) <= COLUMNS
    return (both, True) if fit else (max(share, heading) + BETWEEN, False)


def _values(lines: Lines, line: int, points: list[Point], scene: Scene, *, with_bases: bool) -> None:
    """Write the value of each wave, in full ink where it can be compared."""
    found = {point.wave: point for point in points}
    for place, wave in enumerate(scene.waves):
        point = found.get(wave)
        if point is None:
            lines.write(place, line, "not asked", size=SMALL)
            continue
        text = "hidden" if point.mark.of.hidden else point.mark.display
        lines.write(place, line, text, colour=INK if point.comparable and point.mark.shown else QUIET)
        if with_bases and point.mark.shown:
            shift = max(width(each, TEXT) for each in ("100%", text)) + SHARE_TO_BASE
            lines.write(place, line, of_base(point.mark.of, scene.formatter), shift=shift, size=SMALL)


def _note(items: list[list[Point]], scene: Scene) -> str:
    estimates = [point.mark.of for points in items for point in points]
    reasons = sorted({each.hidden for each in estimates if each.hidden})
    hidden = f" Hidden: {', '.join(reasons)}." if reasons else ""
    return f"A mark for each wave, joined where waves can be compared. {bases(estimates, scene)}{hidden}"


def _alternative(items: list[list[Point]], scene: Scene) -> str:
    waves = ", ".join(scene.labels.wave(wave) for wave in scene.waves)
    lead = f"Dumbbell chart, one line per item, with the shares in {waves}"
    parts = [
        f"{brief(points[0].mark.label)}: "
        + ", ".join([*(_told(point, scene) for point in points), *_not_asked(points, scene)])
        for points in items
    ]
    return alternative(scene, lead, parts, "Hollow marks: not comparable with other waves" if _broken(items) else "")


def _not_asked(points: list[Point], scene: Scene) -> list[str]:
    asked = {point.wave for point in points}
    return [f"not asked in {scene.labels.wave(wave)}" for wave in scene.waves if wave not in asked]


def _broken(items: list[list[Point]]) -> bool:
    return any(not point.comparable for points in items for point in points)


def _hollow_key(lines: Lines) -> None:
    """Explain hollow marks above the axes."""
    sheet, x, y = lines.sheet, lines.left, 2.8
    sheet.mark(x + 1.0, y, "o", colour=QUIET, size=SIZE, hollow=True)
    sheet.text(x + 3.4, y, HOLLOW, size=SMALL, colour=QUIET)


def _told(point: Point, scene: Scene) -> str:
    hollow = ", hollow" if not point.comparable else ""
    base = f" ({of_base(point.mark.of, scene.formatter)}{hollow})" if point.mark.shown else ""
    return f"{point.mark.display}{base} in {scene.labels.wave(point.wave)}"
