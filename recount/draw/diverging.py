"""Scales as stacked bars around their middle: what is to the left of it, and what to the right."""

import math
from dataclasses import dataclass, replace

from recount.display.whole import check_whole
from recount.draw.alternative import alternative, brief
from recount.draw.drawn import Drawn, Mark, mark, source_of
from recount.draw.inside import write_inside
from recount.draw.legend import ROW, rows_of, swatches
from recount.draw.lines import Column, Lines, lay_out
from recount.draw.measure import plain, width, wrapped
from recount.draw.palette import diverging_colours, on
from recount.draw.rows import key_of
from recount.draw.scene import Scene
from recount.draw.share_axis import write_ticks
from recount.draw.sheet import MARGIN
from recount.draw.theme import GREYS, INK, PAPER, QUIET, SMALL, TEXT, leading
from recount.estimate.answers import NO_ANSWER
from recount.study.figures import Item
from recount.study.instrument import Question

PITCH = 7.2
THICK = 4.8
STEP = 0.25
NUMBER = 7.0  # millimetres for a percentage beside a bar
SPACE = 5.0
HEADING = 24.0  # at most, for the name of what is no opinion
LEGEND = 145.0


@dataclass(frozen=True, kw_only=True)
class Line:
    """One item: the shares of its scale in order, what is no opinion, and the net, where it has one."""

    label: str
    scale: tuple[Mark, ...]
    apart: tuple[Mark, ...]
    net: Mark | None
    before: float  # of the scale that stands left of the middle
    total: float

    @property
    def marks(self) -> list[Mark]:
        """All marks, in drawing order."""
        return [*self.scale, *self.apart, *([self.net] if self.net else [])]

    @property
    def rank(self) -> float:
        """By what items are sorted: their net, or what stands right of the middle."""
        if not self.shown:
            return -math.inf
        return self.net.of.value if self.net else self.total - self.before

    @property
    def shown(self) -> bool:
        """Whether the scale can be drawn."""
        return all(each.shown for each in self.scale)


def draw_diverging(scene: Scene) -> Drawn:
    """Draw a stacked bar for each item, centred on its middle, with net and base at the right."""
    questions = _questions(scene)
    found = [_line(item, question, scene) for item, question in zip(scene.figure.items, questions, strict=True)]
    if scene.figure.sort == "descending":
        found.sort(key=lambda each: -each.rank)
    names = [plain(each.label) for each in questions[0].valid]
    colours = dict(zip(names, diverging_colours(len(names)), strict=True))
    lines = _laid_out(found, names, scene)
    _Bars(lines, found, colours, scene).draw()
    swatches(lines.sheet, MARGIN, 2.8, [(colours[name], name) for name in names], LEGEND)
    lines.sheet.simulated(scene.simulated_mark)
    marks = [each for line in found for each in line.marks]
    return Drawn(
        picture=lines.sheet.figure, source=source_of(marks, scene.rows), alternative=_alternative(found, scene)
    )


def _questions(scene: Scene) -> list[Question]:
    """Take the questions of the items, all of one scale; one colour cannot stand for two answers."""
    questions = [scene.instrument.question(item.question) for item in scene.figure.items]
    first = [each.label for each in questions[0].valid]
    for question in questions:
        if not question.valid or [each.label for each in question.valid] != first:
            raise scene.wrong("items", question.id, f"questions with the answers {', '.join(first) or 'of one scale'}")
        if scene.wave not in question.waves:
            raise scene.wrong("items", question.id, f"a question that the wave {scene.wave} asked")
    return questions


