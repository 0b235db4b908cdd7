"""From those contacted to the respondents, with the reasons for which responses were left out."""

from dataclasses import dataclass

from recount.display import terms
from recount.draw.alternative import alternative
from recount.draw.drawn import Drawn, Mark, mark, source_of
from recount.draw.labels import reason
from recount.draw.measure import width, wrapped
from recount.draw.rows import key_of
from recount.draw.scene import Scene
from recount.draw.sheet import MARGIN, Sheet
from recount.draw.theme import DOUBLE, QUIET, SINGLE, SMALL, STRIPE, leading
from recount.estimate.rows import WAVE

LEFT_OUT = terms.STEPS["excluded"]
BOX, HIGH = 25.0, 9.0
DOWN = 7.0
HEAD = 6.5
PER_REASON, FIRST = 3.1, 4.8
ASIDE, BESIDE = 5.0, 1.5
TITLE, BELOW = 4.0, 5.0
ABREAST = 3


@dataclass(frozen=True, kw_only=True)
class Stream:
    """One wave: how many were contacted (None where it is not known), and what became of the responses."""

    title: str
    contacted: Mark | None
    received: Mark
    excluded: tuple[Mark, ...]
    respondents: Mark
    rate: Mark | None

    @property
    def marks(self) -> list[Mark]:
        """All marks in drawing order."""
        steps = (self.contacted, self.received, *self.excluded, self.respondents, self.rate)
        return [each for each in steps if each is not None]


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """The reasons that are listed for every wave, broken into lines, and the width of their numbers."""

    numbers: float
    texts: dict[str, str]

    @property
    def high(self) -> float:
        """The height of the list with its heading."""
        return FIRST - 1.4 + sum(_height_of(text) for text in self.texts.values())

    def below(self, name: str) -> float:
        """How far below the top of the list the first line of a reason stands."""
        names = list(self.texts)
        return FIRST + sum(_height_of(self.texts[each]) for each in names[: names.index(name)])


def _height_of(text: str) -> float:
    return PER_REASON + text.count("\n") * leading(SMALL)


