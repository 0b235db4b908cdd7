"""From those contacted to the respondents, with the reasons for which responses were left out."""

from dataclasses import dataclass

from recount.draw.alternative import alternative
from recount.draw.drawn import Drawn, Mark, mark, source_of
from recount.draw.labels import REASONS, reason
from recount.draw.measure import width
from recount.draw.rows import key_of
from recount.draw.scene import Scene
from recount.draw.sheet import MARGIN, Sheet
from recount.draw.theme import DOUBLE, QUIET, SINGLE, SMALL, STRIPE
from recount.estimate.rows import WAVE

BOX, HIGH = 25.0, 9.0
SIDE = 29.0
DOWN = 7.0
HEAD = 6.5
PER_REASON = 3.1


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


def draw_flow(scene: Scene) -> Drawn:
    """Draw the waves side by side, each from top to bottom, with what was left out to its right."""
    reasons = _reasons(scene)
    streams = [_stream(wave, reasons, scene) for wave in scene.waves]
    contacted = any(stream.contacted for stream in streams)
    high = _height_of(reasons)
    note = "Responses; in brackets the respondents as a share of those contacted." if contacted else "Responses."
    sheet = Sheet(
        HEAD + 4 + (HIGH + DOWN if contacted else 0) + HIGH + high + 3 + HIGH + 8,
        width=SINGLE if len(streams) == 1 else DOUBLE,
    )
    lane = (sheet.width - 2 * MARGIN) / max(len(streams), 2 if sheet.width == DOUBLE else 1)
    for place, stream in enumerate(streams):
        _draw(sheet, MARGIN + lane * place, stream, reasons, contacted=contacted)
    sheet.text(MARGIN, sheet.height - MARGIN, note, size=SMALL, colour=QUIET, down="bottom")
    if scene.simulated:
        sheet.simulated()
    marks = [each for stream in streams for each in stream.marks]
    return Drawn(picture=sheet.figure, source=source_of(marks, scene.rows), alternative=_alternative(streams, scene))


def _reasons(scene: Scene) -> list[str]:
    """List the reasons that occurred in one of the waves: the same in all of them, to be compared line by line."""
    found = [each for wave in scene.waves for each in scene.rows.of(wave, WAVE, "excluded")]
    occurred = {each.category for each in found if each.value}
    return [each for each in dict.fromkeys([*REASONS, *sorted(occurred)]) if each in occurred]


def _stream(wave: str, reasons: list[str], scene: Scene) -> Stream:
    rows, title = scene.rows, scene.labels.wave(wave)

    def step(statistic: str, label: str) -> Mark:
        return mark(rows.need([key_of(wave, WAVE, statistic)])[0], scene.formatter, label=label, series=title)

    def perhaps(statistic: str, label: str) -> Mark | None:
        return step(statistic, label) if rows.has(key_of(wave, WAVE, statistic)) else None

    return Stream(
        title=title,
        contacted=perhaps("contacted", "Contacted"),
        received=step("received", "Responses received"),
        excluded=tuple(
            mark(each, scene.formatter, label=reason(each.category), series=title, panel="Left out")
            for each in rows.of(wave, WAVE, "excluded")
            if each.category in reasons
        ),
        respondents=step("respondents", "Respondents"),
        rate=perhaps("response_rate", "Response rate"),
    )


def _draw(sheet: Sheet, left: float, stream: Stream, reasons: list[str], *, contacted: bool) -> None:
    y = HEAD
    sheet.text(left, y, stream.title, weight="bold")
    y += 4
    middle = left + BOX / 2
    if contacted:
        if stream.contacted:
            _box(sheet, left, y, stream.contacted.label, stream.contacted.display)
            sheet.arrow((middle, y + HIGH), (middle, y + HIGH + DOWN), colour=QUIET)
        y += HIGH + DOWN
    _box(sheet, left, y, stream.received.label, stream.received.display)
    end = y + HIGH + _height_of(reasons) + 3
    sheet.arrow((middle, y + HIGH), (middle, end), colour=QUIET)
    _left_out(sheet, left, y + HIGH + 1.5, stream, reasons)
    rate = f" ({stream.rate.display})" if stream.rate else ""
    _box(sheet, left, end, stream.respondents.label, stream.respondents.display + rate)


def _box(sheet: Sheet, left: float, top: float, label: str, value: str) -> None:
    sheet.box(left, top, BOX, HIGH, fill=STRIPE, edge=QUIET)
    sheet.text(left + BOX / 2, top + 2.7, label, size=SMALL, colour=QUIET, across="center")
    sheet.text(left + BOX / 2, top + 6.2, value, weight="bold", across="center")


def _height_of(reasons: list[str]) -> float:
    return len(reasons) * PER_REASON + 3.5


def _left_out(sheet: Sheet, left: float, top: float, stream: Stream, reasons: list[str]) -> None:
    """List the reasons beside the arrow, each with its number."""
    high = _height_of(reasons)
    x, middle = left + BOX / 2 + 5, top + high / 2
    sheet.arrow((left + BOX / 2, middle), (x, middle), colour=QUIET)
    sheet.box(x, top, 0.15, high, fill=QUIET)
    sheet.text(x + 1.5, top + 1.5, "Left out" if reasons else "None left out", size=SMALL, colour=QUIET)
    found = {each.of.category: each for each in stream.excluded}
    wide = max((width(each.display, SMALL) for each in stream.excluded), default=0.0)
    for place, name in enumerate(reasons):
        y = top + 1.7 + PER_REASON * (place + 1)
        display = found[name].display if name in found else ""
        sheet.text(x + 1.5 + wide, y, display, size=SMALL, across="right")
        sheet.text(x + 3.0 + wide, y, reason(name), size=SMALL)


def _alternative(streams: list[Stream], scene: Scene) -> str:
    parts = [_told(stream) for stream in streams]
    return alternative(scene, "Flow chart from those contacted to the respondents, a wave beside the other", parts)


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