def _line(item: Item, question: Question, scene: Scene) -> Line:
    label = plain(item.label or question.label)
    offered = [each.id for each in question.offered_in(scene.wave) if not each.missing]
    missing = [each.id for each in question.offered_in(scene.wave) if each.missing]
    scale = _summed(_take(label, question, "share", offered, scene), question, scene)
    net = _take(label, question, "net", [""], scene, text=True) if question.net else ()
    half = len(question.valid) / 2
    place = {each.id: number for number, each in enumerate(question.valid)}
    # The middle category counts half to each side; of an even number of categories there is none.
    sides = [(each, min(1.0, max(0.0, half - place[each.of.category]))) for each in scale if each.shown]
    return Line(
        label=label,
        scale=scale,
        apart=_take(label, question, "share_asked", [*missing, NO_ANSWER], scene),
        net=net[0] if net else None,
        before=sum(each.of.value * side for each, side in sides),
        total=sum(each.of.value for each, _ in sides),
    )


def _summed(scale: tuple[Mark, ...], question: Question, scene: Scene) -> tuple[Mark, ...]:
    """Write the shares of a bar so that they add up to 100, where the figure asks for it."""
    if not scene.figure.sum_to_100 or not all(each.shown for each in scale):
        return scale
    shares = [each.of.value for each in scale]
    check_whole(shares, exclusive=question.type != "multi", key=f"figures.{scene.name} {question.id}")
    texts = scene.formatter.percentages(shares)
    return tuple(replace(each, display=text) for each, text in zip(scale, texts, strict=True))


def _take(
    label: str, question: Question, statistic: str, categories: list[str], scene: Scene, *, text: bool = False
) -> tuple[Mark, ...]:
    found = scene.rows.need([key_of(scene.wave, question.id, statistic, each) for each in categories])
    return tuple(
        mark(
            each,
            scene.formatter,
            label=label,
            series=scene.labels.category(question.id, each.category) if each.category else "Net",
            panel="of those asked" if statistic == "share_asked" else "",
            text=scene.formatter.points(each.value, signed=True, short=True) if text else "",
        )
        for each in found
    )


def _laid_out(found: list[Line], names: list[str], scene: Scene) -> Lines:
    columns = [Column(heading="Net", width=8, across="right")] if any(each.net for each in found) else []
    return lay_out(
        [each.label for each in found],
        columns=[*columns, Column(heading="Base", width=11, across="right")],
        note=_note(found, scene),
        pitch=PITCH,
        head=3.0 + ROW * rows_of(names, LEGEND) + leading(SMALL) * _broken(found),
    )


def _broken(found: list[Line]) -> int:
    """Count the lines that the headings of the grey bars need besides the first."""
    return max((_heading(each.series).count("\n") for line in found for each in line.apart), default=0)


def _heading(name: str) -> str:
    return wrapped(name, HEADING, SMALL)


def _note(found: list[Line], scene: Scene) -> str:
    middle = "Bars are centred on the middle of the scale; coloured shares are of those who gave a valid answer"
    grey = ", grey ones of all who were asked." if any(each.apart for each in found) else "."
    question = scene.instrument.question(scene.figure.items[0].question)
    net = ""
    if question.net:
        plus, minus = (scene.labels.category(question.id, each) for each in question.net)
        net = f" Net: {plus} minus {minus}, in percentage points."
    return f"{scene.labels.wave(scene.wave)}. {middle}{grey}{net}"