def draw_flow(scene: Scene) -> Drawn:
    """Draw the waves side by side, each from top to bottom, with what was left out to its right."""
    occurred = _occurred(scene)
    streams = [_stream(wave, occurred, scene) for wave in scene.waves]
    lane = (DOUBLE - 2 * MARGIN) / min(max(len(streams), 2), ABREAST)
    reasons = _reasons(occurred, streams, lane)
    contacted = any(stream.contacted for stream in streams)
    note = "In brackets: respondents as a share of those contacted." if any(each.rate for each in streams) else ""
    high = _height(reasons, contacted=contacted)
    bands = -(-len(streams) // ABREAST)
    sheet = Sheet(HEAD + bands * high + (5 if note else 0), width=SINGLE if len(streams) == 1 else DOUBLE)
    for place, stream in enumerate(streams):
        band, column = divmod(place, ABREAST)
        _draw(sheet, (MARGIN + lane * column, HEAD + high * band), stream, reasons, contacted=contacted)
    sheet.text(MARGIN, sheet.height - MARGIN, note, size=SMALL, colour=QUIET, down="bottom")
    sheet.simulated(scene.simulated_mark)
    marks = [each for stream in streams for each in stream.marks]
    return Drawn(picture=sheet.figure, source=source_of(marks, scene.rows), alternative=_alternative(streams, scene))


def _occurred(scene: Scene) -> list[str]:
    """List the reasons that occurred in one of the waves: the same in all of them, to be compared line by line."""
    found = [each for wave in scene.waves for each in scene.rows.of(wave, WAVE, "excluded")]
    return terms.in_order(each.category for each in found if each.value)


def _reasons(occurred: list[str], streams: list[Stream], lane: float) -> Reasons:
    """Break the reasons into lines that stand beside the arrow of a wave."""
    numbers = max((width(each.display, SMALL) for stream in streams for each in stream.excluded), default=0.0)
    room = lane - BOX / 2 - ASIDE - 2 * BESIDE - numbers - 2.0
    return Reasons(numbers=numbers, texts={name: wrapped(reason(name), room, SMALL) for name in occurred})


def _stream(wave: str, reasons: list[str], scene: Scene) -> Stream:
    rows, title = scene.rows, scene.labels.wave(wave)

    def step(statistic: str) -> Mark:
        row = rows.need([key_of(wave, WAVE, statistic)])[0]
        return mark(row, scene.formatter, label=terms.STEPS[statistic], series=title)

    def perhaps(statistic: str) -> Mark | None:
        return step(statistic) if rows.has(key_of(wave, WAVE, statistic)) else None

    return Stream(
        title=title,
        contacted=perhaps("contacted"),
        received=step("received"),
        excluded=tuple(
            mark(each, scene.formatter, label=reason(each.category), series=title, panel=LEFT_OUT)
            for each in rows.of(wave, WAVE, "excluded")
            if each.category in reasons
        ),
        respondents=step("respondents"),
        rate=perhaps("response_rate"),
    )


def _height(reasons: Reasons, *, contacted: bool) -> float:
    """Add up what one wave needs from its title to the space below it."""
    return TITLE + (HIGH + DOWN if contacted else 0) + HIGH + reasons.high + 3 + HIGH + BELOW


def _draw(sheet: Sheet, corner: tuple[float, float], stream: Stream, reasons: Reasons, *, contacted: bool) -> None:
    left, y = corner
    sheet.text(left, y, stream.title, weight="bold")
    y += TITLE
    middle = left + BOX / 2
    if contacted:
        if stream.contacted:
            _box(sheet, left, y, stream.contacted.label, stream.contacted.display)
            sheet.arrow((middle, y + HIGH), (middle, y + HIGH + DOWN), colour=QUIET)
        y += HIGH + DOWN
    _box(sheet, left, y, stream.received.label, stream.received.display)
    end = y + HIGH + reasons.high + 3
    sheet.arrow((middle, y + HIGH), (middle, end), colour=QUIET)
    _left_out(sheet, left, y + HIGH + 1.5, stream, reasons)
    rate = f" ({stream.rate.display})" if stream.rate else ""
    _box(sheet, left, end, stream.respondents.label, stream.respondents.display + rate)


def _box(sheet: Sheet, left: float, top: float, label: str, value: str) -> None:
    sheet.box(left, top, BOX, HIGH, fill=STRIPE, edge=QUIET)
    sheet.text(left + BOX / 2, top + 2.7, label, size=SMALL, colour=QUIET, across="center")
    sheet.text(left + BOX / 2, top + 6.2, value, weight="bold", across="center")


def _left_out(sheet: Sheet, left: float, top: float, stream: Stream, reasons: Reasons) -> None:
    """List the reasons beside the arrow, each with its number."""
    x, middle = left + BOX / 2 + ASIDE, top + reasons.high / 2
    sheet.arrow((left + BOX / 2, middle), (x, middle), colour=QUIET)
    sheet.box(x, top, 0.15, reasons.high, fill=QUIET)
    x += BESIDE
    sheet.text(x, top + 1.5, LEFT_OUT if reasons.texts else "None left out", size=SMALL, colour=QUIET)
    for each in stream.excluded:
        y = top + reasons.below(each.of.category)
        text = reasons.texts[each.of.category]
        sheet.text(x + reasons.numbers, y, each.display, size=SMALL, across="right")
        sheet.text(x + reasons.numbers + BESIDE, y + text.count("\n") / 2 * leading(SMALL), text, size=SMALL)


def _alternative(streams: list[Stream], scene: Scene) -> str:
    parts = [_told(stream) for stream in streams]
    start = "those contacted" if any(stream.contacted for stream in streams) else "the responses received"
    return alternative(scene, f"Flow chart from {start} to the respondents, wave by wave", parts)


def _told(stream: Stream) -> str:
    out = ", ".join(f"{each.label} {each.display}" for each in stream.excluded if each.of.value)
    steps = [
        f"{stream.contacted.display} contacted" if stream.contacted else "",
        f"{stream.received.display} responses received",
        f"left out: {out}" if out else "none left out",
        f"{stream.respondents.display} respondents",
        f"response rate {stream.rate.display}" if stream.rate else "",
    ]
    return f"{stream.title}: " + ", ".join(each for each in steps if each)