class _Bars:
    """The bars of a figure that is laid out; x counts shares from the middle, and goes on to the grey bars."""

    def __init__(self, lines: Lines, found: list[Line], colours: dict[str, str], scene: Scene) -> None:
        self._lines, self._found, self._colours, self._scene = lines, found, colours, scene
        self._low = max([each.before for each in found if each.shown], default=0.5)
        self._high = max([each.total - each.before for each in found if each.shown], default=0.5)
        self._apart = list(dict.fromkeys(each.series for line in found for each in line.apart))
        self._greys = {name: GREYS[place % len(GREYS)] for place, name in enumerate(self._apart)}
        self._scale = self._fitting()
        lines.axes.set_xlim(-self._low, -self._low + lines.wide / self._scale)

    def draw(self) -> None:
        """Draw everything inside the axes, and what belongs beside it."""
        self._axis()
        starts = self._starts()
        for name, start in starts.items():
            self._lines.head_at(start, _heading(name))
        for place, line in enumerate(self._found):
            self._scale_of(place, line)
            for each in line.apart:
                self._grey(place, each, starts[each.series])
            self._beside(place, line)

    def _fitting(self) -> float:
        """Find the most millimetres a share can have, so that bars, grey bars and their numbers fit."""
        scale = self._lines.wide / (self._low + self._high)
        while scale > 1 and scale * (self._low + self._high) + sum(self._slots(scale).values()) > self._lines.wide:
            scale -= 0.25
        return scale

    def _slots(self, scale: float) -> dict[str, float]:
        """The millimetres that each grey column needs: its longest bar with its number, or its heading."""
        marks = [each for line in self._found for each in line.apart if each.shown]
        longest = {
            name: max((each.of.value for each in marks if each.series == name), default=0.0) for name in self._apart
        }
        headings = {name: max(width(line, SMALL) for line in _heading(name).split("\n")) for name in self._apart}
        return {name: SPACE + max(scale * longest[name] + NUMBER, headings[name]) for name in self._apart}

    def _starts(self) -> dict[str, float]:
        starts, x = {}, self._high
        for name, slot in self._slots(self._scale).items():
            starts[name] = x + SPACE / self._scale
            x += slot / self._scale
        return starts

    def _axis(self) -> None:
        steps = [STEP * place for place in range(-4, 5) if -self._low <= STEP * place <= self._high]
        write_ticks(self._lines.axes, steps, [self._scene.formatter.percent(abs(each), decimals=0) for each in steps])
        self._lines.axes.spines["bottom"].set_bounds(-self._low, self._high)
        self._lines.axes.axvline(0, color=QUIET, linewidth=0.6, zorder=1)

    def _scale_of(self, place: int, line: Line) -> None:
        y = self._lines.centres[place]
        if not line.shown:
            reason = next(each.display for each in line.scale if not each.shown)
            said = write_inside(self._lines.axes, -self._low, y, reason, colour=QUIET, size=TEXT, across="left")
            said.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1})
            return
        x = -line.before
        for each in line.scale:
            colour = self._colours[each.series]
            self._lines.axes.barh(y, each.of.value, left=x, height=THICK, color=colour, linewidth=0, zorder=2)
            if width(each.display, SMALL) + 1.0 <= each.of.value * self._scale:
                write_inside(self._lines.axes, x + each.of.value / 2, y, each.display, colour=on(colour))
            x += each.of.value

    def _grey(self, place: int, of: Mark, start: float) -> None:
        y = self._lines.centres[place]
        if not of.shown:
            return
        self._lines.axes.barh(y, of.of.value, left=start, height=THICK, color=self._greys[of.series], zorder=2)
        after = start + of.of.value + 1.0 / self._scale
        write_inside(self._lines.axes, after, y, of.display, colour=QUIET, across="left")

    def _beside(self, place: int, line: Line) -> None:
        last = len(self._lines.columns) - 1
        if line.net and line.net.shown:
            self._lines.write(0, place, line.net.display, colour=INK)
        if line.scale:
            self._lines.write(last, place, self._scene.formatter.count(line.scale[0].of.base))


def _alternative(found: list[Line], scene: Scene) -> str:
    names = ", ".join(dict.fromkeys(each.series for line in found for each in line.scale))
    wave = scene.labels.wave(scene.wave)
    lead = f"Stacked bars around the middle of a scale, one per item, {wave} (shares of {names}, in this order)"
    return alternative(scene, lead, [_told(each, scene) for each in found])


def _told(line: Line, scene: Scene) -> str:
    if not line.shown:
        return f"{brief(line.label)}: " + next(each.display for each in line.scale if not each.shown)
    apart = ", ".join(f"{each.series.lower()} {each.display}" for each in line.apart if each.shown)
    net = f", net {line.net.display}" if line.net and line.net.shown else ""
    base = scene.formatter.count(line.scale[0].of.base)
    values = ", ".join(each.display for each in line.scale)
    return f"{brief(line.label)}: {values}{net}, base {base}" + (f", of those asked {apart}" if apart else "")
